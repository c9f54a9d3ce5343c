// Says of each line of a mail's text what it is: new text, quotation, the start of history, a signature's mark. It
// decides nothing.
import { attributionAt, opensWithAttribution } from "./attribution";
import { anyOf } from "./languages";
import { notesHeader } from "./notes";
import { attributionMark, historyEnd, historyStart } from "./marks";

export type LineKind =
  | "text"
  | "blank"
  | "quote"
  /** Introduces a quotation. */
  | "attribution"
  /** All that follows is history, quoted or not. */
  | "history"
  /** History ends here: only HTML can tell. */
  | "historyEnd"
  /** A line of dashes, underscores and the like. */
  | "rule"
  /** "-- ". */
  | "signature"
  /** Added by a program or list, not by the author. */
  | "added"
  /** From here on a list or a portal speaks. */
  | "footer";

export function kindsOf(lines: readonly string[]): LineKind[] {
  const kinds: LineKind[] = [];
  while (kinds.length < lines.length) kinds.push(...kindsAt(lines, kinds.length));
  return keepSentences(lines, markPipes(lines, kinds));
}

/** No program writes a longer line of its own, and to look for one there takes long. */
const longest = 2_000;

export function isQuote(line: string): boolean {
  return /^\s{0,3}[A-Z]{0,3}>/.test(line) || /^\s{0,3}＞/.test(line);
}

function kindsAt(lines: readonly string[], at: number): LineKind[] {
  const line = lines[at] ?? "";
  if (line.includes(attributionMark)) return ["attribution"];
  if (line.includes(historyStart)) return ["history"];
  if (line.includes(historyEnd)) return ["historyEnd"];
  if (line.trim() === "") return ["blank"];
  if (line.length > longest) return [isQuote(line) ? "quote" : "text"];
  if (isEnclosed(line)) return ["history"];
  if (isQuote(line)) return ["quote"];
  if (separator.test(line) || forwarded.test(line) || replyAbove.some((above) => above.test(line))) return ["history"];
  if (headerBlock(lines, at) || isTitle(lines, at) || notesHeader(lines, at)) return ["history"];
  if (opensWithAttribution(line)) return ["history"];
  const count = attributionAt(lines, at, isQuote);
  if (count > 0) return Array.from({ length: count }, () => "attribution" as const);
  return [single(line, lines[at + 1] ?? "")];
}

/** GroupWise: ">>> Ada Byron 03.03.2026 09:14 >>>". */
function isEnclosed(line: string): boolean {
  return /^>{3}\s.{3,120}\d{1,2}[:.]\d{2}.{0,12}\s>{3}\s*$/.test(line);
}

/** Whatever its words and language: a line between dashes, or "Original message" alone, right above a quoted mail's header. */
function isTitle(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? "";
  if (!/^\s*[-_=]{2,}\s*[^\s-].{1,48}[^\s-]\s*[-_=]{2,}\s*$/.test(line) && !untitled.test(line)) return false;
  const next = lines.findIndex((below, index) => index > at && below.trim() !== "");
  return next > at && next <= at + 2 && headerBlock(lines, next);
}

function single(line: string, next: string): LineKind {
  if (/^\s*--\s*$/.test(line) || /^\s*—\s*$/.test(line)) return "signature";
  if (/^\s*[\u1427\u200b-\u200f\ufffc\ufeff]+\s*$/u.test(line)) return "added";
  if (sentFrom.test(line) || scanned.test(line)) return "added";
  if (footers.some((footer) => footer.test(line))) return "footer";
  if (/^\s*_{5,}\s*$/.test(line) && /mailing list|mailto:|https?:\/\/|@/i.test(next)) return "footer";
  if (rule.test(line) || emptyRow.test(line)) return "rule";
  return "text";
}

/** Signs that programs and people draw lines with; Korean, Chinese and Japanese signatures stand between the second row. */
const strokes = "-_=~*#+—–•.,─━═＿ー＝～＊※■□◆◇●○◎★☆▼▲";
const rule = new RegExp(`^\\s*(?:([${strokes}])\\1[${strokes}]*|[${strokes}]{6,})\\s*$`, "u");

/** NetEase sets a visiting card as a table, of which these are left. */
const emptyRow = /^\s*\|(?:\s*\|)*\s*$/;

