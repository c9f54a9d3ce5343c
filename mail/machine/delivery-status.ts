// The report of RFC 3464: which recipients, what became of them. It reads the part made for it, or the same fields in
// a text where a server has broken the MIME around them.
import type { Bounce } from "../reading";
import { decodeHeader } from "../read/words";
import { groupsIn, type Fields } from "./fields";
import { textsOf, type Mail } from "./mail";
import { enhancedIn, isPermanent, refined } from "./status";

export interface Report {
  readonly bounce: Bounce;
  /** False when all that it reports is success: delivered, relayed, expanded. */
  readonly isFailure: boolean;
}

/** The recipient that fared worst; null when the mail holds no such report. */
export function reportIn(mail: Mail): Report | null {
  const groups = [...textsOf(mail, reports), mail.text].map(recipientsIn).find((found) => found.length > 0) ?? [];
  const reported = groups.map((group) => ({ bounce: bounceOf(group), isFailure: !isDone(group) }));
  return reported.sort((one, other) => rank(other) - rank(one))[0] ?? null;
}

const reports = ["message/delivery-status", "message/global-delivery-status"];

function recipientsIn(text: string): Fields[] {
  return groupsIn(text).filter((group) => hasRecipient(group) && ("action" in group || "status" in group || "diagnostic-code" in group));
}

function hasRecipient(group: Fields): boolean {
  return "final-recipient" in group || "original-recipient" in group;
}

function isDone(group: Fields): boolean {
  return /^(?:delivered|relayed|expanded|deliverable)/i.test(group["action"] ?? "") || (group["status"] ?? "").startsWith("2.");
}

function rank({ bounce, isFailure }: Report): number {
  return (isFailure ? 4 : 0) + (bounce.permanent ? 2 : 0) + (bounce.delayed ? 0 : 1);
}

function bounceOf(group: Fields): Bounce {
  const said = group["status"] ?? "";
  const code = enhancedIn(said);
  // "Status: 553 too large" is no enhanced code, but says something.
  const status = refined(code, `${code === null ? `${said} ` : ""}${group["diagnostic-code"] ?? ""}`);
  const isDelayed = /^delayed/i.test(group["action"] ?? "");
  return { recipient: addressIn(group), status, permanent: !isDelayed && !isDone(group) && (status === null || isPermanent(status)), ...(isDelayed ? { delayed: true as const } : {}) };
}

/** The final address is the one that failed; some servers write a machine's name there instead. */
function addressIn(group: Fields): string | null {
  const said = [group["final-recipient"], group["original-recipient"], group["x-actual-recipient"]];
  return said.map((value) => typedAddress(value ?? "")).find((address) => address !== null) ?? null;
}

/** "rfc822; <Ada@Example.COM>" → "ada@example.com"; "utf-8; j\\x{F6}rg@…" by RFC 6533 with its letters. */
function typedAddress(value: string): string | null {
  if (!/^\s*utf-8\s*;/i.test(value)) return plainAddress(value);
  const text = value.replace(/\\x\{(?<code>[\dA-F]{2,5}|10[\dA-F]{4})\}/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
  return /(?<address>[^\s<>;,:"'()[\]]+@[\p{L}\p{M}\p{N}_.-]*[\p{L}\p{M}\p{N}])/u.exec(text)?.groups?.["address"]?.toLowerCase() ?? null;
}

/** The first address in a text, in small letters. */
export function plainAddress(value: string): string | null {
  return /(?<address>[^\s<>;,:"'()[\]]+@[\w.-]*[\w])/u.exec(decodeHeader(value))?.groups?.["address"]?.toLowerCase() ?? null;
}
