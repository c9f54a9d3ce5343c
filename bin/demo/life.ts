// One customer's ticket from submission to closure, everything over the API.
import { setTimeout as sleep } from "node:timers/promises";
import type { Receipt, TicketView } from "../../contract/ticket";
import type { DeskClient } from "./desk-client";
import type { Message } from "./messages";
import { phrases } from "./words";

export interface Life {
  readonly index: number;
  readonly message: Message;
  /** Unique to this life: nobody else's mails go there. */
  readonly email: string;
}

export type Stage = "opened" | "answered" | "solved" | "closed";

/** How long somebody is waited for before an agent answers a ticket that nobody has, ms. */
const assignedWithinMs = 60_000;

/** @param onStage told of each stage as it is reached */
export async function live(
  client: DeskClient,
  agentKey: string,
  { index, message, email }: Life,
  onStage: (stage: Stage, number: number) => void,
): Promise<number> {
  const words = phrases[message.language ?? "en"];
  const { number } = await client.call<Receipt>("POST", "/tickets", {
    body: {
      subject: message.subject,
      text: message.text,
      requester: { email, ...(message.language === undefined ? {} : { language: message.language }) },
    },
    idempotencyKey: email,
  });
  onStage("opened", number);

  let commands = 0;
  const asAgent = (path: string, body: object): Promise<unknown> => {
    commands += 1;
    const idempotencyKey = `${email}/${commands}`;
    return client.call("POST", `/tickets/${number}${path}`, { body, key: agentKey, idempotencyKey });
  };
  await somebodyHasIt(client, agentKey, number);
  await asAgent("/messages", { text: words.answer });
  onStage("answered", number);
  // Every third customer has more to say; half of them are asked first, so that the ticket waits for them.
  if (index % 6 === 0) await asAgent("/wait", { text: words.question });
  if (index % 3 === 0) {
    await asAgent("/messages", { text: words.reply, as: "requester" });
    await asAgent("/messages", { text: words.secondAnswer });
  }
  await asAgent("/resolution", index % 2 === 0 ? { text: words.solution } : {});
  onStage("solved", number);
  await asAgent("/closure", {});
  onStage("closed", number);
  return number;
}

/** An agent works on what is somebody's; after a minute in the queue also on what is nobody's. */
async function somebodyHasIt(client: DeskClient, key: string, number: number): Promise<void> {
  const until = Date.now() + assignedWithinMs;
  for (let waitMs = 20; Date.now() < until; waitMs = Math.min(waitMs * 2, 500)) {
    const { assignee } = await client.call<TicketView>("GET", `/tickets/${number}`, { key });
    if (assignee !== null) return;
    await sleep(waitMs);
  }
}
