// Recognises bounces, by structure first, then by who writes and in which words, and finds out whom they are about.
import type { Bounce } from "../reading";
import { plainAddress, reportIn, type Report } from "./delivery-status";
import { hasNullSender, saidIn, textsOf, type Mail } from "./mail";
import { copyBegins, daemonNames, daemons, failedSentences, failedSubjects, personal, postmasters } from "./phrases";
import { enhancedIn, isPermanent, statusIn } from "./status";

/** Null when the mail is no report of a delivery. */
export function bounceIn(mail: Mail): Report | null {
  const report = reportIn(mail);
  if (report !== null && (isReport(mail) || weightOf(mail) >= enough - 2)) return completed(report, mail);
  return weightOf(mail) >= enough ? { bounce: told(mail), isFailure: true } : null;
}

/** Some reports name a machine's file in place of an address: the text around them may name the address. */
function completed({ bounce, isFailure }: Report, mail: Mail): Report {
  const recipient = bounce.recipient ?? (isFailure ? recipientIn(mail, beforeCopy(mail.text)) : null);
  return { bounce: { ...bounce, recipient }, isFailure };
}

function isReport({ root }: Mail): boolean {
  const declared = /delivery-status/i.test(root.parameters["report-type"] ?? "");
  return declared || root.parts.some(({ type }) => /^message\/(?:global-)?delivery-status$/.test(type));
}

const enough = 5;

/**
 * Who writes counts most: a person who asks us about a bounce uses the same words. So words alone never suffice, unless
 * they come with a copy of the mail, or with nothing but an address on a line, and as no answer to anything; and what speaks as
 * a person does is nobody's but a daemon's.
 */
function weightOf(mail: Mail): number {
  const server = serverWeight(mail);
  const sender = server + machineWeight(mail);
  const head = beforeCopy(mail.text);
  if ((server < surely || isPostmaster(mail)) && personal.test(head)) return 0;
  const signs = {
    title: failedSubjects.some((title) => title.test(mail.envelope.subject ?? "")) ? 2 : 0,
    copy: hasCopy(mail, head) ? 1 : 0,
    code: /(?<!\d)[45]\d\d[ -]/.test(head) ? 1 : 0,
  };
  const speaks = failedSentences.some((sentence) => sentence.test(head)) ? 2 : 0;
  const isListing = mail.envelope.from.name === null && head.split("\n").some((line) => line.length < 200 && addressAlone.test(line));
  const listing = isListing && signs.title + speaks === 4 ? 2 : 0;
  const isAnonymous = sender === 0 && !(signs.title > 0 && signs.copy + listing > 0 && speaks > 0 && isFirst(mail));
  // An absent person's machine has no sender either, and regrets that nobody can be reached; a monitor tells of mails too.
  // So has a carrier that could not deliver a parcel: without a copy of a mail, a mail server's own words are asked for.
  const isVague = server === 0 && (signs.title + signs.copy + signs.code === 0 || (signs.copy === 0 && !isAboutMail(head)));
  return isAnonymous || isVague ? 0 : sender + speaks + signs.title + signs.copy + signs.code + listing;
}

/** Names an address, and says of it what only mail servers say. */
function isAboutMail(head: string): boolean {
  const isServers = enhancedIn(head) !== null || /\b(?:SMTP|MTA|RCPT|mailbox|e-?mails?|mail system|messages?|recipients?|user (?:unknown|not found))\b/i.test(head);
  return /@[\w-]+\./.test(head) && isServers;
}

const addressAlone = /^(?:[\s<"]*[^\s<>"@]+@[^\s<>"@]+\.\w+[\s>"]*){1,2}$/;

/** Writes as nobody but a mail server does. */
const surely = 3;

/** Begins a conversation: neither an answer nor a forward. */
function isFirst({ envelope }: Mail): boolean {
  return envelope.inReplyTo === null && envelope.references.length === 0 && !/^\s*(?:re|aw|sv|antw|fwd?|wg|vs|tr|rv)\s*:/i.test(envelope.subject ?? "");
}

/** Behind this name there may be a person as well. */
function isPostmaster({ envelope: { from } }: Mail): boolean {
  const local = from.address?.split("@")[0] ?? "";
  return postmasters.test(local) && !daemons.test(local) && !/deliver|daemon/i.test(from.name ?? "");
}

