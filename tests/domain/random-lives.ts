// Lives by the thousand: random people under random policies and calendars, each from a seed that tells it again.
import { openIntervals } from "../../domain/calendar";
import type { Coverage } from "../../domain/coverage";
import { bases, metrics, pausing } from "../../domain/policy";
import type { Verb } from "../../domain/lifecycle";
import type { Action, Level, Policy, Reminder, Target } from "../../domain/policy";
import { priorities } from "../../domain/words";
import { createRandom } from "../../learning/random";
import { anIntake, policy, staff, start } from "./a-ticket";
import { live, verbNames } from "./lives";
import type { Life, Measure, Moment } from "./lives";

type Dice = () => number;
const upTo = (dice: Dice, most: number): number => Math.floor(dice() * (most + 1));
const among = <T>(dice: Dice, from: readonly T[]): T => from[upTo(dice, from.length - 1)] as T;
const chance = (dice: Dice, of: number): boolean => dice() < of;
const several = <T>(dice: Dice, most: number, one: () => T): T[] => Array.from({ length: upTo(dice, most) }, one);

export function randomLife(seed: number, punctual: boolean): Life {
  const dice = createRandom(seed);
  const measure = aMeasure(dice);
  const phone = chance(dice, 0.2);
  const openedBy = chance(dice, 0.3) ? staff("ola") : null;
  const intake = anIntake({ channel: phone ? "phone" : "web", openedBy, acknowledge: chance(dice, 0.5) });
  return live(intake, several(dice, 20, () => aMoment(dice)), measure, punctual, true, <T>(value: T): T => value);
}

/** They reach back into what has passed, of which a count forward knows nothing: their laws are in aside.test.ts. */
const reachBack: readonly Verb[] = ["absorb", "release", "unmarkSpam"];
const forward = verbNames.filter((verb) => !reachBack.includes(verb));

function aMoment(dice: Dice): Moment {
  const usual = ["resume", "requesterReply", "resolve", "prioritise", "wait", "reply", "hold", "due", "due", "mail"] as const;
  return {
    verb: chance(dice, 0.5) ? among(dice, forward) : among(dice, usual),
    gap: upTo(dice, 30),
    who: among(dice, ["ingrid", "ola"]),
    role: among(dice, ["agent", "lead", "admin"] as const),
    team: among(dice, ["billing", "network"]),
    priority: among(dice, priorities),
    wait: chance(dice, 0.5) ? null : upTo(dice, 40) - 2,
    worded: chance(dice, 0.5),
    metric: among(dice, metrics),
  };
}

export function aMeasure(dice: Dice): Measure {
  return {
    policies: [aPolicy(dice, 1), aPolicy(dice, 2)],
    calendars: [aCalendar(dice, "oslo", 1), aCalendar(dice, "seoul", 1), aCalendar(dice, "seoul", 2)],
  };
}

function aPolicy(dice: Dice, edition: number): Policy {
  const targets = metrics.filter(() => chance(dice, 0.85)).map((metric) => [metric, aTarget(dice)]);
  return { ...policy, edition, targets: Object.fromEntries(targets), reopening: among(dice, ["continue", "restart"] as const) };
}

function aTarget(dice: Dice): Target {
  const targetMs = () => (chance(dice, 0.15) ? null : 10 + upTo(dice, 140));
  const pausedIn = chance(dice, 0.5) ? {} : { pausedIn: pausing.filter(() => chance(dice, 0.5)) };
  return {
    calendar: among(dice, ["oslo@1", "seoul@1", "seoul@2"]),
    targetMs: { low: targetMs(), normal: targetMs(), high: targetMs(), urgent: targetMs() },
    reminders: apart(several(dice, 3, () => aReminder(dice))),
    escalation: several(dice, 3, () => aLevel(dice)),
    repeat: chance(dice, 0.5) ? null : { everyMs: 5 + upTo(dice, 35), basis: among(dice, bases) },
    ...pausedIn,
  };
}

function aReminder(dice: Dice): Reminder {
  const at = chance(dice, 0.5) ? { percent: 1 + upTo(dice, 98) } : { beforeMs: 1 + upTo(dice, 60) };
  return { at, tell: [{ to: "assignee" }] };
}

/** No policy has two that stand alike. */
function apart(reminders: readonly Reminder[]): Reminder[] {
  const standing = reminders.map(({ at }) => JSON.stringify(at));
  return reminders.filter((_, index) => standing.indexOf(standing[index] ?? "") === index);
}

function aLevel(dice: Dice): Level {
  const actions: readonly Action[] = [
    { do: "tell", whom: [{ to: "lead" }] },
    { do: "tell", whom: [{ to: "lead" }] },
    { do: "raisePriority", to: "high" },
    { do: "raisePriority", to: "urgent" },
    { do: "reassign", team: "network" },
    { do: "reassign", agent: "ola" },
    { do: "webhook", webhook: "pager" },
    { do: "flag", flag: "late" },
  ];
  return {
    afterMs: upTo(dice, 50),
    basis: among(dice, bases),
    actions: several(dice, 3, () => among(dice, actions)),
    wake: chance(dice, 0.5),
  };
}

/** Opens and shuts at random, and is open for good in the end: so every target can be met. */
function aCalendar(dice: Dice, calendar: string, edition: number): Coverage {
  let at = start - 20;
  const pairs = several(dice, 40, (): [number, number] => {
    const from = at + upTo(dice, 30);
    at = from + 1 + upTo(dice, 60);
    return [from, at];
  });
  const open = openIntervals([...pairs, [start + 3_000, 1_000_000]], 0, 1_000_000);
  return { ...open, calendar, edition, name: calendar, offsets: [[0, 0]], exhausted: false };
}
