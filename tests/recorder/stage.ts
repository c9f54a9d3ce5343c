// Where lives are led for the record: the real product, promises short enough to see their end, people who do as told.
import { randomUUID } from "node:crypto";
import type { EventView } from "../../contract/journal";
import type { List } from "../../contract/lists";
import type { NewTicket, TicketView } from "../../contract/ticket";
import type { ArgsOf } from "../../domain/decide";
import type { RequesterVerb } from "../../domain/lifecycle";
import type { EventKind } from "../../domain/event";
import { acceptMail } from "../../inbound/accept";
import { ticketWorkflowId, updates } from "../../workflows/messages";
import type { Ask } from "../../workflows/messages";
import { eventually } from "../support/eventually";
import { TEST_KEYS } from "../support/keys";
import type { TestProduct } from "../support/product";
import { promiseAll } from "../support/promise";
import type { Durations } from "../support/promise";

/** What the customer is called and says; no history may hold any of it. */
export const personal = {
  email: "kari.nordmann@example.test",
  name: "Kari Nordmann",
  text: "Mine sko er borte",
} as const;

type Role = keyof typeof TEST_KEYS;

/** What is waited for comes within this, or never, ms. */
const patienceMs = 30_000;

export class Stage {
  constructor(readonly product: TestProduct) {}

  /** Tickets that open from now on are measured by this; what is left out takes days. Durations in ms. */
  async promise(durations: Durations): Promise<void> {
    await promiseAll(this.product.database.prisma, durations);
  }

  /** A ticket; without a role the customer's own. */
  async opens(more: Partial<NewTicket> = {}, role?: Role): Promise<number> {
    const { email, name, text } = personal;
    const body = { subject: text, text, requester: { email, name, language: "nb" }, ...more };
    const key = role === undefined ? {} : { key: TEST_KEYS[role] };
    const call = { body, ...key, idempotencyKey: randomUUID() };
    const { number } = await this.product.desk.call<{ number: number }>("POST", "/tickets", call);
    return number;
  }

  /** A ticket that somebody has. */
  async opensAndGetsSomebody(more: Partial<NewTicket> = {}): Promise<number> {
    const number = await this.opens(more);
    await this.sees(number, "assigned");
    return number;
  }

  /** A command of staff. */
  async does(number: number, path: string, body: object = {}, role: Role = "agent"): Promise<TicketView> {
    return await this.command("POST", `/tickets/${number}/${path}`, body, role);
  }

  async command(
    method: "POST" | "PUT" | "DELETE",
    path: string,
    body: object,
    role: Role = "agent",
  ): Promise<TicketView> {
    const call = { body, key: TEST_KEYS[role], idempotencyKey: randomUUID() };
    return await this.product.desk.call<TicketView>(method, path, call);
  }

  /** What the requester says by the link in their mail, without words. */
  async requesterSays<V extends Exclude<RequesterVerb, "requesterReply">>(number: number, verb: V): Promise<void> {
    const { requester } = await this.reads(number);
    const ask: Ask<V> = {
      key: randomUUID(),
      scope: `requester:${requester.id}`,
      sha256: "0".repeat(64),
      by: { kind: "requester", id: requester.id },
      notAfter: Date.now() + patienceMs,
      ifVersion: null,
      args: {} as ArgsOf<V>,
    };
    await this.workflow(number).executeUpdate(updates[verb], { args: [ask] });
  }

  /** A mail of the customer's, perhaps in answer to another; its Message-ID, and the ticket that it has come to. */
  async mails(text: string, answers?: string): Promise<{ readonly messageId: string; readonly number: number }> {
    const { prisma } = this.product.database;
    const messageId = `${randomUUID()}@example.test`;
    const lines = [
      `From: ${personal.name} <${personal.email}>`, "To: support@perdura.localhost", `Subject: ${personal.text}`, `Message-ID: <${messageId}>`,
      ...(answers === undefined ? [] : [`In-Reply-To: <${answers}>`]), "", text, "",
    ];
    const { id } = await acceptMail(prisma, { mailbox: "support", source: "smtp", raw: Buffer.from(lines.join("\r\n")), receivedAt: new Date() });
    await this.waits("the mail to have come to a ticket", async () => (await prisma.rawMail.findUnique({ where: { id } }))?.state === "done");
    const { ticket } = await prisma.rawMail.findUniqueOrThrow({ where: { id } });
    if (ticket === null) throw new Error("A mail has come to no ticket.");
    return { messageId, number: ticket };
  }

  async reads(number: number): Promise<TicketView> {
    return await this.product.desk.call<TicketView>("GET", `/tickets/${number}`, { key: TEST_KEYS.auditor });
  }

  async journal(number: number): Promise<readonly EventView[]> {
    const path = `/tickets/${number}/events?limit=200`;
    return (await this.product.desk.call<List<EventView>>("GET", path, { key: TEST_KEYS.auditor })).items;
  }

  /** Waits until an event of this kind has been recorded so many times. */
  async sees(number: number, kind: EventKind, times = 1): Promise<void> {
    const happened = async (): Promise<boolean> =>
      (await this.journal(number)).filter((event) => event.kind === kind).length >= times;
    await this.waits(`#${number} ${kind} (${times})`, happened);
  }

  async waits(what: string, until: () => Promise<boolean>): Promise<void> {
    await eventually(until, undefined, { withinMs: patienceMs, otherwise: () => `waiting for ${what}` });
  }

  workflow(number: number) {
    return this.product.temporal.client.workflow.getHandle(ticketWorkflowId(number));
  }
}
