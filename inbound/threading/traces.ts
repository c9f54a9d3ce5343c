// What a mail says of the ticket it belongs to: signed addresses it was sent to, mails of ours it answers, mails that we hold.
// Nothing here trusts a sender; a name that we did not sign names nothing.
import { ticketOf } from "../../mail/signed/addresses";
import type { SignedAddresses } from "../../mail/signed/addresses";
import type { Reading } from "../../mail/reading";

/** A trace whose signature has been read; of a reply address that names a notice, its reader is still to be looked up. */
export interface Signed {
  readonly by: "signed-address" | "signed-message-id";
  readonly ticket: number;
  readonly notice: string | null;
}

/** A mail may refer to more than anybody reads; the nearest count. */
const mostReferences = 50;

/** The surest first, then the nearest. Total: whatever stands in a header, it is read or passed over. */
export function signedTraces(signed: SignedAddresses, recipients: readonly string[], reading: Pick<Reading, "inReplyTo" | "references">): readonly Signed[] {
  const traces: Signed[] = [];
  for (const recipient of recipients) {
    const target = signed.readReplyTo(recipient);
    if (target !== null) traces.push({ by: "signed-address", ...target });
  }
  for (const id of referredTo(reading)) {
    const mail = signed.readMessageId(id);
    const ticket = mail === null ? null : ticketOf(mail);
    if (ticket !== null) traces.push({ by: "signed-message-id", ticket, notice: null });
  }
  return traces;
}

/** The Message-IDs that a mail answers, the nearest first. */
export function referredTo({ inReplyTo, references }: Pick<Reading, "inReplyTo" | "references">): readonly string[] {
  const nearest = [inReplyTo, ...references.toReversed()].filter((id) => id !== null);
  return [...new Set(nearest)].slice(0, mostReferences);
}
