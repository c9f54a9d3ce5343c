// Many at once on few tickets: commands, signals and questions while something is being recorded. What a run made of it must
// not depend on how Temporal happened to put it into tasks, for a replay puts it there anew.
import { Worker } from "@temporalio/worker";
import { createTicketActivities } from "../../activities";
import { decide } from "../../domain/decide";
import { isRefusal } from "../../domain/refusal";
import { lookAfter } from "../../relay/behind";
import { partCrowds } from "../../relay/crowds";
import { aDesk, ingrid } from "../support/desk";
import type { Desk } from "../support/desk";
import { live, offerWithdrawn, storeRestored, ticketWorkflowId } from "../../workflows/messages";
import { eventually } from "../support/eventually";

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
  await desk.promise({ autoCloseMs: 100 });
  await desk.startWorker();
});
afterAll(async () => await desk.close());

const rounds = 4;

test("a life among many questions and commands replays, and holds every command once", async () => {
  const numbers = await Promise.all([1, 2, 3].map(() => desk.open()));
  let over = false;
  const questions = numbers.map((number) => askUntil(number, () => over));
  await Promise.all(numbers.map(crowdedLife));
  over = true;
  await Promise.all(questions);
  for (const number of numbers) {
    await desk.ended(number);
    expect(await kindsOf(number)).toEqual({ replied: rounds, noted: rounds, prioritised: rounds + 1, resolved: 1 });
    const history = await desk.namespace.client.workflow.getHandle(ticketWorkflowId(number)).fetchHistory();
    await Worker.runReplayHistory({ workflowBundle: { codePath: desk.namespace.bundle } }, history, ticketWorkflowId(number));
  }
}, 120_000);

test.each([1, 2])("a mail's end and %i replies that a worker meets in one task come to the same as in two", async (commands) => {
  let letGo = (): void => undefined;
  const held = new Promise<undefined>((resolve) => (letGo = () => resolve(undefined)));
  desk.mail.fault = (stage) => (stage === "to" ? held : undefined);
  const number = await desk.open();
  const handle = desk.namespace.client.workflow.getHandle(ticketWorkflowId(number));
  await desk.exists(number);
  const until = async (holds: (events: Events) => boolean): Promise<void> => {
    await eventually(async () => (await handle.fetchHistory()).events ?? [], holds, { otherwise: (events) => `${events.length} events` });
  };
  await until((events) => events.some((event) => event.activityTaskScheduledEventAttributes));
  // Two tasks that ask for nothing: a later worker is handed the second together with what comes next.
  await handle.signal(offerWithdrawn, { agent: "nobody", decision: "none" });
  await until((events) => events.some((event) => event.workflowExecutionSignaledEventAttributes) && endWithATask(events));
  letGo();
  await until((events) => events.some((event) => event.activityTaskCompletedEventAttributes) && endWithATask(events));
  await desk.stopWorker();
  const drafts = await Promise.all(Array.from({ length: commands }, (_, index) => desk.draft(number, `Answer ${index}`)));
  const answered = drafts.map((message) => desk.command(number, "reply", { message }, { by: ingrid }));
  await desk.startWorker();
  await Promise.all(answered);
  await desk.command(number, "resolve", { message: null }, { by: ingrid });
  await desk.command(number, "close", {}, { by: ingrid });
  await desk.ended(number);
  const history = await handle.fetchHistory();
  await Worker.runReplayHistory({ workflowBundle: { codePath: desk.namespace.bundle } }, history, ticketWorkflowId(number));
}, 120_000);

