// Accepting is a promise: one ticket, one life, for ever.
import type { Evidence } from "../ledgers/evidence";
import { intakeOf, stateOf } from "../ledgers/rows";
import { grouped, where } from "./invariant";
import type { Invariant } from "./invariant";

export const acceptedIsKept: Invariant = {
  law: "every accepted intake is exactly one ticket",
  offences: ({ calls, rows }) => {
    const byKey = new Map(rows.intakes.map((intake) => [`${intake.scope} ${intake.key}`, intake]));
    const numbers = new Set(rows.tickets.map(({ number }) => number));
    const accepted = calls.calls.filter(
      ({ order, status }) => order.verb === "open" && (status === 200 || status === 201),
    );
    return accepted.flatMap(({ order, number }) => {
      const intake = byKey.get(`${order.scope} ${order.key}`);
      if (intake === undefined) return [`${order.key} was accepted as #${number} and is not there`];
      if (intake.number !== number) return [`${order.key} was accepted as #${number} and is #${intake.number}`];
      return numbers.has(intake.number) ? [] : [`#${number} has an intake and no ticket`];
    });
  },
};

export const acceptedOnce: Invariant = {
  law: "an intake is answered with 201 once, and a ticket belongs to one intake",
  offences: ({ calls, rows }) => {
    const created = calls.calls.filter(({ order, status }) => order.verb === "open" && status === 201);
    const twice = [...grouped(created, ({ order }) => `${order.scope} ${order.key}`).values()].filter(
      (group) => group.length > 1,
    );
    const intakes = new Map(rows.intakes.map((intake) => [intake.number, intake]));
    return [
      ...twice.map((group) => `${group[0]?.order.key} was created ${group.length} times`),
      ...where(
        rows.tickets,
        (row) => intakes.get(row.number)?.id !== stateOf(row).intakeId,
        ({ number }) => `#${number} has another intake`,
      ),
    ];
  },
};

export const oneLife: Invariant = {
  law: "every ticket has one life: one opening, then continued or born again, never beside another",
  offences: (evidence) => {
    const runs = grouped(evidence.runs, ({ workflowId }) => workflowId);
    return evidence.rows.intakes.flatMap((row) => {
      const own = runs.get(`ticket:${row.number}`) ?? [];
      // A run that was reset is terminated, and the one that takes its place begins as it did.
      const openings = own.filter(({ start, status }) => start.from.kind === "opened" && status !== "TERMINATED");
      const running = own.filter(({ status }) => status === "RUNNING");
      const foreign = own.filter(({ intake }) => intake !== intakeOf(row).intakeId);
      return [
        // One without any run has lost it with its store: another law asks for that.
        openings.length === 1 || own.length === 0 || (openings.length === 0 && isReborn(own))
          ? null
          : `#${row.number} was opened ${openings.length} times`,
        running.length <= 1 ? null : `#${row.number} has ${running.length} running lives`,
        foreign.length === 0 ? null : `#${row.number} has the life of another intake`,
      ].filter((line) => line !== null);
    });
  },
};

/** Where Temporal was replaced, the opening is gone with it. */
function isReborn(runs: Evidence["runs"]): boolean {
  return runs.some(({ start }) => start.from.kind === "reborn");
}
