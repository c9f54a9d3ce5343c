// Why nothing automatic may answer a mail (RFC 3834), whoever seems to have written it: two machines that answer each other
// never end.
import { hasNullSender, saidIn, type Mail } from "./mail";

/** automatic: it says so itself. no-return: nobody wants to hear of it. list, bulk: it went to many. */
export type Unanswered = "automatic" | "no-return" | "list" | "bulk";

/** Null: a person may be waiting for a word. */
export function unansweredIn(mail: Mail): Unanswered | null {
  const submitted = saidIn(mail, "auto-submitted").replace(/[;\s].*$/s, "");
  if (submitted !== "" && submitted !== "no") return "automatic";
  if (hasNullSender(mail)) return "no-return";
  if (lists.some((header) => saidIn(mail, header) !== "") || saidIn(mail, "precedence") === "list") return "list";
  if (/^(?:bulk|junk|auto[-_]?reply)$/.test(saidIn(mail, "precedence"))) return "bulk";
  if (machines.some((header) => saidIn(mail, header) !== "")) return "automatic";
  // Exchange's word for "answer me with nothing": all, or everything that a desk would send.
  return /\b(?:all|autoreply|oof)\b/.test(saidIn(mail, "x-auto-response-suppress")) ? "automatic" : null;
}

const lists = ["list-id", "list-post", "list-unsubscribe", "mailing-list", "x-mailing-list"];
const machines = ["x-autoreply", "x-autorespond", "x-autoresponder", "x-vacation", "x-auto-reply-from", "x-failed-recipients", "feedback-id"];
