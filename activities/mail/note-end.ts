// How a mail to staff, a contact or a participant went, and the word to staff that one has not reached its reader: both in one
// transaction, so that no kill comes in between.
import { copyTemplate } from "../../domain/audience";
import type { PrismaClient } from "../../prisma/client";
import { note } from "./ledger";
import type { Owed, Result, Settled } from "./ledger";
import { tellStaff } from "./tell-staff";
import type { WaitingRow } from "./waiting";

/** `owed`: what left in this mail. Answers as `note` does. */
export async function noteEnd(prisma: PrismaClient, token: string, result: Result, owed: readonly WaitingRow[]): Promise<Settled | Owed | null> {
  if (result.state === "sent") return await note(prisma, token, result);
  return await prisma.$transaction(async (tx) => {
    const noted = await note(tx, token, result);
    const [first] = owed;
    if (first !== undefined && (noted?.state === "failed" || noted?.state === "unknown")) await tellOf(tx, first, owed, result);
    return noted;
  });
}

/** Once for a mail, however much it told of. */
async function tellOf(tx: Parameters<typeof tellStaff>[0], first: WaitingRow, owed: readonly WaitingRow[], result: Result): Promise<void> {
  const wake = owed.some((row) => row.wake);
  if (first.template === copyTemplate) return await tellStaff(tx, first, "copy-undelivered");
  // That its address is suspended staff know; a word about such a word would have no end.
  const isKnown = "error" in result && result.error === "suspended" && !wake;
  if (!isKnown && first.template !== undelivered) await tellStaff(tx, first, undelivered, { instead: first.recipient, wake });
}

const undelivered = "staff-undelivered";
