// "Tell the admins": what no ticket tells of, because no ticket hears of it: a mailbox that is silent, mails that are held.
import { createHash } from "node:crypto";
import { spoken } from "../contract/language";
import { readBacklog } from "../prisma/backlog";
import type { PrismaClient } from "../prisma/client";
import { alertWords } from "./alert-words";

export interface AlertDeps {
  readonly prisma: PrismaClient;
  readonly from: string;
  readonly publicUrl: string;
  readonly send: (mail: AlertMail) => Promise<unknown>;
}

export interface AlertMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** `id` names the alert for ever: tried again, it is the same mail to the same people. */
export interface Alert {
  readonly id: string;
  readonly about: "mailbox" | "quarantine";
  /** The mailbox; of the quarantine null. */
  readonly subject: string | null;
}

/** How many were told: none when it has passed meanwhile. Rejects when the mail server does not take one. */
export function createTellAdmins(deps: AlertDeps): (alert: Alert) => Promise<{ readonly told: number }> {
  return async (alert) => {
    const facts = await factsOf(deps.prisma, alert);
    if (facts === null) return { told: 0 };
    const admins = await deps.prisma.agent.findMany({ where: { role: "admin", active: true }, orderBy: { id: "asc" } });
    for (const { id, email, language } of admins) await deps.send(mailOf(deps, alert, facts, { id, email, language }));
    return { told: admins.length };
  };
}

export type AlertFacts =
  | { readonly about: "mailbox"; readonly name: string; readonly why: string | null; readonly minutes: number }
  | { readonly about: "quarantine"; readonly count: number; readonly hours: number };

/** As it stands now; null: there is nothing to tell any more. */
async function factsOf(prisma: PrismaClient, { about, subject }: Alert): Promise<AlertFacts | null> {
  const { quarantined, staleMailboxes } = await readBacklog(prisma);
  if (about === "quarantine") {
    return quarantined.count === 0 ? null : { about, count: quarantined.count, hours: Math.floor(quarantined.oldestSeconds / 3_600) };
  }
  if (subject === null || !staleMailboxes.includes(subject)) return null;
  const { name, errorText, fetchedAt, createdAt } = await prisma.mailbox.findUniqueOrThrow({ where: { id: subject } });
  return { about, name, why: errorText, minutes: Math.floor((Date.now() - (fetchedAt ?? createdAt).getTime()) / 60_000) };
}

function mailOf({ from, publicUrl }: AlertDeps, alert: Alert, facts: AlertFacts, admin: { id: string; email: string; language: string }): AlertMail {
  const { subject, says, look } = alertWords[spoken(admin.language)](facts);
  const path = facts.about === "mailbox" ? `/api/v1/mailboxes/${alert.subject}` : "/api/v1/quarantine";
  const name = createHash("sha256").update(`${alert.id} ${admin.id}`).digest("hex").slice(0, 32);
  return {
    from,
    to: admin.email,
    subject,
    text: `${says}\n\n${look} GET ${publicUrl}${path}\n`,
    messageId: `<alert.${name}@${from.replace(/^.*@|>$/gu, "")}>`,
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
  };
}
