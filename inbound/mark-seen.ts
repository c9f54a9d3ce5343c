// "Mark as seen": the mail has become what it is; whoever fetched it may flag or move it on its server now.
import type { InboundDeps, MailRef } from "./deps";

export function createMarkSeen({ prisma }: InboundDeps): (mail: MailRef) => Promise<void> {
  return async ({ mail: id }) => {
    const { source, mailboxId } = await prisma.rawMail.findUniqueOrThrow({ where: { id }, select: { source: true, mailboxId: true } });
    if (source === "imap") await prisma.$queryRaw`SELECT pg_notify('perdura_mailbox', ${mailboxId})::text`;
  };
}
