// "Check its sender": who really sent it, as far as that can be told, noted for staff; and whether it is held for that.
import type { Prisma } from "../prisma/client";
import type { Envelope } from "./accept";
import type { InboundDeps, MailRef } from "./deps";
import { malwareIn, verdictObjection, verdictOf } from "./verdict";

export type CheckedSender = { readonly held: null } | { readonly held: string };

export function createCheckSender({ prisma, verdicts }: InboundDeps): (mail: MailRef) => Promise<CheckedSender> {
  return async ({ mail: id }) => {
    const row = await prisma.rawMail.findUniqueOrThrow({
      where: { id },
      select: { raw: true, envelope: true, decidedBy: true, state: true, quarantine: true },
    });
    if (row.state !== "read" || row.raw === null) return { held: row.state === "quarantined" ? (row.quarantine ?? "dmarc") : null };
    const raw = Buffer.from(row.raw);
    const verdict = await verdictOf(raw, row.envelope as Envelope, verdicts);
    // Who has released it has seen the verdict.
    const held = row.decidedBy === null ? (malwareIn(raw) ?? verdictObjection(verdict)) : null;
    await prisma.rawMail.updateMany({
      where: { id, state: "read" },
      data: { verdict: verdict as unknown as Prisma.InputJsonObject, ...(held !== null && { state: "quarantined", quarantine: held }) },
    });
    return { held };
  };
}
