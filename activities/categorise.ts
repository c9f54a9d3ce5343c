// What the desk's rules say of a new ticket. Reads the text, and returns codes only.
import type { Policy } from "../domain/policy";
import { firstMatch } from "../domain/rules";
import type { Rule } from "../domain/rules";
import type { Channel, TicketType } from "../domain/words";
import type { PrismaClient } from "../prisma/client";

export interface Sorted {
  readonly category: string;
  readonly type: TicketType;
  readonly team: string;
  /** The rule that decided; null when none matched. */
  readonly rule: string | null;
  /** The newest edition of the policy, pinned in the ticket from here on. */
  readonly policy: Policy;
}

/** The category of what no rule knows; its team is the one that sorts by hand. */
export const uncategorised = "uncategorised";

export function createCategorise(prisma: PrismaClient) {
  return async ({ number }: { number: number }): Promise<Sorted> => {
    const [request, rules, policy] = await Promise.all([readRequest(prisma, number), readRules(prisma), newestPolicy(prisma)]);
    const rule = firstMatch(rules, request);
    return {
      category: rule?.category ?? uncategorised,
      type: request.statedType ?? rule?.type ?? "question",
      team: rule?.team ?? (await triageTeam(prisma)),
      rule: rule?.id ?? null,
      policy,
    };
  };
}

async function readRequest(prisma: PrismaClient, number: number) {
  const ticket = await prisma.ticket.findUniqueOrThrow({
    where: { number },
    include: { requester: true, messages: { where: { version: 1 }, take: 1 } },
  });
  const intake = await prisma.intake.findUniqueOrThrow({ where: { number }, select: { facts: true } });
  const { stated } = intake.facts as unknown as { stated: { type: TicketType | null } };
  return {
    subject: ticket.subject,
    text: ticket.messages[0]?.text ?? "",
    channel: ticket.channel as Channel,
    requesterDomain: ticket.requester.email.split("@").at(-1)?.toLowerCase() ?? "",
    statedType: stated.type,
  };
}

async function readRules(prisma: PrismaClient): Promise<readonly Rule[]> {
  const rows = await prisma.rule.findMany({ where: { retiredAt: null }, orderBy: [{ position: "asc" }, { id: "asc" }] });
  return rows.map((row) => ({
    id: row.id,
    words: row.words,
    channel: row.channel as Channel | null,
    requesterDomain: row.requesterDomain,
    category: row.categoryId,
    type: row.type as TicketType | null,
    team: row.teamId,
  }));
}

async function newestPolicy(prisma: PrismaClient): Promise<Policy> {
  const row = await prisma.policy.findFirstOrThrow({ where: { id: "standard" }, orderBy: { edition: "desc" } });
  return { ...(row.content as unknown as Omit<Policy, "id" | "edition">), id: row.id, edition: row.edition };
}

async function triageTeam(prisma: PrismaClient): Promise<string> {
  const team = await prisma.team.findFirstOrThrow({ where: { triage: true }, orderBy: { id: "asc" } });
  return team.id;
}