/** Writes as a mail server does. */
function serverWeight(mail: Mail): number {
  const { name, address } = mail.envelope.from;
  const local = (address ?? name ?? "").split("@")[0] ?? "";
  const signs = [
    saidIn(mail, "x-failed-recipients") === "" ? 0 : 4,
    saidIn(mail, "x-bounced-address") === "" ? 0 : 2,
    daemons.test(local) || (address === null && name !== null) ? 3 : 0,
    postmasters.test(local) ? 2 : 0,
    daemonNames.test(name ?? "") ? 1 : 0,
    isNobody(mail) ? 2 : 0,
    saidIn(mail, "x-mlserver").startsWith("fml") ? 1 : 0,
  ];
  return signs.reduce((sum, sign) => sum + sign, 0);
}

/** Writes as any machine does. */
function machineWeight(mail: Mail): number {
  const isUnanswerable = hasNullSender(mail) || /mailer-daemon/.test(saidIn(mail, "return-path"));
  const isAutomatic = /^auto-(?:replied|generated)/.test(saidIn(mail, "auto-submitted"));
  return (isUnanswerable ? 2 : 0) + (isAutomatic ? 1 : 0) + (mail.root.type.includes("report") ? 1 : 0);
}

/** From: <> */
function isNobody(mail: Mail): boolean {
  return /<>\s*$/.test(saidIn(mail, "from"));
}

function hasCopy(mail: Mail, head: string): boolean {
  return head.length < mail.text.length || textsOf(mail, ["message/rfc822", "text/rfc822-headers", "message/partial"]).length > 0;
}

/** What the server itself says: without the copy of our mail below it. */
function beforeCopy(text: string): string {
  const starts = copyBegins.map((copy) => copy.exec(text)?.index ?? -1).filter((at) => at > 0);
  return starts.length === 0 ? text : text.slice(0, Math.min(...starts));
}

function told(mail: Mail): Bounce {
  const head = beforeCopy(mail.text);
  // Below the head stands our own mail: of that nothing but a server's answer counts.
  const status = statusIn(head) ?? statusIn(/(?<!\d)[45]\d\d[ -]#?[45]\.\d{1,2}\.\d{1,3}/.exec(mail.text)?.[0] ?? "");
  const isTrying = stillTries.test(head) && !/^[25]/.test(enhancedIn(head) ?? "4");
  const sure = isTrying ? (status?.replace(/^5/, "4") ?? null) : status;
  const permanent = sure === null ? !isTrying && hasGivenUp(head) : isPermanent(sure);
  return { recipient: recipientIn(mail, head), status: sure, permanent, ...(isTrying ? { delayed: true as const } : {}) };
}

const stillTries = /\b(?:has been (?:postponed|delayed)|has not yet been delivered|will (?:continue|keep trying)|still (?:being retried|trying)|warning message only|do not need to resend)\b/i;

function hasGivenUp(head: string): boolean {
  return /permanent|fatal|given up|unknown|invalid|not exist|doesn't have/i.test(head);
}

function recipientIn(mail: Mail, head: string): string | null {
  const failed = plainAddress(saidIn(mail, "x-failed-recipients")) ?? plainAddress(saidIn(mail, "x-bounced-address"));
  if (failed !== null) return failed;
  const own = new Set([mail.envelope.from, ...mail.envelope.to].map(({ address }) => address?.toLowerCase()));
  const isOther = (address: string | null): address is string => address !== null && !own.has(address) && !daemons.test(address);
  const named = [...head.matchAll(/^\s*(?:RCPT TO:|>>> ?(?:RCPT To:)?|To:|<(?=[^<>\s]+@[^<>\s]+>:?\s*$))(?<rest>.*)$/gim)].map(({ groups }) => plainAddress(groups?.["rest"] ?? ""));
  // Chinese and Korean set no space between a word and an address, and have a punctuation of their own.
  const all = [...head.matchAll(/[^\s<>;,:"'()[\]\p{Lo}\u3000-\u303f\uff00-\uffef]+@[\w.-]*\w/gu)].map(([address]) => plainAddress(address));
  return [...named, ...all].find(isOther) ?? originalRecipient(mail) ?? all.find((address) => address !== null) ?? null;
}

/** Of a returned mail the one it was sent to. */
function originalRecipient(mail: Mail): string | null {
  const copies = [...textsOf(mail, ["message/rfc822", "text/rfc822-headers"]), mail.text];
  return copies.map((copy) => plainAddress(/^To:(?<to>.*(?:\n[ \t].*)*)/im.exec(copy)?.groups?.["to"] ?? "")).find((address) => address !== null) ?? null;
}
