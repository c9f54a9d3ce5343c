// Tickets whose targets fall due when a measurement wants them to: opened over the API, then drawn in by corrections of their
// clocks.
import { randomUUID } from "node:crypto";
import type { DeskClient } from "../../bin/demo/desk-client";
import type { TicketView } from "../../contract/ticket";
import type { Stage } from "../part";
import type { Product } from "../product";

const hour = 3_600_000;
/** How many commands are on their way at once. */
const lanes = 8;

interface Asked {
  readonly tickets: number;
  /** They fall due one after another over so long, ms. */
  readonly spanMs: number;
}

interface Due {
  readonly numbers: readonly number[];
  /** When the first falls due, epoch ms. */
  readonly begin: number;
}

/** Resolves some time before the first is due. Throws when the machine is too slow for that. */
export async function ticketsDue(stage: Stage, desk: DeskClient, product: Product, { tickets, spanMs }: Asked): Promise<Due> {
  await promise(desk, product);
  stage.say(`${tickets} tickets …`);
  const startedAt = Date.now();
  const opened = await inLanes(tickets, () => open(desk, product));
  // Their targets are hours away; each is drawn in to its instant. A correction takes longer than an opening, whose work goes on.
  const begin = Date.now() + 15 * (Date.now() - startedAt) + 20_000;
  stage.say(`their targets, from ${new Date(begin).toISOString()} on for ${spanMs / 1_000} s …`);
  await inLanes(tickets, (index) => drawIn(desk, product, opened[index]!, begin + Math.round((index * spanMs) / tickets)));
  if (Date.now() > begin) throw new Error("The tickets were not ready in time: the machine is too busy to measure anything.");
  return { numbers: opened.map(({ number }) => number), begin };
}

/** One policy for all of them: hours around the clock, then the lead. */
async function promise(desk: DeskClient, { urls }: Product): Promise<void> {
  const targetMs = { low: 10 * hour, normal: 10 * hour, high: 10 * hour, urgent: 10 * hour };
  const lead = { afterMs: 0, basis: "clock", actions: [{ do: "tell", whom: [{ to: "lead" }] }] };
  const degrees = { low: "normal", medium: "normal", high: "normal" };
  const body = {
    id: "bench", name: "Bench", position: 1,
    targets: { resolution: { calendar: "on-call", targetMs, escalation: [lead] } },
    reopening: "continue", autoCloseMs: hour, acknowledgeAfterMs: hour,
    matrix: { low: degrees, medium: degrees, high: degrees },
  };
  await desk.call("POST", "/policies", { body, key: urls.keys.admin, idempotencyKey: randomUUID() });
}

export async function open(desk: DeskClient, { urls }: Product): Promise<TicketView> {
  const requester = { email: `bench.${randomUUID()}@example.test` };
  const body = { subject: "Bench", text: "When is it late?", requester, onBehalf: { notify: false } };
  return await desk.call<TicketView>("POST", "/tickets", { body, key: urls.keys.agent, idempotencyKey: randomUUID() });
}

async function drawIn(desk: DeskClient, { urls }: Product, { number, createdAt }: TicketView, dueAt: number): Promise<void> {
  const credit = Date.parse(createdAt) + 10 * hour - dueAt;
  const body = { metric: "resolution", credit: -credit, reason: "For the bench." };
  await desk.call("POST", `/tickets/${number}/sla/corrections`, { body, key: urls.keys.lead, idempotencyKey: randomUUID() });
}

async function inLanes<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) done[index] = await work(index);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return done;
}