test("a mail that has left does not leave once more, though a record that is found beside its end still calls it owed", async () => {
  const number = await desk.openAssigned({ acknowledge: false });
  const handle = desk.namespace.client.workflow.getHandle(ticketWorkflowId(number));
  const until = async (holds: (events: Events) => boolean): Promise<void> => {
    await eventually(async () => (await handle.fetchHistory()).events ?? [], holds, { otherwise: (events) => `${events.length} events` });
  };
  let letGo = (): void => undefined;
  const held = new Promise<undefined>((resolve) => (letGo = () => resolve(undefined)));
  desk.mail.fault = (stage) => (stage === "to" ? held : undefined);
  await desk.command(number, "wait", { message: await desk.draft(number, "Which one?"), reason: null, until: null });
  // Nothing waits for the requester any more: that the mail has left is not recorded.
  await desk.command(number, "resume", {});
  await until((events) => events.some((event) => event.activityTaskScheduledEventAttributes));
  await handle.signal(offerWithdrawn, { agent: "nobody", decision: "none" });
  await until((events) => events.some((event) => event.workflowExecutionSignaledEventAttributes) && endWithATask(events));
  letGo();
  await until((events) => events.some((event) => event.activityTaskCompletedEventAttributes) && endWithATask(events));
  await desk.stopWorker();
  await recordedUnawares(number);
  const answered = desk.command(number, "note", { message: await desk.draft(number, "Found.") });
  await desk.startWorker();
  await answered;
  await desk.command(number, "hold", { reason: null, until: null });
  const history = await handle.fetchHistory();
  await Worker.runReplayHistory({ workflowBundle: { codePath: desk.namespace.bundle } }, history, ticketWorkflowId(number));
}, 120_000);

test("a question that a worker hears of before the task that is due does not let the run go on at an earlier time", async () => {
  await desk.promise({ autoCloseMs: 2_500 });
  const handleOf = (number: number) => desk.namespace.client.workflow.getHandle(ticketWorkflowId(number));
  const numbers = await Promise.all(Array.from({ length: 5 }, () => desk.open()));
  for (const number of numbers) {
    await desk.until(number, ({ assignee }) => assignee !== null);
    await desk.command(number, "resolve", { message: null }, { by: ingrid });
    await desk.until(number, ({ solution }) => typeof solution?.sentAt === "number");
  }
  await desk.stopWorker();
  const questions = numbers.map(async (number) => await handleOf(number).query(live).catch(() => undefined));
  for (const number of numbers) {
    const hasRung = async () => (await handleOf(number).fetchHistory()).events?.some((event) => event.timerFiredEventAttributes) ?? false;
    await eventually(hasRung);
  }
  await desk.startWorker();
  const insistent = numbers.map(async (number) => {
    for (let asked = 0; asked < 10; asked += 1) await handleOf(number).query(live).catch(() => undefined);
  });
  await Promise.all([...questions, ...insistent]);
  for (const number of numbers) {
    await desk.ended(number);
    await Worker.runReplayHistory({ workflowBundle: { codePath: desk.namespace.bundle } }, await handleOf(number).fetchHistory(), ticketWorkflowId(number));
  }
}, 120_000);

type Events = NonNullable<Awaited<ReturnType<ReturnType<Desk["namespace"]["client"]["workflow"]["getHandle"]>["fetchHistory"]>>["events"]>;

function endWithATask(events: Events): boolean {
  return Boolean(events.at(-1)?.workflowTaskCompletedEventAttributes);
}

