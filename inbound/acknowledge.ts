// Whether a mail that opens a ticket may be acknowledged: never a machine's, a list's, our own, or an answer to what a machine
// of ours has written. What slips through all of it meets the brakes (domain/brakes).
import type { Reading } from "../mail/reading";
import type { InboundDeps } from "./deps";

export async function mayAcknowledge({ prisma, signed }: InboundDeps, { unanswered, from, inReplyTo, references }: Reading): Promise<boolean> {
  if (unanswered !== undefined || from.address === null) return false;
  if ((await prisma.mailbox.count({ where: { addresses: { has: from.address.toLowerCase() } } })) > 0) return false;
  const answered = [inReplyTo, ...references].flatMap((id) => (id === null ? [] : [signed.readMessageId(id)])).filter((mail) => mail !== null);
  const acknowledgements = { template: "acknowledgement", id: { in: answered } };
  return answered.length === 0 || (await prisma.notice.count({ where: acknowledgements })) === 0;
}
