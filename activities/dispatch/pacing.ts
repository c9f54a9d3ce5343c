// Who has had their portion of a team's queue for now: what comes stands behind what waits, and nobody is given the whole of it.
import type { Candidate } from "../../domain/dispatch/candidate";
import { nextPortion } from "../../domain/dispatch/queue";
import type { Instant } from "../../domain/ticket";
import type { Figures, Sought } from "./figures";
import type { Transaction } from "./places";

/** The same candidates, marked as paced where something waits before this ticket, and theirs comes in portions. */
export async function withPortions(
  tx: Transaction,
  { team, priority }: Pick<Sought, "team" | "priority">,
  { rules, candidates }: Pick<Figures, "rules" | "candidates">,
): Promise<readonly Candidate[]> {
  if (rules.pacing === null || priority === "urgent") return candidates;
  const rows = await tx.$queryRaw<{ agent: string; since: Instant; given: number; at: Instant }[]>`
    SELECT a.id AS agent, (extract(epoch FROM a.paced_since) * 1000)::float8 AS since, a.paced_given AS given,
           (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at
    FROM agents a JOIN team_members m ON m.agent_id = a.id
    WHERE m.team_id = ${team} AND a.paced_since IS NOT NULL AND EXISTS (SELECT FROM waiters WHERE team_id = ${team})`;
  const paced = new Set(rows.filter((row) => nextPortion(rules, priority, row, row.at) !== null).map(({ agent }) => agent));
  return paced.size === 0 ? candidates : candidates.map((one) => (paced.has(one.agent) ? { ...one, paced: true } : one));
}
