// How a ticket looks to the classifier: the same when it learns and when it is asked.
import type { Request } from "../../domain/rules";

export function textOf({ subject, text }: Pick<Request, "subject" | "text">): string {
  return `${subject}\n${text}`;
}

/** What is known beside the text. */
export function factsOf({ channel, requesterDomain }: Pick<Request, "channel" | "requesterDomain">): string[] {
  return [`channel:${channel}`, `organisation:${requesterDomain}`];
}
