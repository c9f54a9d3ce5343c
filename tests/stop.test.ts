// What SIGTERM may do to the product: nothing that anybody notices, within 10 s.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Receipt } from "../contract/ticket";
import type { Child } from "../stack/process";
import { ticketsQueue, ticketType, ticketWorkflowId } from "../workflows/messages";
import { eventually } from "./support/eventually";
import { TEST_KEYS } from "./support/keys";
import { aProduct, type TestProduct } from "./support/product";

const endsWithinMs = 10_000;

let product: TestProduct;
beforeAll(async () => (product = await aProduct()), 60_000);
afterAll(() => product.stop(), 60_000);

test("no stack is noted for a workflow's promises: who asks for the call stack is told so", async () => {
  const ticket = await open("stacks@example.test");
  const { database, temporal: { client } } = product;
  await eventually(() => database.prisma.ticket.findUniqueOrThrow({ where: { number: ticket } }), ({ started }) => started);
  const handle = client.workflow.getHandle(ticketWorkflowId(ticket));
  await expect(handle.query("__stack_trace")).rejects.toThrow("stack traces are not enabled");
});

test("what the SDK's native half has to say is a line of the worker's log like any other", async () => {
  const { client } = product.temporal;
  const strange = await client.workflow.start(ticketType, { taskQueue: ticketsQueue, workflowId: "ticket:strange", args: [null] });
  const told = '"sdkComponent":"core","target":"temporalio_sdk_core::worker::workflow"';
  const words = await eventually(() => product.worker.lastWords(), (said) => said.includes(told), { withinMs: 20_000 });
  await strange.terminate();
  const lines = words.split("\n");
  expect(lines.filter((line) => !line.startsWith('{"level":'))).toEqual([]);
}, 40_000);

test("in the middle of commands: both end in peace, each command is answered and stands once", async () => {
  const { desk, database } = product;
  const tickets = await Promise.all(Array.from({ length: 10 }, (_, index) => open(`busy-${index}@example.test`)));
  let answered = 0;
  const keys = tickets.flatMap((number) => Array.from({ length: 4 }, () => ({ number, key: randomUUID() })));
  const commands = keys.map(async ({ number, key }) => {
    const call = { body: { text: key }, key: TEST_KEYS.agent, idempotencyKey: key };
    await desk.call("POST", `/tickets/${number}/messages`, call);
    answered += 1;
  });
  const all = Promise.all(commands);
  while (answered < 10) await sleep(5);
  expect(answered).toBeLessThan(keys.length);
  await Promise.all([endsInPeace(product.worker), endsInPeace(product.api)]);
  await Promise.all([product.startWorker(), product.startApi()]);
  await all;

  const events = await database.prisma.event.findMany({ where: { kind: "replied" } });
  const stood = events.map(({ ticket, cause }) => `${ticket} ${cause.split(":").at(-1)}`);
  expect(stood.sort()).toEqual(keys.map(({ number, key }) => `${number} ${key}`).sort());
}, 120_000);

test("while the mail server keeps a mail waiting: the worker ends, the next one sends it once", async () => {
  const { mail, database } = product;
  mail.fault = (stage) => (stage === "to" ? "hang" : undefined);
  const email = "patient@example.test";
  const ticket = await open(email);
  await eventually(() => database.prisma.notice.count({ where: { ticket, attempts: { gt: 0 } } }));
  await endsInPeace(product.worker);
  mail.fault = () => undefined;
  await product.startWorker();
  await mail.waitForMailsTo(email, 1, 60_000);
  expect(mail.to(email)).toHaveLength(1);
}, 120_000);

test("while a command waits for a worker: the API gives its answer before it ends", async () => {
  const ticket = await open("late@example.test");
  await endsInPeace(product.worker);
  const answer = fetch(`${product.url}/tickets/${ticket}/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${TEST_KEYS.agent}`, "content-type": "application/json" },
    body: JSON.stringify({ text: "Is anybody there?" }),
  });
  // It has been taken in by then, and is on its way to Temporal.
  await eventually(() => product.database.prisma.message.count({ where: { ticket, text: "Is anybody there?" } }));
  await endsInPeace(product.api);
  expect((await answer).status).toBe(503);
}, 60_000);

async function open(email: string): Promise<number> {
  const body = { subject: "A question", text: "What now?", requester: { email } };
  return (await product.desk.call<Receipt>("POST", "/tickets", { body, idempotencyKey: email })).number;
}

async function endsInPeace(child: Child): Promise<void> {
  const askedAt = performance.now();
  child.process.kill("SIGTERM");
  expect(`${child.name}: ${await child.exited}\n${child.lastWords()}`).toContain(`${child.name}: exit code 0`);
  expect(performance.now() - askedAt).toBeLessThan(endsWithinMs);
}
