// What the desk's rules say of a new ticket. Reads the text, and returns codes only.
import type { Policy } from "../domain/simple-policy";
import { firstMatch } from "../domain/rules";
import type { Request, Rule } from "../domain/rules";
import type { TicketType } from "../domain/words";
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
    const { request, statedType, rules, policy, triageTeam } = await consult(prisma, number);
    const rule = firstMatch(rules, request);
    return {
      category: rule?.category ?? uncategorised,
      type: statedType ?? rule?.type ?? "question",
      team: rule?.team ?? triageTeam,
      rule: rule?.id ?? null,
      policy,
    };
  };
}

interface Consulted {
  readonly request: Request;
  readonly statedType: TicketType | null;
  /** In the order of trial. */
  readonly rules: readonly Rule[];
  readonly policy: Policy;
  readonly triageTeam: string;
}

async function consult(prisma: PrismaClient, number: number): Promise<Consulted> {
  const [found] = await prisma.$queryRaw<Consulted[]>`
    SELECT
      jsonb_build_object('subject', t.subject, 'text', m.text, 'channel', t.channel,
        'requesterDomain', lower(substring(r.email FROM '[^@]*$'))) AS request,
      t.state -> 'ticket' -> 'stated' ->> 'type' AS "statedType",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'words', words, 'channel', channel,
          'requesterDomain', lower(requester_domain), 'category', category_id, 'type', type, 'team', team_id)
          ORDER BY position, id), '[]')
        FROM rules WHERE retired_at IS NULL) AS rules,
      (SELECT content || jsonb_build_object('id', id, 'edition', edition)
        FROM policies WHERE id = 'standard' ORDER BY edition DESC LIMIT 1) AS policy,
      (SELECT id FROM teams WHERE triage ORDER BY id LIMIT 1) AS "triageTeam"
    FROM tickets t
    JOIN requesters r ON r.id = t.requester_id
    JOIN messages m ON m.ticket = t.number AND m.version = 1
    WHERE t.number = ${number}`;
  if (found === undefined) throw new RangeError("an intake without its ticket or its text");
  return found;
}