const separator = new RegExp(`^[\\s>*_|]*[-_=—]{2,}(?:[\\s*]|&nbsp;)*${anyOf("original")}(?:[\\s*:：]|&nbsp;)*[-_=—]*[\\s*_]*$`, "iu");
const untitled = new RegExp(`^\\s*${anyOf("original")}\\s*[:：]?\\s*$`, "iu");
const forwarded = new RegExp(`^[\\s>*_]*${anyOf("forwarded")}\\s*[:：]?\\s*$`, "iu");
/** Where a portal asks to write above a line; "##- … -##" is one's own mark. */
const replyAbove: readonly RegExp[] = [
  /^\s*[#>*\s=-]*[-=#*_]{2,}.{0,40}(?:repl(?:y|ies)|antwort|r[ée]pon\w+|responde\w*|type|schreib\w+|svar\w*).{0,40}(?:above|oberhalb|über|ci-dessus|arriba|acima|ovanför|over|ovenfor).{0,40}[-=#*_]{2,}/iu,
  /^\s*##-\s?.{5,120}\s?-##\s*$/u,
  /^\s*(?:please )?(?:type your |write your )?repl(?:y|ies) above this line\.?\s*$/i,
];
const sentFrom = new RegExp(`^[\\s<(\\[*_\\u200b-\\u2064-]*(?:${anyOf("sentFrom")})[\\s>)\\]*_\\u200b-\\u2064]*$`, "iu");

const device = /iphon|ipad|ipod|galaxy|samsung|android|black ?berry|windows|outlook|yahoo|proton|gmail|huawei|xiaomi|nokia|htc|motorola|sony|pixel|oneplus|mobil|móvil|celular|phone|telefo|téléphone|tablet|handy|smartphone|device|appareil|gerät|dispositivo|spark|airmail|mailspring|superhuman|k-9|telekom|web\.de|gmx|mail\.ru|яндекс|手机|手機|小米|华为|邮箱|スマートフォン|ドコモ|휴대|나의|스마트폰|갤럭시|메일 ?앱|\bapp\b|\be?-?mail\b/iu;

/** A scanner's advertisement, whatever its language: a few words, then its address; and the anchor that it leaves in a text. */
const scanned = /^\s*(?:[\p{L}\p{M}\s-]{3,40}\.?\s*(?:<?(?:https?:\/\/)?www\.(?:avast|avg)\.com\S*(?:\s?<\S*>)?)|<#DAB4FAD8[\w-]*>)\s*$/iu;

const footers: readonly RegExp[] = [
  /^You (?:are receiving|received|are receiving) this (?:message|email|e-mail|mail) because/i,
  /^(?:To|Click here to) unsubscribe (?:from|send|click|visit|,)/i,
  /^Unsubscribe:? (?:<|http)/i,
  /^(?:Reply to this email directly|View it on Git|— ?Reply to this email)/i,
  /^To (?:respond|reply), reply to this email/i,
  /^Visit (?:Topic|Message) or reply to this email/i,
  /^Groups\.io Links:/i,
];

const fields = { from: anyOf("from"), date: anyOf("date"), to: anyOf("to"), cc: anyOf("cc"), subject: anyOf("subject") };
const fieldPatterns = Object.entries(fields).map(
  ([field, names]) => [field, new RegExp(`^[\\s*_]*${names}[\\s*_]*[:：]`, "iu")] as const,
);

/**
 * From, Sent, To, Subject above a quoted mail. A subject is asked for, or an address with a date: customers write
 * "From: Oslo, To: Bergen, Date: …" themselves.
 */
function headerBlock(lines: readonly string[], at: number): boolean {
  const found = new Set<string>();
  let [hasAddress, isDated, isTimed, isForm] = [false, false, false, false];
  let blanks = 0;
  for (let next = at; next < lines.length && next < at + 12 && blanks < 2; next++) {
    const line = lines[next] ?? "";
    const field = fieldPatterns.filter(([name]) => !found.has(name)).find(([, pattern]) => pattern.test(line))?.[0];
    if (next === at && field === undefined) return false;
    if (formField.test(line)) isForm = true;
    if (field !== undefined) found.add(field);
    else if (line.trim() === "") blanks++;
    else if (next > at + 1 && !isWrapped(line)) break;
    if (field !== undefined && /@[\w-]+\./.test(line)) hasAddress = true;
    if (field === "date" && /\d/.test(line)) isDated = true;
    if (field === "date" && /\d[:.h時点点]\s?\d{2}(?!\d)/.test(line)) isTimed = true;
  }
  // A form of a web page, filled in: programs write the time as well.
  if (isForm && !isTimed) return false;
  if (!found.has("from") || found.size < 3) return found.size >= 4 && found.has("subject") && isDated;
  return found.has("subject") ? hasAddress || isDated : hasAddress && isDated;
}

const formField = /^\s*(?:(?:your |ihre |votre |su )?(?:message|comments?|question|enquiry|inquiry|nachricht|anfrage|kommentar|melding|henvendelse|meddelande|mensaje|consulta|comentarios?|demande)|留言|内容|お問い合わせ内容|メッセージ|내용|문의 ?내용|메시지)\s*[:：]/iu;

/** The rest of a long line of recipients. */
function isWrapped(line: string): boolean {
  return /^\s|@|;\s*$/.test(line);
}

/** "Sent by post on Monday" is somebody's own, if more follows; "Sent from my iPhone" never is. */
function keepSentences(lines: readonly string[], kinds: readonly LineKind[]): LineKind[] {
  const kept = [...kinds];
  let next: LineKind = "blank";
  for (let at = kinds.length - 1; at >= 0; at--) {
    const [kind, line] = [kinds[at] ?? "text", lines[at] ?? ""];
    if (kind === "added" && sentFrom.test(line) && isSentence(line, next)) kept[at] = "text";
    if (kind !== "blank") next = kind;
  }
  return kept;
}

function isSentence(line: string, next: LineKind): boolean {
  if (excuse.test(line)) return false;
  return device.test(line) ? /[?？]\s*$/.test(line) || clause.test(line) : next === "text" || /[.!?。]\s*$/.test(line);
}

/** What people have their telephone say of its keys. */
const excuse = /excuse|typo|brevity|sorry for|pardon|forgive|apologi[sz]e|tippfehler|kürze|entschuldig|brièveté|concision|brevedad|brevità/iu;

/** "Sent from my desk, which is quieter than the phone": a second thought is a person's. */
const clause = /,\s.*(?<!\p{L})(?:which|but|because|although|is|are|was|than|aber|weil|denn|obwohl|mais|parce|pero|porque|men|fordi)(?!\p{L})/iu;

/** "| " is a quotation in a run behind an attribution, and a table elsewhere. */
function markPipes(lines: readonly string[], kinds: readonly LineKind[]): LineKind[] {
  const marked: LineKind[] = [];
  let before: LineKind = "blank";
  for (const [at, kind] of kinds.entries()) {
    const isPiped = kind !== "blank" && /^\s*\|(?:\s|$)/.test(lines[at] ?? "");
    const is: LineKind = isPiped && (before === "attribution" || marked[at - 1] === "quote") ? "quote" : kind;
    marked.push(is);
    if (is !== "blank") before = is;
  }
  return marked;
}
