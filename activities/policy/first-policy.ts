// Which policy a ticket is under today: the first of the list whose newest edition matches. Knows rows alone.
import type { Policy } from "../../domain/policy";
import { firstMatching } from "../../domain/policy-match";
import type { Matchable, PolicyMatch } from "../../domain/policy-match";
import type { Prisma } from "../../prisma/client";

interface Listed {
  readonly id: string;
  readonly edition: number;
  readonly match: PolicyMatch;
  readonly promise: Omit<Policy, "id" | "edition">;
}

/** Null when none matches. */
export async function firstPolicy(prisma: Prisma.TransactionClient, ticket: Matchable): Promise<Policy | null> {
  const list = await prisma.$queryRaw<Listed[]>`
    SELECT p.id, e.edition, e.match, e.promise FROM sla_policies p
    JOIN LATERAL (SELECT * FROM sla_policy_editions WHERE policy_id = p.id ORDER BY edition DESC LIMIT 1) e ON true
    WHERE p.retired_at IS NULL ORDER BY p.position, p.id`;
  const first = firstMatching(list, ticket);
  return first === null ? null : pinned(first);
}

/** The newest edition of one policy, or null when there is none, or it was deleted. */
export async function newestPolicy(prisma: Prisma.TransactionClient, id: string): Promise<Policy | null> {
  const row = await prisma.slaPolicyEdition.findFirst({
    where: { policyId: id, policy: { retiredAt: null } },
    orderBy: { edition: "desc" },
  });
  return row === null ? null : pinned({ id, edition: row.edition, match: {}, promise: row.promise as unknown as Listed["promise"] });
}

function pinned({ id, edition, promise }: Listed): Policy {
  return { ...promise, id, edition };
}
