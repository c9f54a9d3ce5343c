// What Temporal remembers is what Postgres holds.
import type { FailedTask } from "../ledgers/histories";
import { stateOf } from "../ledgers/rows";
import { commandCause } from "../../../workflows/messages";
import { isSame, where } from "./invariant";
import type { Invariant } from "./invariant";

/**
 * Temporal's own ways of going on, none of them a failure of code: an unhandled command or update, an update that the
 * server has forgotten, a reset, a forced close; and the cancelling of a timer that has fired since, by a worker that still
 * has a task in hand which the server forgot when it died.
 */
const harmless = new Set([1, 5, 13, 17, 18, 20, 30, 31]);

/**
 * As the SDK fails a task whose place in the history it has lost, and replays from then on what it wrote there: excused at the runs
 * of which it says so itself (`overlaid`), and nowhere else.
 */
const outOfPlace = { fatal: 14, nonDeterministic: 24 };

export const noTaskFails: Invariant = {
  law: "no workflow task fails",
  offences: ({ runs, overlaid }) =>
    runs.flatMap(({ workflowId, runId, failedTasks }) =>
      where(
        failedTasks,
        (task) => !harmless.has(task.cause) && !(overlaid.has(runId) && isOutOfPlace(task)),
        ({ cause, message }) => `${workflowId}: cause ${cause}, ${message.slice(0, 200)}`,
      ),
    ),
};

function isOutOfPlace({ cause, message }: FailedTask): boolean {
  return cause === outOfPlace.nonDeterministic || (cause === outOfPlace.fatal && message.startsWith("Fatal error in workflow machines"));
}

export const replaysAsItRan: Invariant = {
  law: "every history replays on the code that made it",
  offences: ({ replays, overlaid }) =>
    where(
      replays,
      ({ runId }) => !overlaid.has(runId),
      ({ workflowId, why }) => `${workflowId}: ${why.slice(0, 300)}`,
    ),
};

export const updatesAreEvents: Invariant = {
  law: "every update that Temporal holds as answered is the event that it tells",
  offences: ({ runs, rows }) => {
    const versions = new Map(rows.events.map(({ ticket, cause, version }) => [`ticket:${ticket} ${cause}`, version]));
    return runs.flatMap(({ workflowId, updates }) =>
      updates.flatMap(({ ask, version }) => {
        const stands = versions.get(`${workflowId} ${commandCause(ask)}`);
        return version === null || version === stands
          ? []
          : [`${workflowId}: ${ask.key} was answered as ${version} and is ${stands}`];
      }),
    );
  },
};

export const livesAgree: Invariant = {
  law: "every open ticket has a life that answers, and it knows what the rows hold",
  offences: ({ live, rows }) =>
    rows.tickets.flatMap((row) => {
      if (row.status === "closed") return [];
      const own = live.get(row.number);
      if (own === null || own === undefined) return [`#${row.number} does not answer`];
      if (own.unsettledNotices.length > 0) return [`#${row.number} still holds ${own.unsettledNotices.join(", ")}`];
      return isSame(own.ticket, stateOf(row))
        ? []
        : [`#${row.number} is at ${own.ticket.version} in Temporal and at ${row.version} in Postgres`];
    }),
};

export const closedIsOver: Invariant = {
  law: "a closed ticket's life has ended, with the ticket as its result",
  offences: ({ runs, rows }) =>
    rows.tickets.flatMap(({ number, status, version }) => {
      const own = runs.filter(({ workflowId }) => workflowId === `ticket:${number}`);
      if (status !== "closed" || own.length === 0) return [];
      const isTold = own.some(({ result }) => result?.status === "closed" && result.version === version);
      const running = own.some((run) => run.status === "RUNNING");
      return isTold && !running
        ? []
        : [`#${number} is closed at ${version}; its runs: ${own.map(({ status: how }) => how).join(", ")}`];
    }),
};

export const closedHadALife: Invariant = {
  law: "a closed ticket has had a life",
  offences: ({ runs, rows }) => {
    const known = new Set(runs.map(({ workflowId }) => workflowId));
    return where(
      rows.tickets,
      ({ number, status }) => status === "closed" && !known.has(`ticket:${number}`),
      ({ number }) => `#${number} is closed, and Temporal has no run of it`,
    );
  },
};
