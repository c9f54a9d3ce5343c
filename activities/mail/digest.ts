// Several notices to one person as one mail: ticket by ticket, the most pressing first. Knows order and layout; what each says
// is as it would stand in a mail of its own.
import type { Rendered } from "./letter";
import type { Material } from "./material";
import { memoOf, quoted, standingOf } from "./memo";
import { localTime } from "./text";
import { mailWords } from "./words/all";
import type { StaffTemplate } from "./words/shape";

export interface Item extends Material {
  readonly template: StaffTemplate;
}

/** How much of what somebody wrote is quoted; the link leads to the rest. */
const quotedCharacters = 1_000;
const numbersInSubject = 3;

/** Of one reader, in the order in which it happened; at least one. */
export function renderDigest(items: readonly [Item, ...Item[]], linkTo: (number: number) => string): Rendered {
  const { language, timeZone } = items[0];
  const tickets = byTicket(items).sort(byDeadline);
  const deadline = tickets[0]?.[0]?.deadline ?? null;
  const { what, says } = mailWords[language].digest({
    count: items.length,
    due: deadline === null ? null : localTime(deadline, language, timeZone),
  });
  const numbers = tickets.map(([item]) => `#${item?.number}`);
  const named = numbers.slice(0, numbersInSubject).join(", ") + (numbers.length > numbersInSubject ? " …" : "");
  const sections = tickets.map((own) => section(own, linkTo));
  return { subject: `${named}: ${what}`, text: `${[says, ...sections].join("\n\n\n")}\n`, html: null, personal: false };
}

function section(items: readonly Item[], linkTo: (number: number) => string): string {
  const [latest] = items.slice(-1);
  if (latest === undefined) return "";
  const head = `#${latest.number} ${latest.subject}`;
  const standing = standingOf(latest).join(" · ");
  return [head, standing, ...items.map(line), linkTo(latest.number)].join("\n");
}

function line(item: Item): string {
  const { says } = memoOf(item.template, item);
  return item.text === null ? `- ${says}` : `- ${says}\n${quoted(shortened(item.text))}`;
}

function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length <= quotedCharacters ? text : `${characters.slice(0, quotedCharacters).join("")}…`;
}

function byTicket(items: readonly Item[]): Item[][] {
  const numbers = [...new Set(items.map(({ number }) => number))];
  return numbers.map((wanted) => items.filter(({ number }) => number === wanted));
}

/** Those without a deadline last; else as they came. */
function byDeadline([a]: readonly Item[], [b]: readonly Item[]): number {
  const at = (item: Item | undefined): number => item?.deadline?.getTime() ?? Number.MAX_SAFE_INTEGER;
  return at(a) - at(b);
}
