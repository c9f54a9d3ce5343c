// What a client was told of a command and what has become of it.
import { grouped, where } from "./invariant";
import type { Call } from "../clients/ledger";
import { verdict } from "../clients/ledger";
import type { Evidence, Fault } from "../ledgers/evidence";
import { journals } from "../ledgers/rows";
import type { Invariant } from "./invariant";

/** One key with all that was asked and answered under it, and the events that it has become. */
interface Case {
  readonly name: string;
  readonly calls: readonly Call[];
  readonly effects: readonly { readonly number: number; readonly version: number }[];
}

/** All commands; a requester's words on a closed ticket are the opening of a follow-up. */
function cases({ calls, rows }: Evidence): readonly Case[] {
  const effects = new Map<string, { number: number; version: number }[]>();
  const enter = (name: string, number: number, version: number): void => {
    effects.set(name, [...(effects.get(name) ?? []), { number, version }]);
  };
  for (const [number, events] of journals(rows)) {
    for (const { cause, version } of events) {
      const [, scope, key] = /^command:([^:]+:[^:]+):(.+)$/.exec(cause) ?? [];
      if (scope !== undefined && key !== undefined) enter(`${scope} ${key}`, number, version);
    }
  }
  for (const { scope, key, number } of rows.intakes) enter(`${scope} ${key}`, number, 1);
  return [...calls.byKey()]
    .filter(([, [first]]) => first?.order.verb !== "open" && first?.order.isForm !== true)
    .map(([name, all]) => ({
      name,
      calls: all.filter(({ otherBody }) => !otherBody),
      effects: effects.get(name) ?? [],
    }));
}

export const doneIsOneEvent: Invariant = {
  law: "every command answered with 2xx is exactly one event, the one that the answer tells",
  offences: (evidence) =>
    cases(evidence).flatMap(({ name, calls, effects }) => {
      const answers = calls.filter((call) => verdict(call) === "done");
      if (answers.length === 0) return [];
      if (effects.length !== 1)
        return [`${name}: answered with ${answers[0]?.status}, and is ${effects.length} events`];
      const told = answers.filter(
        ({ number, version }) => number !== effects[0]?.number || version !== effects[0]?.version,
      );
      return told.map(
        ({ number, version }) =>
          `${name}: answered as #${number}.${version}, and is #${effects[0]?.number}.${effects[0]?.version}`,
      );
    }),
};

export const neverTwice: Invariant = {
  law: "no command has two effects, whatever was answered",
  offences: (evidence) =>
    where(
      cases(evidence),
      ({ effects }) => effects.length > 1,
      ({ name, effects }) => `${name} is ${effects.length} events`,
    ),
};

export const refusedIsNothing: Invariant = {
  law: "a command that was only ever refused is no event",
  offences: (evidence) =>
    where(
      cases(evidence),
      ({ calls, effects }) =>
        calls.length > 0 && calls.every((call) => verdict(call) === "refused") && effects.length > 0,
      ({ name, calls }) => `${name}: refused with ${calls[0]?.status} ${calls[0]?.code}, and is an event`,
    ),
};

export const unknownIsTold: Invariant = {
  law: "of a command whose outcome was left open, its key tells in the end: done and one event, or none",
  offences: (evidence) =>
    cases(evidence).flatMap(({ name, effects }) => {
      const told = evidence.told.get(name);
      if (told === undefined) return [];
      const state = told.status === 404 ? "none" : told.state;
      if (state === "pending") return [`${name}: still pending long after its time`];
      if ((state === "done") !== (effects.length === 1))
        return [`${name}: told to be ${state}, and is ${effects.length} events`];
      return state === "done" && told.version !== effects[0]?.version
        ? [`${name}: told as version ${told.version}`]
        : [];
    }),
};

export const keysAreBound: Invariant = {
  law: "a key that stands for one command is refused for another body: 422",
  offences: ({ calls }) =>
    where(
      calls.calls,
      ({ otherBody, status }) => otherBody && status !== 422 && status !== null && status < 500 && status !== 429,
      ({ order, status }) => `${order.key}: another body under its key was answered with ${status}`,
    ),
};

export const sameKeySameCommand: Invariant = {
  law: "a command sent again as it was is never refused for its key",
  offences: ({ calls }) =>
    where(
      calls.calls,
      ({ otherBody, code }) => !otherBody && code === "key_reused",
      ({ order }) => `${order.key}: sent again as it was, and refused as another command`,
    ),
};

export const noInternalErrors: Invariant = {
  law: "no answer is 500",
  offences: ({ calls }) =>
    where(
      calls.calls,
      ({ status }) => status === 500,
      ({ order }) => `${order.key}: 500`,
    ),
};

export const answeredInTime: Invariant = {
  law: "a 503 comes within 10 s, also on a busy machine; while the API itself stands still, nothing can",
  offences: ({ calls, faults }) =>
    where(
      calls.calls,
      ({ status, sentAt, answeredAt }) => status === 503 && answeredAt - sentAt > 10_000 + stillMs(faults, sentAt, answeredAt),
      ({ order, sentAt, answeredAt }) => `${order.key}: 503 after ${answeredAt - sentAt} ms`,
    ),
};

/** How long an API was frozen in this time. */
function stillMs(faults: readonly Fault[], sentAt: number, answeredAt: number): number {
  const overlaps = faults
    .filter(({ struck }) => struck.some((part) => part.startsWith("API ")))
    .map(({ from, to }) => Math.min(to, answeredAt) - Math.max(from, sentAt));
  return overlaps.reduce((sum, ms) => sum + Math.max(0, ms), 0);
}

export const nothingLate: Invariant = {
  law: "no command takes effect after its time",
  offences: ({ rows }) => {
    const recorded = new Map(rows.events.map(({ ticket, cause, recordedAt }) => [`${ticket} ${cause}`, recordedAt]));
    return where(
      rows.commands,
      ({ ticket, scope, key, notAfter }) =>
        (recorded.get(`${ticket} command:${scope}:${key}`) ?? new Date(0)) > notAfter,
      ({ ticket, key }) => `#${ticket}: ${key} was recorded after its time`,
    );
  },
};

export const keysStand: Invariant = {
  law: "every event of a command has its key's row, and every row that says done has its event",
  offences: ({ rows }) => {
    const byCause = grouped(rows.events, ({ ticket, cause }) => `${ticket} ${cause}`);
    // Words on a closed ticket are the opening of its follow-up.
    const openings = new Set(rows.intakes.map(({ number, scope, key }) => `${number} ${scope} ${key}`));
    const done = rows.commands.filter(({ state }) => state === "done");
    const stands = ({ ticket, scope, key, version }: (typeof done)[number]): boolean =>
      version === 1
        ? openings.has(`${ticket} ${scope} ${key}`)
        : byCause.get(`${ticket} command:${scope}:${key}`)?.[0]?.version === version;
    const keyed = new Set(done.map(({ ticket, scope, key }) => `${ticket} command:${scope}:${key}`));
    return [
      ...where(
        done,
        (row) => !stands(row),
        ({ key }) => `${key}: its row says done, and there is no such event`,
      ),
      ...where(
        rows.events,
        ({ ticket, cause }) => cause.startsWith("command:") && !keyed.has(`${ticket} ${cause}`),
        ({ ticket, version }) => `#${ticket}.${version}: its key has no row`,
      ),
    ];
  },
};
