// What a rule would have done, had it been there: tried on the newest tickets, changing nothing.
import type { z } from "zod";
import type { dryRun, DryRunView } from "../../contract/categorisation";
import { firstMatch } from "../../domain/rules";
import type { Request, Rule } from "../../domain/rules";
import type { Db } from "../parts";
import { afterAll, nameAndEdition, teamOf } from "./rule-rows";

export async function tryOut(prisma: Db, { id, position, last, ...given }: z.output<typeof dryRun>): Promise<DryRunView> {
  const team = await teamOf(prisma, given);
  const rule: Rule = { ...given, id: "tried", team, requesterDomain: given.requesterDomain?.toLowerCase() ?? null };
  const before = await rulesBefore(prisma, id, position);
  const tickets = await newest(prisma, last);
  const matching = tickets.filter(({ request }) => firstMatch([rule], request) !== null);
  const decided = matching.filter(({ request }) => firstMatch(before, request) === null);
  const changed = decided.filter(({ category }) => category !== rule.category);
  return {
    tickets: tickets.length,
    matches: matching.length,
    decides: decided.length,
    changes: changed.slice(0, mostShown).map(({ number, category, request: { subject } }) => ({ number, subject, category, wouldBe: rule.category })),
  };
}

const mostShown = 50;

/** Those that are tried before it: at equal positions names decide, so all of the same position count as before. */
async function rulesBefore(prisma: Db, name: string | undefined, position: number | undefined): Promise<Rule[]> {
  const rows = await prisma.rule.findMany({ where: { retiredAt: null }, orderBy: [{ position: "asc" }, { id: "asc" }] });
  const own = rows.find(({ id }) => nameAndEdition(id).name === name);
  const at = position ?? own?.position ?? (await afterAll(prisma));
  return rows
    .filter((row) => row !== own && row.position <= at)
    .map(({ id, words, channel, requesterDomain, categoryId, type, teamId }) => ({
      id,
      words,
      channel: channel as Rule["channel"],
      requesterDomain: requesterDomain?.toLowerCase() ?? null,
      category: categoryId,
      type: type as Rule["type"],
      team: teamId,
    }));
}

interface Tried {
  readonly number: number;
  readonly category: string;
  readonly request: Request;
}

async function newest(prisma: Db, last: number): Promise<Tried[]> {
  return await prisma.$queryRaw<Tried[]>`
    SELECT t.number, coalesce(t.category, 'uncategorised') AS category,
      jsonb_build_object('subject', t.subject, 'text', m.text, 'channel', t.channel,
        'requesterDomain', lower(substring(r.email FROM '[^@]*$'))) AS request
    FROM tickets t
    JOIN requesters r ON r.id = t.requester_id
    JOIN messages m ON m.ticket = t.number AND m.version = 1
    ORDER BY t.number DESC LIMIT ${last}`;
}
