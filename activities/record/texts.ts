// Drafts become part of the ticket when the event that speaks of them is recorded. The intake's own text is there already.
import type { TextRef, TicketEvent } from "../../domain/ticket";
import type { Transaction } from "../dispatch/places";

export async function publishTexts(tx: Transaction, number: number, events: readonly TicketEvent[]): Promise<void> {
  for (const event of events) {
    const texts = textsOf(event).map(({ id }) => id);
    if (texts.length === 0) continue;
    const published = await tx.message.updateMany({
      where: { id: { in: texts }, ticket: number, version: null },
      data: { version: event.version },
    });
    if (published.count !== texts.length) throw new RangeError("a draft is missing");
  }
}

function textsOf({ kind, facts }: TicketEvent): TextRef[] {
  if (kind === "opened") return [];
  const message = "message" in facts ? facts.message : null;
  const reason = "reason" in facts ? facts.reason : null;
  return [message, reason].filter((text) => text !== null);
}
