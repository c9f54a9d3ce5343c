// Notices that a sending service writes as JSON into a mail (Amazon SES by way of SNS): the same facts as a bounce, a
// complaint or a delivery report, in another dress.
import type { Bounce } from "../reading";
import type { Mail } from "./mail";
import { enhancedIn, isPermanent } from "./status";

export type Notice = { readonly kind: "bounce"; readonly bounce: Bounce } | { readonly kind: "complaint" | "auto-reply" };

export function noticeIn({ text }: Mail): Notice | null {
  const source = /^\s*(?<json>\{\s*"(?:notificationType|eventType|Type)"[\s\S]*\})/.exec(text)?.groups?.["json"];
  const outer = source === undefined ? null : parsed(source);
  // SNS either sends the notice itself or an envelope with the notice as a string.
  const said = typeof outer?.["Message"] === "string" ? parsed(outer["Message"]) : outer;
  const type = said?.["notificationType"] ?? said?.["eventType"];
  if (said === null || typeof type !== "string") return null;
  if (type === "Complaint") return { kind: "complaint" };
  if (type !== "Bounce") return { kind: "auto-reply" };
  return { kind: "bounce", bounce: bounceOf(record(said["bounce"])) };
}

function bounceOf(said: Record<string, unknown>): Bounce {
  const recipients = said["bouncedRecipients"];
  const first = record(Array.isArray(recipients) ? recipients[0] : null);
  const status = enhancedIn(`${textIn(first["status"])} ${textIn(first["diagnosticCode"])}`);
  const type = textIn(said["bounceType"]);
  return {
    recipient: textIn(first["emailAddress"]).toLowerCase() || null,
    status,
    permanent: type === "" ? isPermanent(status) : type === "Permanent",
  };
}

/** Mails wrap long lines, some servers with "!": a line end within a string is none of its own. */
function parsed(source: string): Record<string, unknown> | null {
  for (const form of [source, source.replace(/!\n ?/g, "").replace(/\n/g, ""), source.replace(/\n/g, " ")]) {
    try {
      return record(JSON.parse(form));
    } catch {
      continue;
    }
  }
  return null;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}
