// What lives of one agent alone don't show, over the API, as the README's walk does it: an offer that one declines and another
// accepts, and a leave that hands a ticket to its substitute.
import { setTimeout as sleep } from "node:timers/promises";
import type { DecisionView, OfferView } from "../../contract/dispatch";
import type { List } from "../../contract/lists";
import type { Receipt, TicketView } from "../../contract/ticket";
import type { DemoKeys } from "../../stack/secrets";
import type { DeskClient } from "./desk-client";

export const sceneNames = ["an offer", "a leave"] as const;

export interface Scene {
  readonly name: (typeof sceneNames)[number];
  readonly text: string;
  /** Unique to this scene: nobody else's mails go there. */
  readonly email: string;
}

/** How long each step is waited for, ms. */
const withinMs = 60_000;
const leaveMs = 3_600_000;

/** Those who are asked in the field service: the holders of two of the demo keys. */
const fieldWorkers = ["agent", "lead"] as const;
type FieldWorker = (typeof fieldWorkers)[number];

/**
 * Plays one from the ticket's opening to its closure; answers its number, and rejects with what is not as it should be.
 * @param note told the number as soon as there is one
 */
export async function play(client: DeskClient, keys: Pick<DemoKeys, FieldWorker>, scene: Scene, note: (number: number) => void): Promise<number> {
  const desk = new Desk(client, keys, scene);
  const number = await desk.open();
  note(number);
  await desk.until(number, ({ assignee }) => assignee !== null, "somebody's");
  await (scene.name === "an offer" ? beOffered(desk, number) : goOnLeave(desk, number));
  await desk.command("POST", `/tickets/${number}/resolution`, { text: "It has been delivered." });
  await desk.command("POST", `/tickets/${number}/closure`, {});
  return number;
}

async function beOffered(desk: Desk, number: number): Promise<void> {
  await desk.command("PUT", `/tickets/${number}/assignee`, { team: "field" }, "lead");
  const [first, asked] = await desk.askedFor(number);
  await desk.command("POST", `/tickets/${number}/offer/decline`, { reason: "I am in Bergen today." }, first);
  const [second] = await desk.askedFor(number);
  await desk.command("POST", `/tickets/${number}/offer/acceptance`, {}, second);
  const [last, before] = await desk.decisions(number);
  must(second !== first, "it was offered again to whoever had declined it");
  must(before?.offer?.state === "declined" && last?.offer?.state === "accepted", "its decisions don't tell what became of the offers");
  const why = last?.considered.find(({ agent }) => agent === asked)?.excluded.map(({ reason }) => reason) ?? [];
  must(why.includes("declined"), "it doesn't say why whoever declined was not asked again");
}

async function goOnLeave(desk: Desk, number: number): Promise<void> {
  const [decision] = await desk.decisions(number);
  const substitute = decision?.considered.find(({ agent, excluded }) => agent !== decision.agent && excluded.length === 0)?.agent;
  must(substitute !== undefined, "nobody else could stand in");
  const { assignee } = await desk.ticket(number);
  const since = new Date();
  const until = new Date(since.getTime() + leaveMs);
  const { id } = await desk.command<{ id: string }>("POST", `/agents/${assignee}/leaves`, { since, until, substitute }, "lead");
  try {
    await desk.until(number, (ticket) => ticket.assignee === substitute, `with ${substitute}, who stands in`);
  } finally {
    await desk.command("DELETE", `/agents/${assignee}/leaves/${id}`, undefined, "lead");
  }
}

function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

/** The desk as the people of one scene use it. */
class Desk {
  private commands = 0;

  constructor(
    private readonly client: DeskClient,
    private readonly keys: Pick<DemoKeys, FieldWorker>,
    private readonly scene: Scene,
  ) {}

  async open(): Promise<number> {
    const { text, email } = this.scene;
    const body = { subject: "Where is my order?", text, requester: { email } };
    const { number } = await this.client.call<Receipt>("POST", "/tickets", { body, idempotencyKey: email });
    return number;
  }

  async command<Answer>(method: "POST" | "PUT" | "DELETE", path: string, body: object | undefined, as: FieldWorker = "agent"): Promise<Answer> {
    this.commands += 1;
    const idempotencyKey = `${this.scene.email}/${this.commands}`;
    return await this.client.call<Answer>(method, path, { ...(body !== undefined && { body }), key: this.keys[as], idempotencyKey });
  }

  async ticket(number: number): Promise<TicketView> {
    return await this.client.call("GET", `/tickets/${number}`, { key: this.keys.agent });
  }

  /** The newest first. */
  async decisions(number: number): Promise<readonly DecisionView[]> {
    return (await this.client.call<List<DecisionView>>("GET", `/tickets/${number}/candidates`, { key: this.keys.agent })).items;
  }

  /** Whose key holds the offer, and who that is. */
  async askedFor(number: number): Promise<readonly [key: FieldWorker, agent: string]> {
    for (const until = Date.now() + withinMs; Date.now() < until; await sleep(100)) {
      for (const worker of fieldWorkers) {
        const { items } = await this.client.call<List<OfferView>>("GET", "/agents/me/offers", { key: this.keys[worker] });
        const decision = items.some((offer) => offer.ticket === number) ? (await this.decisions(number))[0] : undefined;
        if (decision !== undefined && decision.agent !== null) return [worker, decision.agent];
      }
    }
    throw new Error("it is offered to nobody");
  }

  async until(number: number, holds: (ticket: TicketView) => boolean, what: string): Promise<void> {
    for (const until = Date.now() + withinMs; Date.now() < until; await sleep(100)) if (holds(await this.ticket(number))) return;
    throw new Error(`it is not ${what} within ${withinMs / 1_000} s`);
  }
}
