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
  if (subject === null || !passedOn.test(subject)) return null;
  const all = text.split("\n");
  for (const [at, line] of all.entries()) {
    const value = from.exec(line)?.groups?.["value"];
    if (value === undefined || !isHeader(all.slice(at + 1, at + 1 + lines))) continue;
    // Written in two lines where the line was too long.
    const written = address.test(value) ? value : `${value} ${all[at + 1] ?? ""}`;
    const found = address.exec(written)?.[0];
    if (found !== undefined) return { name: nameBefore(written, found), address: found };
  }
  return null;
}

function isHeader(below: readonly string[]): boolean {
  return others.filter((other) => below.some((line) => other.test(line))).length >= 2;
}

function nameBefore(written: string, found: string): string | null {
  const name = written.slice(0, written.indexOf(found)).replace(/(?:[<[("'*_]|mailto:|\s)+$/u, "").replace(/^["'*_\s]+/u, "").trim();
  return name === "" || name.includes("@") ? null : name;
}
