// A run that does not go on: its task fails time after time. Brought about by a release that can't replay what is open.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bundleWorkflowCode, DefaultLogger, Worker } from "@temporalio/worker";
import { createTicketActivities } from "../../activities";
import { decide } from "../../domain/decide";
import { clock, nextDue } from "../../domain/due";
import { isRefusal } from "../../domain/refusal";
import { ticketsQueue, ticketType, ticketWorkflowId } from "../../workflows/messages";
import { rebirthOptions } from "../../workflows/starts/ticket";
import { lookAfter } from "../../relay/behind";
import { rebearOne } from "../../relay/rebirth";
import { eventually } from "../support/eventually";
import { sdkTellsOf } from "../support/sdk-log";
import { aDesk } from "../support/desk";
import type { Desk } from "../support/desk";

const dir = mkdtempSync(join(tmpdir(), "perdura-wedged-"));
let desk: Desk;
beforeAll(async () => {
  // The failures that are provoked below would otherwise be told at length.
  sdkTellsOf("ERROR");
  desk = await aDesk();
  await desk.startWorker();
});
afterAll(async () => {
  await desk.close();
  rmSync(dir, { recursive: true });
});

/** A release under which no life that began earlier can go on. */
const careless = require.resolve("../changed-workflow");
/** Answers a task as if all were done. */
const forgetful = require.resolve("../idle-workflow");

async function aBundle(workflowsPath: string): Promise<string> {
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger("ERROR") });
  const file = join(dir, `${basename(workflowsPath)}.js`);
  writeFileSync(file, code);
  return file;
}

/** In a run whose tasks time out after 1 s, not 10: after the first failure the SDK lets them. */
async function startedAgain(number: number): Promise<void> {
  const { workflow } = desk.namespace.client;
  await workflow.getHandle(ticketWorkflowId(number)).terminate("For a run of other options");
  await workflow.start(ticketType, { ...rebirthOptions(await desk.state(number), 2), workflowTaskTimeout: "1 second" });
}

/** As if it had been seen so for long already, and were to be looked at now. */
async function lookedAt(number: number): Promise<void> {
  await desk.prisma.ticket.update({ where: { number }, data: { lookAt: new Date(0) } });
  await lookAfter(desk.relay(), new Map([[number, Date.now() - 60_000]]));
}

async function attempts(number: number): Promise<number> {
  const { raw } = await desk.namespace.client.workflow.getHandle(ticketWorkflowId(number)).describe();
  return raw.pendingWorkflowTask?.attempt ?? 0;
}

test("after a record a run is looked at, then once more after the next thing that is due, and not in between", async () => {
  const number = await desk.openAssigned();
  const until = Date.now() + 3_600_000;
  await desk.command(number, "hold", { reason: null, until });
  const [{ lookAt: soon }] = [await desk.row(number)];
  expect(Math.abs((soon?.getTime() ?? 0) - Date.now() - 10_000)).toBeLessThan(5_000);
  await lookedAt(number);
  const { lookAt: later, deadline } = await desk.row(number);
  expect(later?.getTime()).toBe(Math.min(until, deadline?.getTime() ?? until) + 30_000);
});

test("what a clock has recorded is looked at later than a command: its task is tried until it ends", async () => {
  const number = await desk.openAssigned();
  await desk.command(number, "hold", { reason: null, until: Date.now() + 1_500 });
  await lookedAt(number);
  await desk.until(number, ({ status }) => status === "open");
  const { lookAt, updatedAt } = await desk.row(number);
  const afterMs = (lookAt?.getTime() ?? 0) - updatedAt.getTime();
  expect(afterMs).toBeGreaterThanOrEqual(60_000);
});

