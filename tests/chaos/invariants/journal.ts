// The journal of a ticket tells its whole life, and nothing else does.
import { fold } from "../../../domain/decide";
import { unopened } from "../../../domain/opening";
import { deadline, isBreached } from "../../../domain/deadline";
import type { TicketEvent } from "../../../domain/event";
import { intakeOf, journals, stateOf } from "../ledgers/rows";
import type { Rows } from "../ledgers/rows";
import { grouped, isSame, where } from "./invariant";
import type { Invariant } from "./invariant";

export const noGaps: Invariant = {
  law: "versions have no gaps",
  offences: ({ rows }) =>
    where(
      journals(rows),
      ([number, events]) =>
        events.some(({ version }, index) => version !== index + 1) || events.length !== ticketOf(rows, number)?.version,
      ([number, events]) =>
        `#${number} is at ${ticketOf(rows, number)?.version} and has ${events.map(({ version }) => version).join(" ")}`,
    ),
};

export const eventsFold: Invariant = {
  law: "the events of a ticket fold to its stored state",
  offences: ({ rows }) => {
    const intakes = new Map(rows.intakes.map((row) => [row.number, intakeOf(row)]));
    const events = journals(rows);
    return where(
      rows.tickets,
      (row) => {
        const intake = intakes.get(row.number);
        return (
          intake === undefined || !isSame((events.get(row.number) ?? []).reduce(fold, unopened(intake)), stateOf(row))
        );
      },
      ({ number }) => `#${number} is not what its journal tells`,
    );
  },
};

export const columnsAgree: Invariant = {
  law: "a ticket's columns agree with its state",
  offences: ({ rows }) =>
    where(
      rows.tickets,
      (row) => !isSame(columnsOf(row), columnsFromState(row)),
      ({ number }) => `#${number}'s columns differ from its state`,
    ),
};

function columnsOf(row: Rows["tickets"][number]): unknown {
  const columns = { ...row, deadline: row.deadline?.getTime() ?? null };
  return Object.fromEntries(Object.keys(columnsFromState(row)).map((name) => [name, columns[name as keyof typeof columns]]));
}

/** The columns that repeat something of the state, as the state has it. */
function columnsFromState(row: Rows["tickets"][number]): object {
  const state = stateOf(row);
  const { status, type, category, priority, team: teamId, assignee: assigneeId, version, escalation } = state;
  return {
    status,
    type,
    category,
    priority,
    teamId,
    assigneeId,
    version,
    breached: isBreached(state),
    escalation,
    deadline: deadline(state)?.at ?? null,
    aside: state.aside?.as ?? null,
    mergedInto: state.aside?.into ?? null,
    requesterId: state.requester,
  };
}

export const mergesAreWhole: Invariant = {
  law: "two tickets are merged, or parted, in both journals or in neither",
  offences: ({ rows }) => {
    const events = [...journals(rows)];
    const told = new Set(events.flatMap(([number, all]) => all.flatMap((event) => toldOther(number, event) ?? [])));
    const heard = new Set(events.flatMap(([number, all]) => all.filter(isOther).map(({ cause }) => `#${number} ${cause}`)));
    const halves = [...told, ...heard].filter((half) => !told.has(half) || !heard.has(half));
    return halves.map((half) => `${half} stands ${told.has(half) ? "only at its source" : "only there"}`);
  },
};

/** What the other ticket's journal must have because of an event of this one. */
function toldOther(number: number, { kind, facts, version }: TicketEvent): string | null {
  if (kind === "merged") return `#${facts.into} merge:${number}:${version}`;
  return kind === "unmerged" ? `#${facts.outOf} unmerge:${number}:${version}` : null;
}

function isOther({ kind }: TicketEvent): boolean {
  return kind === "absorbed" || kind === "released";
}

export const causesAreUnique: Invariant = {
  law: "a cause has one event",
  offences: ({ rows }) =>
    where(
      grouped(rows.events, ({ ticket, cause }) => `#${ticket} ${cause}`),
      ([, events]) => events.length > 1,
      ([name, events]) => `${name} has ${events.length} events`,
    ),
};

export const clocksOnce: Invariant = {
  law: "each step of a clock is taken once",
  offences: ({ rows }) =>
    [...journals(rows)].flatMap(([number, events]) =>
      where(
        grouped(events.filter(isStep), stepOf),
        ([, steps]) => steps.length > 1,
        ([step, steps]) => `#${number}: ${step} ${steps.length} times`,
      ),
    ),
};

function isStep({ by, kind }: TicketEvent): boolean {
  return by.kind === "system" && ["acknowledged", "reminded", "breached", "escalated", "closed", "noticeSent"].includes(kind);
}

/** What may happen once only, told by its meaning and not by its cause. */
function stepOf({ kind, facts, cause }: TicketEvent): string {
  if (kind === "reminded") return `${kind} ${facts.metric} ${facts.cycle} ${facts.reminder}`;
  if (kind === "breached") return `${kind} ${facts.metric} ${facts.cycle}`;
  if (kind === "escalated") return `${kind} ${facts.metric} ${facts.cycle} ${facts.level} ${facts.round}`;
  if (kind === "noticeSent") return `${kind} ${facts.notice}`;
  return kind === "closed" ? cause : kind;
}

function ticketOf({ tickets }: Rows, number: number): Rows["tickets"][number] | undefined {
  return tickets.find((ticket) => ticket.number === number);
}
