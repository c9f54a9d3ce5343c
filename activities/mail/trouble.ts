// What a failed attempt means: refused for good, to be tried again, or in doubt. Tells it by codes alone, for the words of a mail
// server repeat addresses and its errors carry whole mails.
import type { Result } from "./ledger";

interface Status {
  readonly name: string | null;
  readonly code: string | null;
  readonly responseCode: number | null;
  readonly command: string | null;
  /** RFC 3463, such as 5.1.1. */
  readonly enhanced: string | null;
}

/** A server that refuses this recipient or mail has spoken for good; one that refuses us (login, sender) has not. */
export function troubleOf(error: unknown): Exclude<Result, { state: "sent" }> {
  const status = read(error);
  const code = statusOf(error);
  // Also when what it has answered can't be read.
  if (isInDoubt(error) && status.responseCode === null) return { state: "unknown", error: code };
  if (isPermanent(status)) return { state: "failed", error: code };
  return { state: "queued", error: code, about: isAboutMail(status) ? "mail" : "server" };
}

/** A mail that can't be made is tried again with growing waits: another release may be able to, or a file may come. */
export function cannotBeMade(error: unknown): Result {
  return { state: "queued", error: statusOf(error), about: "mail" };
}

/** What a server says to a mail that it takes: `250 2.0.0`. */
export function answerOf(info: unknown): { readonly answer?: string } {
  const response = typeof info === "object" && info !== null && "response" in info ? info.response : null;
  const answer = typeof response === "string" ? /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(response)?.[0] : undefined;
  return answer === undefined ? {} : { answer };
}

/** Marks an error that came when the server had the whole mail. */
export function inDoubt(error: unknown): unknown {
  if (typeof error === "object" && error !== null) doubtful.add(error);
  return error;
}

const doubtful = new WeakSet<object>();

function isInDoubt(error: unknown): boolean {
  return typeof error === "object" && error !== null && doubtful.has(error);
}

/** "Not yet" to a recipient or a text, while others may well be taken. 421 ends the session, whatever it was about. */
function isAboutMail({ responseCode, command }: Status): boolean {
  const isNotYet = responseCode !== null && responseCode >= 400 && responseCode < 500 && responseCode !== 421;
  return isNotYet && (command === "RCPT TO" || command === "DATA");
}

/** Codes of an error, such as `EENVELOPE 550 5.1.1 RCPT TO`; its name when it has none. */
export function statusOf(error: unknown): string {
  const { name, code, responseCode, enhanced, command } = read(error);
  const codes = [code, responseCode, enhanced, command].filter((part) => part !== null);
  return codes.length === 0 ? (name ?? "unknown") : codes.join(" ");
}

function isPermanent({ code, responseCode, command }: Status): boolean {
  if (code !== "EENVELOPE" && code !== "EMESSAGE") return false;
  // Without an answer of the server: nodemailer itself found the recipient invalid or the mail over the server's limit.
  if (responseCode === null) return true;
  // 503 speaks of the session, not of the mail. 552 is "too large", which may come as early as the sender is named.
  return responseCode >= 500 && responseCode !== 503 && (command !== "MAIL FROM" || responseCode === 552);
}

function read(error: unknown): Status {
  const fields = (typeof error === "object" && error !== null ? error : {}) as Readonly<Record<string, unknown>>;
  const { name, code, responseCode, command, response } = fields;
  return {
    name: plain(name, /^\w{1,60}$/),
    code: plain(code, /^\w{1,40}$/),
    responseCode: typeof responseCode === "number" ? responseCode : null,
    command: plain(command, /^(?:CONN|EHLO|HELO|STARTTLS|AUTH [\w-]{1,20}|MAIL FROM|RCPT TO|DATA|RSET|API)$/),
    enhanced: (typeof response === "string" && /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1]) || null,
  };
}

function plain(value: unknown, form: RegExp): string | null {
  return typeof value === "string" && form.test(value) ? value : null;
}
