// Marks on the server what has become what it is: seen, or moved. Done again it changes nothing.
import type { ImapFlow } from "imapflow";
import type { PrismaClient } from "../../prisma/client";
import type { ImapSettings } from "./settings";
import { NoFolder } from "./trouble";

const atOnce = 200;
const settled = ["done", "quarantined", "rejected"];

/** As long as any wait. */
export async function markSettled(prisma: PrismaClient, client: ImapFlow, mailboxId: string, settings: ImapSettings): Promise<void> {
  const folder = client.mailbox;
  if (folder === false) return;
  for (;;) {
    const rows = await prisma.rawMail.findMany({
      where: { mailboxId, uidValidity: folder.uidValidity, uid: { not: null }, markedAt: null, state: { in: settled } },
      select: { id: true, uid: true },
      orderBy: { uid: "asc" },
      take: atOnce,
    });
    if (rows.length === 0) return;
    await mark(client, rows.map(({ uid }) => Number(uid)).join(","), settings);
    await prisma.rawMail.updateMany({ where: { id: { in: rows.map(({ id }) => id) } }, data: { markedAt: new Date() } });
  }
}

/** Seen, and moved where that is asked for. */
export async function mark(client: ImapFlow, uids: string, { moveTo }: ImapSettings): Promise<void> {
  // Whatever becomes of the move, nobody is to take it for new.
  await client.messageFlagsAdd(uids, ["\\Seen"], { uid: true });
  if (moveTo === null) return;
  const moved = await client.messageMove(uids, moveTo, { uid: true }).catch(() => false as const);
  if (moved !== false) return;
  await client.mailboxCreate(moveTo).catch(() => undefined);
  const again = await client.messageMove(uids, moveTo, { uid: true }).catch(() => false as const);
  if (again === false && client.usable) throw new NoFolder(moveTo);
}