test("tickets that fall due together come by everybody's queue next, and leave the worker's own to those that don't", async () => {
  const second = Math.ceil(Date.now() / 1_000) * 1_000 + 3_600_000;
  const [alone, ...together] = await Promise.all(Array.from({ length: 22 }, () => desk.open({ acknowledge: false })));
  await Promise.all([alone!, ...together].map((number) => desk.exists(number)));
  await Promise.all(together.map((number) => desk.command(number, "hold", { reason: null, until: second + (number % 1_000) })));
  await desk.command(alone!, "hold", { reason: null, until: second + 1_000 });
  const numbers = [alone!, ...together];
  for (const number of numbers) await allMailsHaveLeft(number);
  await desk.prisma.ticket.updateMany({ where: { number: { in: numbers } }, data: { lookAt: new Date(0) } });
  // The worker's own relay may have some of them in its hands.
  const lookedAfter = { number: { in: numbers }, lookAt: { gte: new Date(second) } };
  await eventually(async () => {
    await lookAfter(desk.relay(), new Map());
    return await desk.prisma.ticket.count({ where: lookedAfter });
  }, (count) => count === numbers.length);
  const told = { until: 0 };
  await partCrowds(desk.relay(), told, second - 4_000);
  expect(told.until).toBe(second + 2_000);
  expect(await nextQueue(alone!)).toBe("STICKY");
  for (const number of together) expect(await nextQueue(number)).toBe("NORMAL");
  // Whoever took it knows it again.
  expect(await nextQueue(together[0]!)).toBe("STICKY");
});

/** Records a note as an attempt did whose completion Temporal has lost. */
async function recordedUnawares(number: number): Promise<void> {
  const ticket = await desk.state(number);
  const command = { verb: "note", args: { message: await desk.draft(number, "Lost.") } } as const;
  const decision = decide(ticket, command, { by: ingrid, cause: "lost", at: Date.now() });
  if (isRefusal(decision)) throw new Error(decision.message);
  const { intakeId, version } = ticket;
  await createTicketActivities(desk.prisma).record({ number, intakeId, epoch: 1, version, at: decision.event.at, events: [decision.event], commands: [] });
}

/** By which kind of queue the ticket's next task comes first. */
async function nextQueue(number: number): Promise<string | undefined> {
  const handle = desk.namespace.client.workflow.getHandle(ticketWorkflowId(number));
  const before = (await handle.fetchHistory()).events?.length ?? 0;
  await desk.command(number, "note", { message: await desk.draft(number, "A note") });
  const { events = [] } = await handle.fetchHistory();
  const scheduled = events?.slice(before).find(({ workflowTaskScheduledEventAttributes: task }) => Boolean(task));
  return kinds[scheduled?.workflowTaskScheduledEventAttributes?.taskQueue?.kind ?? 0];
}

async function allMailsHaveLeft(number: number): Promise<void> {
  const handle = desk.namespace.client.workflow.getHandle(ticketWorkflowId(number));
  await eventually(() => handle.query(live), ({ unsettledNotices }) => unsettledNotices.length === 0);
}

/** Temporal's own numbers. */
const kinds: Readonly<Record<number, string>> = { 1: "NORMAL", 2: "STICKY" };

async function crowdedLife(number: number): Promise<void> {
  await desk.until(number, ({ team }) => team !== null);
  for (let round = 0; round < rounds; round += 1) {
    const [message, note] = [await desk.draft(number, `Answer ${round}`), await desk.draft(number, `Note ${round}`)];
    const priority = round % 2 === 0 ? "urgent" : "low";
    await Promise.all([
      desk.command(number, "reply", { message }, { by: ingrid }),
      desk.command(number, "note", { message: note }),
      desk.command(number, "prioritise", { priority, impact: null, urgency: null, reason: null }),
    ]);
  }
  await desk.command(number, "resolve", { message: null }, { by: ingrid });
}

/** Asks again and again, and signals now and then; who has ended answers no more. */
async function askUntil(number: number, isOver: () => boolean): Promise<void> {
  const handle = desk.namespace.client.workflow.getHandle(ticketWorkflowId(number));
  for (let asked = 0; !isOver(); asked += 1) {
    await (asked % 5 === 4 ? handle.signal(storeRestored) : handle.query(live)).catch(() => undefined);
  }
}

async function kindsOf(number: number): Promise<Record<string, number>> {
  const counted: Record<string, number> = { replied: 0, noted: 0, prioritised: 0, resolved: 0 };
  for (const kind of await desk.journal(number)) if (kind in counted) counted[kind] = (counted[kind] ?? 0) + 1;
  return counted;
}
