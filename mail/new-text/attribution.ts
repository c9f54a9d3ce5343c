// Recognises the line that introduces a quotation, "On Monday Ada wrote:", in any language, also when it is wrapped.
// It looks at shape (date, address, verb, colon) and knows no client by name.
import { anyOf } from "./languages";

const longest = 5;

const verb = new RegExp(`(?<!\\p{L})${anyOf("wrote")}(?!\\p{L})|写道|寫道|작성|書きました|のメール|のメッセージ`, "iu");
const verbLast = new RegExp(`(?:${verb.source})\\s*$`, "iu");
const lead = new RegExp(`^["'*_\\s]*${anyOf("lead")}(?:\\s|$|(?<=[在于於])|(?=\\d))`, "u");
const address = /[<([]\s*(?:mailto:)?[^<>()[\]\s]*@[^<>()[\]]*?[>)\]]|mailto:|(?<![\w.])[\w.+-]+@[\w-]+\.[\w.-]+/iu;
const bracketed = /(?:^|[^=])[<([]\s*(?:mailto:)?[^<>()[\]\s]+@[^<>()[\]]+[>)\]][^\p{L}]*$/u;
const time = /\d{1,2}\s?[:.h時시点點]\s?\d{2}|\d{1,2}\s?[ap]\.?m\b|(?:上午|下午|오전|오후|午前|午後)\s?\d/iu;
const date = new RegExp(
  [
    String.raw`\d{4}\s?[-/.年년]\s?\d{1,2}`,
    String.raw`\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?\d{2,4}`,
    String.raw`\d{1,2}(?:\.|er|st|nd|rd|th)?,?\s*(?:de\s|d'|of\s)?\p{L}{2,12}\.?,?\s*(?:de\s|del\s|г\.?\s|thg\s)?\d{4}`,
    String.raw`\p{L}{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}`,
    String.raw`\d{4}\.\s?\p{L}{3,12}\.?\s\d{1,2}`,
    String.raw`thg\s?\d{1,2},?\s\d{4}`,
  ].join("|"),
  "iu",
);
/** The time or a weekday may stand before it: "ср, 3 мая 2023 г. в 15:12". */
const datedStart = new RegExp(`^["'*_\\s]*(?:(?:${time.source})(?:\\s?[ap]\\.?m\\.?)?,?\\s)?(?:[\\p{L}\\p{M}]{2,12}\\.?,?\\s){0,2}(?:${date.source})`, "iu");
const zoned = /\d{1,2}:\d{2}(?::\d{2})?\s(?:GMT|UTC|[+-]\d{4})/;
/** "2026-03-03 9:14 GMT+01:00 Ada Byron:", no line of a log. */
const named = /(?:GMT|UTC|[+-]\d{4})\S*\s\p{Lu}[\p{L}'’-]*(?:\s[\p{L}'’.-]+){0,4}\s?[:：]?$/u;
const ending = /[:：]\s*["'*_]*\s*$/u;

/** A weekday stands before the date: a program writes one, people seldom do. */
const weekday = new RegExp(`^["'*_\\s]*(?:${anyOf("lead")}\\s)?(?!${anyOf("lead")}\\s)[\\p{L}\\p{M}]{2,14}[.,]{0,2}\\s(?:${date.source})|[(（][日月火水木金土一二三四五六일월화수목금토][)）]|(?:周|週|星期)[日一二三四五六]`, "iu");

const datedLead = new RegExp(`^["'*_\\s]*${anyOf("lead")}\\s(?=(?:[\\p{L}\\p{M}]{2,14}[.,]{0,2}\\s){0,2}(?:${date.source}))`, "iu");

/** Names somebody by what they are, "the technician", "votre collègue": a program names them by name. */
const described = /(?<!\p{L})(?:the|der|die|le|la|el|il|lo|en|er)\s\p{Ll}{3}|(?<!\p{L})(?:the|your|this|someone|somebody|[Ii]hre?|[Ee]ue?re?|deine?|eine?|Herr|Frau|votre|vos|une?|su|sus|tu|una?|dere|deres|din|ditt|jeres|uw|suo|vostro)(?!\p{L})|贵|貴社|御社|您|你们|귀사|담당자|직원/u;

/** Speaks to the reader: a person does, a program doesn't. */
const addressed = /(?<!\p{L})(?:you|I|we|Sie|du|ihr|vous|tu|usted|você|lei|u|je|jij|ni|Вы|вы|ты)(?!\p{L})/u;

/** Speaks of themselves: what follows are words that they want read. */
const ownWords = /(?<!\p{L})(?:I|my|me|we|our|he|she|they|ich|mein\p{L}*|wir|er|uns\p{L}*|j['’]ai|je|mon|ma|nous|yo|mi|io|mio|mia|noi|eu|meu|minha|ik|mijn|wij|jeg|min|mitt|vi|jag|han|hun|hon|minä|ja|mój|moja|я|мой|моя|мы)(?!\p{L})|^(?:My|Our|He|She|They|We|The|Mein\p{L}*|Unser\p{L}*|Er|Wir|Der|Die|Das|Mon|Ma|Notre|Il|Elle|Le|La|Mi|Nuestr[oa]|Los?|El|Mio|Meu|Minha|Mijn|Onze|Het|Min|Mitt|Vår|Мой|Моя)\s+\p{Ll}/u;

/**
 * How many lines from this one on are an attribution; 0 when none is.
 * @param isQuote tells whether a line is quoted
 */
export function attributionAt(lines: readonly string[], at: number, isQuote: (line: string) => boolean): number {
  const first = lines[at] ?? "";
  if (first.trim() === "" || first.length > 300) return 0;
  for (let count = 1; count <= longest && at + count <= lines.length; count++) {
    const last = lines[at + count - 1] ?? "";
    if (count > 1 && !continues(first, last, count)) return 0;
    const joined = plain(lines.slice(at, at + count).join(" "));
    if (joined.length > 400) return 0;
    if (last.trim() === "" || isVerbAlone(plain(lines[at + count] ?? ""))) continue;
    if (isAttribution(first.trim(), joined, followerOf(lines, at + count, isQuote))) return count;
  }
  return 0;
}

/** Without marks of direction, and without links, in whose addresses anything may stand: "?date=2026-03-03&wrote=1:". */
function plain(text: string): string {
  return text.replace(/[\u200e\u200f\u202a-\u202e]/g, "").replace(/https?:\/\/[^\s<>]+/gi, "").replace(/\s+/g, " ").trim();
}

/** Yahoo on Android sets the quoted text on the same line: "On Tue, Mar 3, 2026 at 9:14 AM, Ada<ada@x.y> wrote:   Dear …". */
export function opensWithAttribution(line: string): boolean {
  const introduction = /^[^:：]*?\d[:.h時]\d[^:：]{3,200}[:：](?=\s{2,}\S)/.exec(line.slice(0, 400))?.[0].trim() ?? "";
  return lead.test(introduction) && [date, time, address, verbLast].every((part) => part.test(introduction.replace(ending, "")));
}

/** The rest of an attribution, whose wrapped bracket looks like a quotation: "> wrote:". */
function isVerbAlone(line: string): boolean {
  return line.length < 40 && /^[\s>]*\p{L}/u.test(line) && verb.test(line) && ending.test(line);
}

/** "sentence": unquoted words that begin in small letters, so that the line above runs on into them. */
type Follower = "quote" | "blank" | "text" | "sentence" | "end";

function followerOf(lines: readonly string[], at: number, isQuote: (line: string) => boolean): Follower {
  const next = lines.findIndex((line, index) => index >= at && line.trim() !== "");
  if (next < 0) return "end";
  if (isQuote(lines[next] ?? "")) return "quote";
  if (runsOn.test(lines[next] ?? "")) return "sentence";
  return next > at ? "blank" : "text";
}

/** Not "hi bob", as many greet. */
const runsOn = /^\s*(?!(?:h[ae]llo|hi|hey|dear|thanks?|hallo|liebe[rs]?|moin|bonjour|salut|hola|ciao|hei|hej|hoi|oi|ol[áà])(?!\p{L}))\p{Ll}+,?\s+\p{Ll}+,?\s+\p{L}/u;

/** A wrapped attribution begins with what can't end somebody's sentence: a lead and a number, a date, an address. */
function continues(first: string, line: string, count: number): boolean {
  if (ending.test(first)) return false;
  const isOpen = (lead.test(first) && /\d/.test(first)) || datedStart.test(first);
  const isNamed = count <= 3 && verb.test(first) && address.test(first);
  const isDatedName = count <= 2 && address.test(first) && date.test(first) && verb.test(line);
  const isName = count <= 2 && /^[^:.!?]{2,60}[<(]\S*@?\S*[>)]?$/u.test(first.trim()) && verb.test(line);
  return (isOpen && !(count > 1 && lead.test(line) && /\d/.test(line))) || isNamed || isDatedName || isName;
}

function isAttribution(first: string, joined: string, follower: Follower): boolean {
  const has = {
    verb: verb.test(joined),
    address: address.test(joined),
    date: date.test(joined),
    time: time.test(joined),
    ends: ending.test(joined),
  };
  const starts = lead.test(first) || datedStart.test(first);
  const isAnswered = follower === "quote";
  if (has.verb && has.ends && (has.address || !speaksOfSelf(joined))) {
    if (has.address || (has.date && has.time && (isAnswered || !(described.test(joined) || follower === "sentence")))) return true;
    if (isAnswered && (has.date || has.time || joined.length < 80)) return true;
  }
  // "On Tuesday, 3 March 2026, Ada Byron wrote:", not "On 3 March 2026, Ada wrote:", which a customer may write.
  if (has.verb && has.ends && starts && weekday.test(first) && follower === "blank" && isByName(joined) && joined.length < 120) return true;
  // Gmail in Japanese and Russian names no verb: a date, a name, an address, a colon. In a log an address stands as well.
  if (has.address && has.ends && has.date && (isAnswered || (starts && bracketed.test(joined)))) return true;
  // "Quoting Ada <ada@example.com>:" has neither date nor verb.
  if (has.address && has.ends && isAnswered && lead.test(first) && joined.length < 120) return true;
  // A number of clients end it without a colon.
  if (has.verb && has.date && has.address && (isAnswered || /[>)\]]\s*$/.test(joined) || (has.time && verbLast.test(joined))) && starts) return true;
  if (/^-{2,}.*-{2,}$/.test(joined) && has.verb && (has.date || has.address)) return true;
  if (!datedStart.test(first) || joined.length > 160) return false;
  if (has.address && /[>)\]]\s*$/.test(joined)) return true;
  return zoned.test(first) && named.test(joined) && follower !== "text" && follower !== "sentence";
}

function isByName(joined: string): boolean {
  return !(speaksOfSelf(joined) || addressed.test(joined) || described.test(withoutLead(joined)));
}

function speaksOfSelf(joined: string): boolean {
  return ownWords.test(withoutLead(joined));
}

/** "Le lundi 2 mars 2026" begins with an article that says nothing of who wrote. */
function withoutLead(joined: string): string {
  return datedLead.test(joined) ? joined.replace(datedLead, "") : joined;
}
