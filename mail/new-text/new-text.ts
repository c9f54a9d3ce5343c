// Decides what an author newly wrote in a reply. When in doubt it keeps: a quotation too much is a blemish, an answer
// lost is a failure. It knows no MIME and no HTML.
import { kindsOf, type LineKind } from "./lines";
import { withoutMarks } from "./marks";

interface Line {
  readonly text: string;
  readonly kind: LineKind;
}

/**
 * The new part of a mail's text: without quoted history, signatures and what programs add. Answers between quotations
 * keep the quotations they answer. Never empty when the text isn't: what has nothing new is returned whole.
 * @param text line ends as "\n", CR LF or CR
 */
export function newTextOf(text: string): string {
  const rows = text.replace(/\r\n?/g, "\n").replace(/\u00a0/g, " ").split("\n").map((row) => row.trimEnd());
  const kinds = kindsOf(rows);
  const lines = rows.map((row, at): Line => ({ text: row, kind: kinds[at] ?? "text" }));
  const kept = [withoutHistory, withoutAdded, withoutSignature, withoutQuotations].reduce((rest, step) => step(rest), lines);
  return join(kept) || withoutMarks(text.replace(/\r\n?/g, "\n")).trim();
}

function join(lines: readonly Line[]): string {
  return withoutMarks(lines.map(({ text }) => text).join("\n"))
    .replace(/^(?:[^\S\n]*\n)+/, "")
    .trimEnd();
}

/** Unquoted history goes to its end, if something new stands before it; else only its introduction goes. */
function withoutHistory(lines: readonly Line[]): Line[] {
  const kept: Line[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined || line.kind === "historyEnd") continue;
    const starts = line.kind === "history" || (line.kind === "attribution" && introducesUnquoted(lines, at));
    if (!starts) kept.push(line);
    else {
      const end = lines.findIndex(({ kind }, index) => index > at && kind === "historyEnd");
      if (end >= 0) at = end;
      else if (kept.some(isNew)) return kept;
      else if (line.kind === "history") return [...lines];
    }
  }
  return kept;
}

function introducesUnquoted(lines: readonly Line[], at: number): boolean {
  const next = lines.slice(at).find(({ kind }) => !["attribution", "blank", "added"].includes(kind));
  return next?.kind !== "quote";
}

function isNew({ kind }: Line): boolean {
  return kind === "text";
}

/** What programs and lists add; a footer reaches to the end of its run of text. */
function withoutAdded(lines: readonly Line[]): Line[] {
  const footer = lines.findIndex(({ kind }) => kind === "footer");
  const end = footer < 0 ? lines.length : endOfRun(lines, footer);
  const rest = footer < 0 ? lines : [...lines.slice(0, footer), ...lines.slice(end)];
  return rest.filter(({ kind }) => kind !== "added");
}

/** Lines that may follow: "-- " says what it is; a rule stands within texts too, and then much follows it. */
const longest: Partial<Record<LineKind, number>> = { signature: 30, rule: 12 };

function withoutSignature(lines: readonly Line[]): Line[] {
  const at = lines.findIndex((line, index) => isSignatureMark(lines, line, index) && isSignature(lines, index));
  return at < 0 ? [...lines] : [...lines.slice(0, at), ...lines.slice(endOfRun(lines, at))];
}

function isSignatureMark(lines: readonly Line[], { kind }: Line, at: number): boolean {
  // A rule right below a line of text is a heading or a table.
  return kind === "signature" || (kind === "rule" && (lines[at - 1]?.kind ?? "blank") !== "text");
}

function isSignature(lines: readonly Line[], at: number): boolean {
  const run = lines.slice(at + 1, endOfRun(lines, at, at + mostLines));
  const rest = run.filter(isNew);
  const kind = lines[at]?.kind ?? "text";
  if (run.length >= mostLines - 1 || rest.length > (longest[kind] ?? 0) || (at === 0 && rest.length > 0)) return false;
  const isFine = rest.some(({ text }) => fine.test(text));
  if (kind === "rule" && !isFine && rest.some(({ text }) => speaks.test(text))) return false;
  // Whoever sets such a line between two thoughts goes on with a question, speaks on, or sets it again; then all of it stays.
  if ((kind === "signature" || !isFine) && rest.some(({ text }) => asks.test(text))) return false;
  return !isSetAgain(lines, at) && (isFine || isCard(rest) || !(goesOn.test(rest[0]?.text ?? "") || isSection(lines[at]?.kind, run)));
}

/** Nothing longer is a signature, empty lines and all. */
const mostLines = 120;

const asks = /^\s*(?:\S+\s+){3,}\S+\s?[?？]\s*$|^\s*[\p{Lo}\s]{6,}[?？]\s*$/u;

