// Tickets of somebody absent, on their way to a substitute or back into routing: which ones, in the transaction that finds the
// absence. A bulk command carries them to their workflows.
import { isMoved } from "../../domain/dispatch/absence";
import type { Absence } from "../../domain/dispatch/absence";
import { moveOrder } from "../../domain/dispatch/move";
import { rulesOf } from "../../domain/dispatch/rules";
import type { TeamRules } from "../../domain/dispatch/rules";
import { restore } from "../../domain/state";
import type { Stored } from "../../domain/state";
import type { Instant } from "../../domain/ticket";
import { orderBulk } from "../../prisma/bulk";
import { availabilityOf } from "./availability";
import type { Transaction } from "./places";

export interface Absent {
  readonly agent: string;
  readonly why: Absence;
  /** Whoever gave them a ticket after that meant it. */
  readonly since: Instant;
  /** How long they have been missed in their working hours, ms; a team waits for its grace. */
  readonly missedMs: number;
  readonly substitute: string | null;
}

interface Held {
  readonly ticket: number;
  readonly team: string;
  readonly state: Stored;
  readonly set: Partial<TeamRules>;
  readonly woken: boolean;
}

/** Owes the move of every ticket that the team's rule, or its coming back, takes from them; one that is owed is not owed twice. */
export async function moveAway(tx: Transaction, absent: Absent): Promise<void> {
  const tickets = (await heldBy(tx, absent)).filter((held) => isToMove(held, absent));
  if (tickets.length === 0) return;
  const to = await availableSubstitute(tx, absent.substitute);
  await orderBulk(tx, moveOrder({ agent: absent.agent, to, why: absent.why, by: "system:dispatch", tickets }));
}

function isToMove({ state, set, woken }: Held, { why, missedMs }: Absent): boolean {
  const rules = rulesOf(set);
  return (why !== "away" || missedMs >= rules.graceMs) && isMoved(restore(state), rules, woken);
}

/** Open tickets that they had before, or that have come back to them since. */
async function heldBy(tx: Transaction, { agent, since }: Absent): Promise<readonly Held[]> {
  const from = new Date(since);
  return await tx.$queryRaw<Held[]>`
    SELECT t.number AS ticket, g.id AS team, t.state, g.dispatch AS set, coalesce(woke.at > ${from}, false) AS woken
    FROM tickets t JOIN teams g ON g.id = t.team_id
    LEFT JOIN LATERAL (
      SELECT at, version FROM events WHERE ticket = t.number AND kind = 'assigned' ORDER BY version DESC LIMIT 1) given ON true
    LEFT JOIN LATERAL (
      SELECT at, version FROM events
      WHERE ticket = t.number AND kind IN ('resumed', 'reopened', 'requesterReplied', 'absorbed', 'unmerged') AND facts ->> 'from' <> facts ->> 'status'
      ORDER BY version DESC LIMIT 1) woke ON true
    WHERE t.assignee_id = ${agent} AND t.status IN ('new', 'open')
      AND (given.at <= ${from} OR (woke.at > ${from} AND woke.version > given.version))
      AND NOT EXISTS (SELECT FROM bulk_items i JOIN bulk_commands b ON b.id = i.bulk_id
        WHERE i.ticket = t.number AND i.state = 'waiting' AND b.stopped_at IS NULL
          AND b.about ->> 'kind' = 'move' AND b.about ->> 'agent' = ${agent})
    ORDER BY t.number`;
}

/** Who stands in, if they are there themselves, in their working hours; nobody stands in for a substitute. */
async function availableSubstitute(tx: Transaction, substitute: string | null): Promise<string | null> {
  if (substitute === null) return null;
  return (await availabilityOf(tx, substitute))?.available === true ? substitute : null;
}
