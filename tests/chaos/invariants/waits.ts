// What becomes of tickets that wait for too long: they go on to another team once, and whoever was told too short a wait is told
// once more, in time.
import type { Wish } from "../../../activities/dispatch/figures";
import { fold } from "../../../domain/decide";
import { rulesOf } from "../../../domain/dispatch/rules";
import type { TeamRules } from "../../../domain/dispatch/rules";
import type { TicketEvent } from "../../../domain/event";
import { unopened } from "../../../domain/opening";
import type { Ticket } from "../../../domain/ticket";
import { categoryOfStatus } from "../../../domain/words";
import { intakeOf, journals } from "../ledgers/rows";
import type { Rows } from "../ledgers/rows";
import { grouped, where } from "./invariant";
import type { Invariant } from "./invariant";

export const goesOnOnce: Invariant = {
  law: "a ticket goes on from a queue by its team's rule once, and is then in that team alone",
  offences: ({ rows }) => {
    const teams = new Map(rows.tickets.map(({ number, teamId }) => [number, teamId]));
    const elsewhere = (at: { ticket: number; teamId: string }): boolean => teams.get(at.ticket) !== at.teamId;
    return [
      ...where(
        [...journals(rows)].map(([number, events]) => ({ number, times: events.filter(wentOn).length })),
        ({ times }) => times > 1,
        ({ number, times }) => `#${number} went on ${times} times`,
      ),
      ...where(rows.waiters, elsewhere, ({ ticket, teamId }) => `#${ticket} waits for ${teamId}, and is of ${teams.get(ticket)}`),
      ...where(
        rows.decisions.filter(({ id, ticket, agentId }) => rows.reservations.some((row) => row.decision === id && row.ticket === ticket && row.agentId === agentId)),
        elsewhere,
        ({ ticket, teamId }) => `#${ticket} holds a place that ${teamId} gave, and is of ${teams.get(ticket)}`,
      ),
      ...where(
        rows.expectations.filter(({ ticket, over }) => !over && teams.has(ticket)),
        elsewhere,
        ({ ticket, teamId }) => `#${ticket} waits for the answer of ${teamId}, and is of ${teams.get(ticket)}`,
      ),
    ];
  },
};

export const goesOnInTime: Invariant = {
  law: "nobody waits for longer than a team's rule says while somebody of the team it names is free",
  offences: ({ rows }) => {
    const rules = new Map(rows.teams.map(({ id, dispatch }) => [id, rulesOf(dispatch as unknown as Partial<TeamRules>)]));
    const gone = new Set([...journals(rows)].flatMap(([number, events]) => (events.some(wentOn) ? [number] : [])));
    const load = grouped(rows.reservations, ({ agentId }) => agentId);
    const free = new Set(rows.agents.filter(({ id, active, present, capacity }) => active && present && (load.get(id)?.length ?? 0) < capacity).map(({ id }) => id));
    const hasRoom = (team: string, { declined }: Wish): boolean =>
      rules.get(team)?.strategy !== "manual" && rows.members.some(({ teamId, agentId }) => teamId === team && free.has(agentId) && !declined.includes(agentId));
    return where(
      rows.waiters,
      ({ ticket, teamId, queuedAt, sought }) => {
        const overflow = rules.get(teamId)?.overflow ?? null;
        const isDue = overflow !== null && queuedAt.getTime() + overflow.afterMs < rows.readAt;
        return isDue && !gone.has(ticket) && hasRoom(overflow.to, sought as unknown as Wish);
      },
      ({ ticket, teamId }) => `#${ticket} still waits for ${teamId}, and somebody of the next team is free`,
    );
  },
};

export const toldLaterOnce: Invariant = {
  law: "whoever was told too short a wait is told once more, never twice, and never after the first response",
  offences: ({ rows }) => {
    const told = new Map(rows.expectations.map((row) => [row.ticket, row]));
    const mails = grouped(rows.notices.filter(({ template }) => template === "later-than-expected"), ({ ticket }) => ticket);
    return lives(rows).flatMap(({ number, events, states }) => {
      const at = events.flatMap(({ kind }, index) => (kind === "expectedLater" ? [index] : []));
      const mailed = mails.get(number)?.length ?? 0;
      const twice = at.length > 1 || mailed !== at.length ? [`#${number} is told ${at.length} times of a longer wait, in ${mailed} mails`] : [];
      const late = at.some((index) => states[index]?.answeredAt !== null) ? [`#${number} is told of a longer wait once it was answered`] : [];
      const until = told.get(number)?.until ?? null;
      const isOver = until !== null && until.getTime() < rows.readAt;
      const never = isOver && at.length === 0 && isWaiting(states) ? [`#${number} was told ${until.toISOString()}, and never that it gets later`] : [];
      return [...twice, ...late, ...never];
    });
  },
};

interface Life {
  readonly number: number;
  readonly events: readonly TicketEvent[];
  /** Before each event, and after the last. */
  readonly states: readonly Ticket[];
}

function lives(rows: Rows): Life[] {
  const events = journals(rows);
  return rows.intakes.map((intake) => {
    const own = events.get(intake.number) ?? [];
    const states = own.reduce((known, event) => [...known, fold(known.at(-1) as Ticket, event)], [unopened(intakeOf(intake))]);
    return { number: intake.number, events: own, states };
  });
}

/** Acknowledged, never answered, and open all the time: nothing speaks against telling of a longer wait. */
function isWaiting(states: readonly Ticket[]): boolean {
  const last = states.at(-1);
  return last?.acknowledgement === "sent" && last.answeredAt === null && states.every(({ status }) => categoryOfStatus[status] === "open");
}

function wentOn({ kind, facts }: TicketEvent): boolean {
  return kind === "transferred" && facts.overflow === true;
}
