// "Find its ticket": where a mail that was read belongs. A decision alone: nothing is written here.
import type { Reading } from "../mail/reading";
import type { InboundDeps, MailRef } from "./deps";

/** Ids and codes only: this enters Temporal. */
export type Destination =
  | { readonly to: "new ticket" }
  /** What its requester says on a ticket that is there. */
  | { readonly to: "ticket"; readonly number: number }
  /** It is kept, and changes no ticket: a bounce, a complaint, an automatic answer. */
  | { readonly to: "nobody"; readonly why: string };

export function createFindTicket({ prisma }: InboundDeps): (mail: MailRef) => Promise<Destination> {
  return async ({ mail: id }) => {
    const { reading } = await prisma.rawMail.findUniqueOrThrow({ where: { id }, select: { reading: true } });
    const { kind } = reading as unknown as Reading;
    return kind === "message" || kind === "quarantined" ? { to: "new ticket" } : { to: "nobody", why: kind };
  };
}
