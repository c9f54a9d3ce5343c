// A new link for a requester whose link has expired: sent to the address on record, once in ten minutes.
import { post } from "./outbox";
import type { Parts } from "./parts";
import type { TicketRow } from "./present-ticket";

const intervalMs = 600_000;

/** `now`: epoch ms. Asked again within the interval it sends nothing more. */
export async function renewLink(prisma: Parts["prisma"], { number, version }: TicketRow, now: number): Promise<void> {
  const id = `${number}.link.${Math.floor(now / intervalMs)}`;
  const notice = { id, version, template: "new-link", recipient: "requester" };
  await prisma.$transaction(async (tx) => {
    const { count } = await tx.notice.createMany({ data: [{ ...notice, ticket: number }], skipDuplicates: true });
    if (count > 0) await post(tx, { kind: "courier", subject: id, payload: { number, notices: [notice] } });
  });
}
