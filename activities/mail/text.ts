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

/** `2030-01-31T09:00:00Z`; a dash for none. */
export function isoInstant(at: Date | number | null | undefined): string {
  return at === null || at === undefined ? "–" : new Date(at).toISOString().replace(/\.\d+/, "");
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
