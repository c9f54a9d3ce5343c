// Which mailbox an address belongs to. What stands behind a plus (a signed reply address) makes no difference here.
import type { Prisma } from "../prisma/client";

/** Its id; null when no mailbox of ours that takes mails has the address. */
export async function mailboxAt(db: Prisma.TransactionClient, address: string): Promise<string | null> {
  const plain = address.trim().toLowerCase();
  const wanted = [plain, plain.replace(/\+[^@]*(?=@)/u, "")];
  const found = await db.mailbox.findFirst({
    where: { addresses: { hasSome: wanted }, enabled: true, retiredAt: null },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  return found?.id ?? null;
}