test("a record that is found after its task had to be kept alive counts from the instant it was made for, in a replay too", async () => {
  const ms = (value: number) => ({ urgent: value, high: value, normal: value, low: value });
  await desk.promise({ firstResponseMs: ms(8_000), resolutionMs: ms(9e8) });
  const number = await desk.open();
  const { createdAt } = await desk.until(number, ({ assignee }) => assignee !== null);
  await desk.promise({});
  await startedAgain(number);
  // The wait ends while the reminder's task is kept alive: after the instant that it is recorded for.
  await desk.command(number, "wait", { message: null, reason: null, until: createdAt + 6_400 });
  const ticket = await desk.state(number);
  const due = nextDue(ticket);
  if (due === null) throw new Error("Nothing is due.");
  const decision = decide(ticket, due.command, { by: clock, cause: due.cause, at: due.at });
  if (isRefusal(decision)) throw new Error(decision.message);
  await sleep(due.at - Date.now() - 100);
  const { intakeId, version } = ticket;
  await createTicketActivities(desk.prisma).record({ number, intakeId, epoch: 2, version, at: due.at, events: [decision.event], commands: [] });
  await desk.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT FROM tickets WHERE number = ${number} FOR UPDATE`;
    await sleep(due.at + 950 - Date.now());
  });
  await desk.until(number, ({ status }) => status === "open");
  const handle = desk.namespace.client.workflow.getHandle(ticketWorkflowId(number));
  await Worker.runReplayHistory({ workflowBundle: { codePath: desk.namespace.bundle } }, await handle.fetchHistory(), ticketWorkflowId(number));
}, 60_000);

test("a run that fails is given time; when it still fails it is ended, and its ticket goes on from the journal", async () => {
  const number = await desk.openAssigned();
  await startedAgain(number);
  await desk.command(number, "hold", { reason: null, until: Date.now() + 1_000 });
  await desk.stopWorker();
  await desk.startWorker(await aBundle(careless));
  await eventually(() => attempts(number), (count) => count >= 5);
  await desk.prisma.ticket.update({ where: { number }, data: { lookAt: new Date(0) } });
  await lookAfter(desk.relay(), new Map());
  expect((await desk.row(number)).epoch).toBe(2);
  await lookedAt(number);
  await desk.until(number, ({ status }) => status === "open");
  expect((await desk.row(number)).epoch).toBe(3);
  expect((await desk.journal(number)).slice(-2)).toEqual(["held", "resumed"]);
}, 120_000);

test("a run that can't answer, and has no task by which it would ever go on, is told to look", async () => {
  const number = await desk.openAssigned();
  await desk.stopWorker();
  await startedAgain(number);
  const handle = desk.namespace.client.workflow.getHandle(ticketWorkflowId(number));
  // As a worker does beneath which Temporal was restored: it remembers having done what Temporal has forgotten.
  const { connection, namespace } = desk.namespace;
  const worker = await Worker.create({ connection, namespace, taskQueue: ticketsQueue, workflowBundle: { codePath: await aBundle(forgetful) } });
  await worker.runUntil(async () => {
    await eventually(() => attempts(number), (count) => count === 0);
  });
  await desk.startWorker();
  await desk.prisma.ticket.update({ where: { number }, data: { lookAt: new Date(0) } });
  await lookAfter(desk.relay(), new Map());
  await lookedAt(number);
  await eventually(() => desk.row(number), ({ epoch }) => epoch === 2);
  expect((await desk.live(number)).ticket).toEqual(await desk.state(number));
  await Worker.runReplayHistory({ workflowBundle: { codePath: desk.namespace.bundle } }, await handle.fetchHistory(), ticketWorkflowId(number));
}, 60_000);

test("whoever brings back many waits for each to have claimed its ticket, so that no command stands behind them all", async () => {
  const number = await desk.openAssigned();
  await desk.namespace.client.workflow.getHandle(ticketWorkflowId(number)).terminate("With a thousand others");
  await rebearOne(desk.relay(), number, { patient: true });
  expect(await desk.row(number)).toMatchObject({ epoch: 2 });
});
