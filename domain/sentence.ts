// A deadline in one sentence: when, by which target, since when, in which office, and what it waited for. Knows how such a
// sentence is made of instants and offsets; whose words it is made with, the caller says.
import { beyond } from "./calendar";
import { pausedBy } from "./counting";
import { offsetAt } from "./coverage";
import type { Coverage, Coverages } from "./coverage";
import { breachesAt } from "./cycle";
import type { Cycle, Standstill } from "./cycle";
import type { Instant } from "./ticket";

/** The words of one language. Instants and durations come written out. */
export interface SentenceWords {
  /** From Sunday on. */
  readonly days: readonly [string, string, string, string, string, string, string];
  /** `3 h 20 min`. */
  readonly units: { readonly hour: string; readonly minute: string; readonly second: string; readonly ms: string };
  readonly because: Readonly<Record<Standstill, string>>;
  /** `date` is `24.11.` or empty, when the day of the week says it all. */
  moment(day: string, date: { readonly day: number; readonly month: number } | null, time: string): string;
  /** `business`: in office hours, not around the clock. */
  due(facts: SentenceFacts): string;
  noTarget: string;
}

export interface SentenceFacts {
  readonly state: "due" | "breached" | "standing" | "met" | "cancelled";
  /** When it falls due, fell due, or was met; null while it stands still. */
  readonly when: string | null;
  readonly target: string;
  readonly business: boolean;
  readonly from: string;
  readonly calendar: string | null;
  /** The open time that each standstill has taken; null: nothing yet, or nobody knows. */
  readonly paused: readonly { readonly time: string | null; readonly because: string }[];
  /** What corrections gave back, or took off, in all; null: nothing. */
  readonly corrected: { readonly time: string; readonly isGiven: boolean } | null;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/**
 * `Due Tue 13:15: 8 business hours from Mon 11:00 (Oslo office), 2 h 15 min paused waiting for the requester.` Pauses are told in
 * the same hours as the target, so that the numbers add up to the deadline.
 */
export function sentence(cycle: Cycle, coverages: Coverages, at: Instant, words: SentenceWords): string {
  const { targetMs, startedAt, ended, breach, creditMs } = cycle;
  if (targetMs === null) return words.noTarget;
  const coverage = cycle.calendar === null ? undefined : coverages[cycle.calendar];
  const dueAt = breachesAt(cycle, coverages);
  const known = dueAt === beyond ? null : dueAt;
  const when = breach === null && ended !== null ? ended.at : known;
  return words.due({
    state: breach !== null ? "breached" : ended !== null ? ended.how : known === null ? "standing" : "due",
    when: when === null ? null : moment(when, at, coverage, words),
    target: duration(targetMs, words),
    business: coverage !== undefined && !isAroundTheClock(coverage),
    from: moment(startedAt, at, coverage, words),
    calendar: coverage?.name ?? null,
    paused: pauses(cycle, coverages, at).map(([why, ms]) => ({ time: ms === null || ms === 0 ? null : duration(ms, words), because: words.because[why] })),
    corrected: creditMs === 0 ? null : { time: duration(Math.abs(creditMs), words), isGiven: creditMs > 0 },
  });
}

/**
 * The open time through which it has stood still by `at`, ms by reason; null: nobody knows. What moved nothing is left out, unless
 * it stands still for that now.
 */
export function pauses(cycle: Cycle, coverages: Coverages, at: Instant): readonly (readonly [Standstill, number | null])[] {
  const all: readonly Standstill[] = ["pending", "on-hold", "solved", "merged"];
  return all
    .map((why) => [why, pausedBy(cycle, why, at, coverages)] as const)
    .filter(([why, ms]) => ms === null || ms > 0 || cycle.stopped?.why === why);
}

/** `2 h 15 min`: the two largest units, and never days, since 24 business hours are three of them. */
export function duration(ms: number, { units }: Pick<SentenceWords, "units">): string {
  const sizes: readonly (readonly [number, string])[] = [[3_600_000, units.hour], [minuteMs, units.minute], [1_000, units.second]];
  if (ms < 1_000) return `${Math.round(ms)} ${units.ms}`;
  const first = sizes.findIndex(([size]) => ms >= size);
  const parts: string[] = [];
  let left = ms;
  for (const [size, unit] of sizes.slice(first, first + 2)) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.join(" ");
}

/** Where the calendar is; without one in UTC. Within six days the day of the week says it. */
export function moment(instant: Instant, now: Instant, coverage: Coverage | undefined, words: SentenceWords): string {
  const local = instant + (coverage === undefined ? 0 : offsetAt(coverage, instant) * minuteMs);
  const day = words.days[(((Math.floor(local / dayMs) + 4) % 7) + 7) % 7] ?? "";
  const ofDay = ((local % dayMs) + dayMs) % dayMs;
  const time = [ofDay / 3_600_000, (ofDay % 3_600_000) / minuteMs].map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
  return words.moment(day, Math.abs(instant - now) < 6 * dayMs ? null : dateOf(local), time);
}

/** The civil date of local ms since the epoch (days to civil, as Howard Hinnant describes it). */
function dateOf(local: number): { readonly day: number; readonly month: number } {
  const days = Math.floor(local / dayMs) + 719_468;
  const ofEra = days - Math.floor(days / 146_097) * 146_097;
  const year = Math.floor((ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  return { day: ofYear - Math.floor((153 * shifted + 2) / 5) + 1, month: shifted < 10 ? shifted + 3 : shifted - 9 };
}

function isAroundTheClock({ intervals, since, until }: Coverage): boolean {
  const [only] = intervals;
  return intervals.length === 1 && only !== undefined && only[0] <= since && only[1] >= until;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The words of the desk's own language, in which operators read the Temporal UI. */
export const english: SentenceWords = {
  days: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
  units: { hour: "h", minute: "min", second: "s", ms: "ms" },
  because: { pending: "waiting for the requester", "on-hold": "on hold", solved: "while it was solved", merged: "while it was merged" },
  moment: (day, date, time) => (date === null ? `${day} ${time}` : `${day} ${date.day} ${months[date.month - 1]} ${time}`),
  due: ({ state, when, target, business, from, calendar, paused, corrected }) => {
    const head = { due: "Due", breached: "Was due", standing: "Stands still", met: "Met", cancelled: "Given up" }[state];
    const where = calendar === null ? "" : ` (${calendar})`;
    const stood = paused.map(({ time, because }) => `, ${time === null ? "" : `${time} `}paused ${because}`).join("");
    const put = corrected === null ? "" : `, ${corrected.time} ${corrected.isGiven ? "given back" : "taken off"} by correction`;
    const counted = business ? target.replace(/^(\d+) h$/u, "$1 business hours") : target;
    const kind = business && counted === target ? " of business time" : "";
    return `${head}${when === null ? "" : ` ${when}`}: ${counted}${kind} from ${from}${where}${stood}${put}.`;
  },
  noTarget: "No target at this priority.",
};
