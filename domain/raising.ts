// What raises a ticket's priority by itself: who asks, words of alarm, age. Knows an admin's rules as data; refuses to know the
// matrix (priority) and how a text is read (rules). Nothing here ever lowers a priority, or undoes what a person has decided.
import { add, always, beyond } from "./calendar";
import type { Need } from "./coverage";
import { raise } from "./priority";
import { wordsOccur } from "./rules";
import type { Instant, Ticket } from "./ticket";
import { categoryOfStatus, priorityRank } from "./words";
import type { Priority } from "./words";

/** One edition of what an admin has set. Durations in ms of the open time in which the ticket's windows count. */
export interface RaisingRules {
  readonly edition: number;
  /** For organisations and requesters that are marked so; null: nothing. */
  readonly vip: { readonly to: Priority } | null;
  /** The first message says one of the words. */
  readonly alarms: readonly { readonly id: string; readonly words: readonly string[]; readonly to: Priority }[];
  /** Not solved for so long. */
  readonly ages: readonly { readonly afterMs: number; readonly to: Priority }[];
}

/** Why a priority was raised: which rule of which edition, and how far. `what`: the alarm's id, or the age in ms. */
export interface Because {
  readonly rule: "vip" | "alarm" | "age";
  readonly what: string | null;
  readonly edition: number;
  readonly to: Priority;
}

/** What a ticket keeps of the rules for its age, the least first. */
export interface Ageing {
  readonly edition: number;
  readonly steps: RaisingRules["ages"];
}

/** What speaks for a higher priority when a ticket comes, the strongest first. */
export function raisesOf({ edition, vip, alarms }: RaisingRules, request: { readonly vip: boolean; readonly text: string }): readonly Because[] {
  const found: Because[] = [];
  if (vip !== null && request.vip) found.push({ rule: "vip", what: null, edition, to: vip.to });
  for (const { id, words, to } of alarms) if (wordsOccur(words, request.text)) found.push({ rule: "alarm", what: id, edition, to });
  return found.sort((a, b) => priorityRank(b.to) - priorityRank(a.to));
}

export function ageingOf({ edition, ages }: RaisingRules): Ageing | null {
  const steps = [...ages].sort((a, b) => a.afterMs - b.afterMs || priorityRank(a.to) - priorityRank(b.to));
  return steps.length === 0 ? null : { edition, steps };
}

/** When its age raises it next, and how far; null: not by itself. */
export function ageDue(ticket: Ticket): { readonly at: Instant; readonly because: Because } | null {
  const step = nextStep(ticket);
  if (step === null) return null;
  const at = add(openTimes(ticket), ticket.createdAt, step.afterMs);
  if (at === beyond) return null;
  return { at, because: { rule: "age", what: String(step.afterMs), edition: step.edition, to: step.to } };
}

/** What it must know of its calendar for that. */
export function ageNeed(ticket: Ticket): Need | null {
  const step = nextStep(ticket);
  const { windowsIn: key, createdAt } = ticket;
  return step === null || key === null ? null : { key, from: createdAt, enoughMs: step.afterMs, until: createdAt };
}

function nextStep(ticket: Ticket) {
  const { ageing, status, priority, prioritisedByPerson } = ticket;
  if (ageing === undefined || prioritisedByPerson === true || categoryOfStatus[status] !== "open") return null;
  const step = ageing.steps.find(({ to }) => raise(priority, to) !== priority);
  return step === undefined ? null : { ...step, edition: ageing.edition };
}

function openTimes({ windowsIn, calendars }: Ticket) {
  return (windowsIn === null ? undefined : calendars[windowsIn]) ?? always;
}
