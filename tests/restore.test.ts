// What docs/operations.md tells an operator to do after Postgres was restored to an earlier point, done.
import { foreignWorkflow } from "../prisma/backlog";
import { storeRestored, ticketWorkflowId } from "../workflows/messages";
import { aDesk } from "./support/desk";
import type { Desk } from "./support/desk";
import { eventually } from "./support/eventually";

let desk: Desk;
/** Opened before the backup, and answered after it. */
let known: number;
/** Opened after the backup. */
let forgotten: number;

beforeAll(async () => {
  desk = await aDesk();
  await desk.startWorker();
  known = await desk.open();
  await desk.until(known, ({ assignee }) => assignee !== null);
  await desk.stopWorker();
  const restore = await desk.database.backUp();
  await desk.startWorker();
  await desk.command(known, "reply", { message: await desk.draft(known, "After the backup.") });
  forgotten = await desk.open();
  await desk.until(forgotten, ({ assignee }) => assignee !== null);
  await desk.stopWorker();
  await restore();
  await desk.startWorker();
}, 120_000);
afterAll(() => desk.close(), 60_000);

test("a ticket that knows more than Postgres is stuck once it is told; terminated, it goes on from what Postgres knows", async () => {
  const reply = async () => await desk.command(known, "reply", { message: await desk.draft(known, "Once more.") });
  const { version } = await desk.row(known);
  const handle = desk.namespace.client.workflow.getHandle(ticketWorkflowId(known));
  await handle.signal(storeRestored);
  await eventually(async () => (await desk.row(known)).stuck, (stuck) => stuck?.includes("is missing"));
  expect(await desk.refusal(reply())).toBe("stuck");
  await handle.terminate("Postgres was restored");
  await desk.stopWorker();
  await desk.startWorker();
  await desk.exists(known);
  await eventually(async () => (await desk.row(known)).stuck, (stuck) => stuck === null);
  expect(await reply()).toEqual({ version: version + 1 });
});

test("a number that Temporal knows already alarms; after setval numbers go on behind it", async () => {
  const { prisma } = desk.database;
  const taken = await desk.open();
  expect(taken).toBe(forgotten);
  await eventually(async () => (await desk.row(taken)).stuck, (stuck) => stuck === foreignWorkflow);
  await prisma.$executeRaw`SELECT setval('ticket_number', ${forgotten + 100})`;
  const next = await desk.open();
  expect(next).toBe(forgotten + 101);
  await desk.until(next, ({ assignee }) => assignee !== null);
});

test("deleted, the workflow of a forgotten ticket makes room for the ticket that has its number now", async () => {
  const { client, namespace } = desk.namespace;
  const workflowExecution = { workflowId: ticketWorkflowId(forgotten) };
  await client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution });
  await desk.until(forgotten, ({ assignee }) => assignee !== null);
  expect((await desk.row(forgotten)).stuck).toBeNull();
});

