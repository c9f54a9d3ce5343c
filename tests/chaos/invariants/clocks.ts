// Clocks keep their time whatever dies: what was due is taken as domain says, at its true instant, before anything else.
import { fold } from "../../../domain/decide";
import { nextDue } from "../../../domain/due";
import type { Due } from "../../../domain/due";
import type { TicketEvent } from "../../../domain/event";
import { unopened } from "../../../domain/opening";
import type { Ticket } from "../../../domain/ticket";
import { intakeOf, journals } from "../ledgers/rows";
import type { Rows } from "../ledgers/rows";
import type { Invariant } from "./invariant";

export const stepsAreDue: Invariant = {
  law: "what a clock does is what was due next, not before its instant",
  offences: ({ rows }) =>
    moments(rows).flatMap(({ before, event }) => {
      if (event.by.kind !== "system" || event.by.id !== "clock") return [];
      const due = nextDue(before);
      return due?.cause === event.cause && due.at <= event.at && dueAtOf(event, due) === due.at
        ? []
        : [`#${before.number} ${event.version} ${event.cause} at ${event.at}; due was ${told(due)}`];
    }),
};

export const nothingOvertakes: Invariant = {
  law: "no command overtakes what was due before it",
  offences: ({ rows }) =>
    moments(rows).flatMap(({ before, event }) => {
      const due = nextDue(before);
      return event.cause.startsWith("command:") && due !== null && due.at <= event.at
        ? [`#${before.number} ${event.version} ${event.kind} at ${event.at} came before ${told(due)}`]
        : [];
    }),
};

/** Every event with the ticket as it stood before it. */
function moments(rows: Rows): { before: Ticket; event: TicketEvent }[] {
  const intakes = new Map(rows.intakes.map((row) => [row.number, intakeOf(row)]));
  return [...journals(rows)].flatMap(([number, events]) => {
    const intake = intakes.get(number);
    if (intake === undefined) return [];
    let before = unopened(intake);
    return events.map((event) => {
      const moment = { before, event };
      before = fold(before, event);
      return moment;
    });
  });
}

/** A step of a chain says when it was due; nothing else does. */
function dueAtOf({ facts }: TicketEvent, due: Due): number {
  return "dueAt" in facts ? facts.dueAt : due.at;
}

function told(due: Due | null): string {
  return due === null ? "nothing" : `${due.cause} at ${due.at}`;
}