/** Their own thought or a request right below the mark: a signature begins with a name, a program speaks of no "I". */
const goesOn = new RegExp(
  [
    String.raw`^\s*(?=.*(?<!\p{L})(?:I|[Ww]e|my|our|me|us|[Ii]ch|[Ww]ir|uns|mi[rc]h?|[Mm]eine?\p{L}*|[Jj]e|[Jj]['’](?:ai|en)|[Nn]ous|yo|nosotros|[Jj]eg|meg|[Jj]ag|mig|[Ii]k|wij)(?!\p{L}))\p{L}\S*(?:\s+\S+){4}`,
    String.raw`^\s*(?:[Pp]lease|[Bb]itte|[Mm]erci de|[Pp]or favor|[Vv]ennligst|[Vv]änligen|[Aa]lso,?|[Aa]dditionally,?|[Bb]esides,?|[Aa]ußerdem|[Zz]udem|[Dd]e plus,?|[Aa]demás,?|[Dd]essuten|[Dd]essutom)\s+\S+\s+\S`,
    String.raw`^\s*\p{Lo}[\p{Lo}\p{N}、，, ]{7,}[。？！]`,
  ].join("|"),
  "u",
);

/** The same line stands above, and words between the two. */
function isSetAgain(lines: readonly Line[], at: number): boolean {
  const above = lines.slice(0, at).findLastIndex(({ text }) => text.trim() === lines[at]?.text.trim());
  return above >= 0 && lines.slice(above, at).some(isNew);
}

/** Closed by another such line below which somebody goes on. */
function isSection(kind: LineKind | undefined, run: readonly Line[]): boolean {
  const close = run.findIndex((line) => line.kind === kind);
  return close >= 0 && run.slice(0, close).some(isNew) && run.slice(close).some(isNew);
}

/** A sentence: below a rule, which people set between their thoughts as well, it is no signature's. */
const speaks = /^\s*\p{L}.{26,}\p{L}[.!?。？！]\s*$|(?<!\p{L})(?:please|can you|could you|bitte|können sie|s['’]il (?:vous|te)|por favor|per favore|alstublieft|vær så snill|vänligen)(?!\p{L})/iu;

/** What firms set below their mails. */
const fine = /confidential|scanned|environment|umwelt|l['’]environnement|disclaimer|intended recipient|virus|unsubscribe|registered (?:in|office)|vertraulich|handelsregister|amtsgericht|confidenti[ae]l|confidencial|riservat|vertrouwelijk|fortrolig|konfidentiell|poufn|конфиденциал|保密|機密|mailing list/iu;

/** At a quotation, or at a postscript; looked for no further than `most`. */
function endOfRun(lines: readonly Line[], from: number, most = lines.length): number {
  for (let at = from + 1; at < Math.min(most, lines.length); at++) {
    const { kind, text } = lines[at] as Line;
    if (kind === "quote" || kind === "attribution" || (kind === "text" && postscript.test(text))) return at;
  }
  return Math.min(most, lines.length);
}

const postscript = /^\s*(?:P\.?\s?P?\.?S\.?|З\.?\s?Ы\.?|추신|追伸|附言|又及)\s*[:：.)-]?\s*\S.{8,}/u;

function withoutQuotations(lines: readonly Line[]): Line[] {
  if (!lines.some(isNew)) return [];
  const body = withoutTail(withoutHead(withoutTail(lines)));
  return body.filter(({ kind }) => kind !== "attribution");
}

/** Quotations behind the last new line, and a signature that a program put behind the quotation. */
function withoutTail(lines: readonly Line[]): Line[] {
  const last = lines.findLastIndex(isNew);
  const body = lines.slice(0, last + 1);
  const quote = body.findLastIndex(({ kind }) => kind === "quote");
  const tail = body.slice(quote + 1).filter(isNew);
  const hasMore = body.slice(0, quote + 1).some(isNew);
  const isReply = body.slice(0, quote + 1).some(({ kind }) => kind === "attribution");
  return quote >= 0 && hasMore && isReply && isCard(tail) ? withoutTail(body.slice(0, quote + 1)) : body;
}

/** A name, then a number, an address: short lines, none of them a sentence. An answer may be a mere number or link as well. */
function isCard(tail: readonly Line[]): boolean {
  const reach = /@|https?:|www\.|\+?\d[\d\s()/.-]{6,}/;
  const isShort = tail.length <= 6 && tail.every(({ text }) => text.length <= 60 && !/[?!。？！]|\w\.$/.test(text));
  return isShort && nameAlone.test(tail[0]?.text ?? "") && tail.slice(1).some(({ text }) => reach.test(text));
}

const nameAlone = /^\s*(?:\p{Lu}[\p{L}\p{M}.'’-]*(?:\s+(?:\p{Lu}[\p{L}\p{M}.'’-]*|von|van|de|da|der|den|la|af)){0,4}|\p{Lo}{2,5}(?:\s\p{Lo}{1,5})?),?\s*$/u;

/** One quotation with its introduction above all that is new: the answer stands below. */
function withoutHead(lines: readonly Line[]): Line[] {
  const first = lines.findIndex(isNew);
  const head = lines.slice(0, first);
  const isIntroduced = head.some(({ kind }) => kind === "attribution");
  const isQuotedAgain = lines.slice(first).some(({ kind }) => kind === "quote");
  return isIntroduced && !isQuotedAgain ? lines.slice(first) : [...lines];
}
