// When a waiting notice leaves, and which others leave in the same mail. Knows kinds, instants and a person's habits; refuses
// to know who the person is, what is said, and where on earth it is night.
import type { Instant } from "./ticket";
import type { Template } from "./audience";

/** A notice that is owed to a member of staff or a contact, in the order in which they are owed. */
export interface Waiting {
  readonly id: string;
  readonly ticket: number;
  readonly template: Template;
  readonly wake: boolean;
  /** It has waited on purpose for quiet hours to end. */
  readonly heldForQuiet: boolean;
  /** The mail that it has begun to leave in; null before the first attempt. */
  readonly mail: string | null;
}

export interface Habits {
  /** When the present quiet hours end; null outside of them. */
  readonly quietUntil: Instant | null;
  /** When the person was last sent a mail of a kind that gathers; null: never. */
  readonly lastGatheredAt: Instant | null;
  /** How long such a mail keeps the next one back, ms; 0: each leaves at once, by itself. */
  readonly digestMs: number;
}

/** Notices that leave in one mail, which keeps its name however often it is tried. */
export interface Departure {
  readonly mail: string;
  readonly notices: readonly string[];
}

export type HoldReason = "quiet-hours" | "digest";

export interface Hold {
  readonly until: Instant;
  readonly because: HoldReason;
  readonly notices: readonly string[];
}

export interface Plan {
  readonly leave: readonly Departure[];
  readonly hold: Hold | null;
}

/** Kinds that hold nobody's words: several are read as well in one mail. What somebody wrote goes out at once. */
export const gatheringTemplates: readonly Template[] = ["assigned", "taken-over", "unassigned", "declined", "resumed", "reminder", "escalation", "merged-in", "requester-thanked"];

export function gathers(template: string): boolean {
  return (gatheringTemplates as readonly string[]).includes(template);
}

/**
 * What leaves at `now`, in order, and what is held until when. What wakes leaves always, first and alone; in quiet hours
 * nothing else does. The first notice of a gathering kind leaves at once; those of the `digestMs` after it wait, and leave
 * as one. On its ticket no notice overtakes an earlier one, save one that wakes: what it would overtake leaves with it.
 */
export function plan(waiting: readonly Waiting[], habits: Habits, now: Instant): Plan {
  const waking = waiting.filter(({ wake }) => wake);
  const rest = waiting.filter(({ wake }) => !wake);
  const first = waking.map(alone);
  const { quietUntil } = habits;
  if (quietUntil !== null && quietUntil > now) return { leave: first, hold: hold(quietUntil, "quiet-hours", rest) };
  const begun = rest.filter(({ mail }) => mail !== null);
  const fresh = rest.filter(({ mail }) => mail === null);
  const until = (habits.lastGatheredAt ?? -Infinity) + habits.digestMs;
  const { leave, keep } = habits.digestMs > 0 ? gather(fresh, until > now) : { leave: fresh.map((one) => [one]), keep: [] };
  return {
    leave: [...first, ...begunMails(begun), ...leave.flatMap(departure)],
    hold: hold(until, "digest", keep),
  };
}

type Together = readonly Waiting[];

/** Which leave together; and which are kept, while the last such mail was a moment ago. */
function gather(fresh: readonly Waiting[], keeping: boolean): { leave: readonly Together[]; keep: Together } {
  const gathered = fresh.filter((one) => gathers(one.template) || one.heldForQuiet);
  const prompt = fresh.filter((one) => !gathered.includes(one));
  const overtaken = new Set(prompt.map(({ ticket }) => ticket));
  const leaving = keeping ? gathered.filter(({ ticket }) => overtaken.has(ticket)) : gathered;
  const tickets = [...new Set(leaving.map(({ ticket }) => ticket))];
  const groups = keeping ? tickets.map((ticket) => [ticket]) : [tickets];
  const joined = groups.map((group) => fresh.filter(({ ticket }) => group.includes(ticket)));
  const single = prompt.filter(({ ticket }) => !tickets.includes(ticket)).map((one) => [one]);
  return { leave: [...joined, ...single], keep: gathered.filter((one) => !leaving.includes(one)) };
}

function begunMails(begun: readonly Waiting[]): readonly Departure[] {
  const mails = new Map<string, string[]>();
  for (const { id, mail } of begun) mails.set(mail ?? id, [...(mails.get(mail ?? id) ?? []), id]);
  return [...mails].map(([mail, notices]) => ({ mail, notices }));
}

function departure(together: Together): readonly Departure[] {
  const [first, ...others] = together;
  if (first === undefined) return [];
  return [others.length === 0 ? alone(first) : { mail: `digest.${first.id}`, notices: together.map(({ id }) => id) }];
}

function alone({ id, mail }: Waiting): Departure {
  return { mail: mail ?? id, notices: [id] };
}

function hold(until: Instant, because: HoldReason, notices: readonly Waiting[]): Hold | null {
  return notices.length === 0 ? null : { until, because, notices: notices.map(({ id }) => id) };
}
