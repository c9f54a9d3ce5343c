// Who wrote what somebody passes on: the header that mail programs set above a forwarded mail. A proposal for a person to
// confirm, never a proof: whoever forwards can write there what they like.
import { anyOf } from "./new-text/languages";
import type { Address } from "./reading";

const passedOn = /^\s*(?:\[?(?:fwd?|wg|tr|rv|vs|vb|vl|enc|i|pd|doorst|videresendt|vidarebefordrat|전달|转发|轉寄|转寄|fw)\]?\s*[:：])/iu;
const field = (key: "from" | "date" | "to" | "subject"): RegExp => new RegExp(`^[>*_\\s]*${anyOf(key)}[*_]*\\s?[:：]\\s*[*_]*\\s*(?<value>.*)$`, "iu");
const [from, ...others] = [field("from"), field("date"), field("to"), field("subject")] as const;
const address = /(?<![\w.+-])[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+/u;

/** How far below "From:" the rest of such a header may go on. */
const lines = 8;

/** Null: nothing is passed on, or it can't be told who wrote it. The first one, where mails lie in mails. */
export function forwardedFrom(subject: string | null, text: string): Address | null {
  return passedOnIn(subject, text)?.by ?? null;
}

/**
 * What they wrote: all below that header, out of its quotation. What stands above it was said by whoever passes it on, to those
 * who work here. Null as above, and when nothing stands there.
 */
export function forwardedWords(subject: string | null, text: string): string | null {
  const below = passedOnIn(subject, text)?.below;
  if (below === undefined) return null;
  const isQuoted = /^\s*>/.test(below[0] ?? "");
  const plain = below.map((line) => (isQuoted ? line.replace(/^\s*> ?/, "") : line));
  const words = plain.slice(endOfHeader(plain)).join("\n").trim();
  return words === "" ? null : words;
}

interface PassedOn {
  readonly by: Address;
  /** From "From:" on. */
  readonly below: readonly string[];
}

function passedOnIn(subject: string | null, text: string): PassedOn | null {
  if (subject === null || !passedOn.test(subject)) return null;
  const all = text.split("\n");
  for (const [at, line] of all.entries()) {
    const value = from.exec(line)?.groups?.["value"];
    if (value === undefined || !isHeader(all.slice(at + 1, at + 1 + lines))) continue;
    // Written in two lines where the line was too long.
    const written = address.test(value) ? value : `${value} ${all[at + 1] ?? ""}`;
    const found = address.exec(written)?.[0];
    if (found !== undefined) return { by: { name: nameBefore(written, found), address: found }, below: all.slice(at) };
  }
  return null;
}

function isHeader(below: readonly string[]): boolean {
  return others.filter((other) => below.some((line) => other.test(line))).length >= 2;
}

/** Behind its last field, each of which stands once, and behind what that was too long for. */
function endOfHeader(below: readonly string[]): number {
  const ends = [from, ...others].map((field) => below.slice(0, lines + 1).findIndex((line) => field.test(line)));
  const again = below.findIndex((line, at) => at > 0 && from.test(line));
  let end = Math.max(...ends.filter((at) => again < 0 || at < again)) + 1;
  while (/^\s+\S|^</.test(below[end] ?? "") || (/[,;<]\s*$/.test(below[end - 1] ?? "") && (below[end] ?? "").trim() !== "")) end++;
  return end;
}

function nameBefore(written: string, found: string): string | null {
  const name = written.slice(0, written.indexOf(found)).replace(/(?:[<[("'*_]|mailto:|\s)+$/u, "").replace(/^["'*_\s]+/u, "").trim();
  return name === "" || name.includes("@") ? null : name;
}
