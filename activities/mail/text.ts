// Text on its way into a mail: one line for headers, escaped for HTML, durations and instants in words.
import type { Language } from "../../domain/words";

const lineLimit = 150;
// Control characters, line and paragraph separators, and the marks that turn the direction of a whole line: none
// belongs in a header or a name.
const unruly = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** Fit for a header: no line break or control character, at most 150 characters. */
export function oneLine(text: string): string {
  const line = text.replace(unruly, " ").replace(/\s+/gu, " ").trim();
  const characters = Array.from(line);
  return characters.length <= lineLimit ? line : `${characters.slice(0, lineLimit - 1).join("")}…`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** British English tells the day before the month, and the time by 24 hours. */
const locales: Readonly<Record<Language, string>> = { en: "en-GB", de: "de", nb: "nb", ko: "ko", zh: "zh" };

const parts = {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZoneName: "short",
} as const;

/** "Thu, 31 Jan, 10:00 CET": an instant where the reader is; in UTC when this Node doesn't know their zone. */
export function localTime(at: Date | number, language: Language, timeZone: string): string {
  const zone = knownZone(timeZone);
  // Narrow spaces, as some locales have them, belong in no subject line.
  return new Intl.DateTimeFormat(locales[language], { ...parts, timeZone: zone }).format(at).replace(/\s/gu, " ");
}

const placeParts = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** "Tue, 24 Nov, 15:00 (Oslo time)": an instant by the clock of the place that gives its zone the name. */
export function placeTime(at: Date, language: Language, timeZone: string, placed: (time: string, place: string) => string): string {
  const zone = knownZone(timeZone);
  const time = new Intl.DateTimeFormat(locales[language], { ...placeParts, timeZone: zone }).format(at).replace(/\s/gu, " ");
  const place = zone.includes("/") ? zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ") : null;
  return place === null ? `${time} ${zone}` : placed(time, place);
}

const quarterMs = 15 * 60_000;

/** To the next quarter of an hour: nobody promises minutes. */
export function roundedUp(at: Date | null): Date | null {
  return at === null ? null : new Date(Math.ceil(at.getTime() / quarterMs) * quarterMs);
}

function knownZone(timeZone: string): string {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return timeZone;
  } catch {
    return "UTC";
  }
}

/** "1, 2 and 3". */
export function list(items: readonly (string | number)[], language: Language): string {
  return new Intl.ListFormat(locales[language]).format(items.map(String));
}

const units = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
] as const;

/** "in 3 days", "in 36 hours": in the largest unit that says it well, rounded down; `shortly` below a second. */
export function fromNow(ms: number, language: Language, shortly: string): string {
  const fitting = units.find(([, unitMs]) => ms >= 2 * unitMs || ms === unitMs) ?? (["second", 1_000] as const);
  const count = Math.floor(ms / fitting[1]);
  return count === 0 ? shortly : new Intl.RelativeTimeFormat(language, { numeric: "always" }).format(count, fitting[0]);
}
