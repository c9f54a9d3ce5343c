// Who gets a ticket, at any concurrency: no capacity is exceeded by dispatch, nobody waits while a place is free.
import { createTicketActivities } from "../../activities";
import { unpack } from "../../domain/dispatch/stored";
import type { Packed } from "../../domain/dispatch/stored";
import { fromBytes } from "../../prisma/as-bytes";
import { capacityFreed, ticketWorkflowId } from "../../workflows/messages";
import { aDesk, amara, ingrid, urgently } from "../support/desk";
import type { Desk } from "../support/desk";
import { eventually } from "../support/eventually";

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
  await desk.startWorker();
});
afterAll(async () => await desk.close());

const load = async (agentId: string): Promise<number> => await desk.prisma.reservation.count({ where: { agentId } });
const holder = async (number: number): Promise<string | null> => (await desk.state(number)).assignee;

test("forty tickets at once against ten places: ten are held, thirty wait, and each place freed is taken", async () => {
  await desk.team("crowd", { ada: 4, bo: 3, cy: 3 });
  const numbers: number[] = [];
  for (let at = 0; at < 8; at += 1) {
    numbers.push(...(await Promise.all(Array.from({ length: 5 }, () => desk.open({ subject: "crowd" })))));
  }
  const settled = ({ assignee, routing }: { assignee: string | null; routing: string }): boolean => assignee !== null || routing === "waiting";
  const tickets = await Promise.all(numbers.map((number) => desk.until(number, settled)));
  expect(await Promise.all(["ada", "bo", "cy"].map(load))).toEqual([4, 3, 3]);
  const held = tickets.filter(({ assignee }) => assignee !== null);
  expect(held).toHaveLength(10);
  await Promise.all(held.map(({ number }) => desk.command(number, "resolve", { message: null })));
  const waiting = tickets.filter(({ assignee }) => assignee === null).map(({ number }) => number);
  await desk.until(waiting[0] ?? 0, ({ assignee }) => assignee !== null);
  await eventually(async () => (await Promise.all(waiting.map(holder))).filter((agent) => agent !== null).length, (count) => count === 10);
  expect(await Promise.all(["ada", "bo", "cy"].map(load))).toEqual([4, 3, 3]);
});

test("a decision that had found nobody, asked for again after its answer was lost, may find somebody", async () => {
  await desk.team("lone", { bea: 1 });
  await desk.until(await desk.open({ subject: "lone" }), ({ assignee }) => assignee === "bea");
  const number = await desk.open({ subject: "lone" });
  await desk.until(number, ({ routing }) => routing === "waiting");
  const { decision } = await desk.prisma.waiter.findUniqueOrThrow({ where: { ticket: number } });
  await desk.prisma.agent.update({ where: { id: "bea" }, data: { capacity: 2 } });
  await desk.prisma.reservation.create({ data: { ticket: number, agentId: "bea", decision } });
  await desk.namespace.client.workflow.getHandle(ticketWorkflowId(number)).signal(capacityFreed, { agent: "bea", team: "lone", decision });
  await desk.until(number, ({ assignee }) => assignee === "bea");
});

test("a freed place goes to the highest priority, then to the oldest", async () => {
  await desk.team("few", { dee: 1 });
  const first = await desk.open({ subject: "few" });
  await desk.until(first, ({ assignee }) => assignee === "dee");
  const waiting = ({ routing }: { routing: string }): boolean => routing === "waiting";
  const old = await desk.open({ subject: "few" });
  await desk.until(old, waiting);
  const urgent = await desk.open({ subject: "few", stated: urgently });
  await desk.until(urgent, waiting);
  await desk.command(first, "wait", { message: null, reason: null, until: null });
  await desk.until(urgent, ({ assignee }) => assignee === "dee");
  expect(await holder(old)).toBeNull();
  await desk.command(urgent, "resolve", { message: null });
  await desk.until(old, ({ assignee }) => assignee === "dee");
});

test("somebody coming on duty takes the waiting; somebody away gets nothing", async () => {
  await desk.team("night", { eve: 2 });
  await desk.present("eve", false);
  const number = await desk.open({ subject: "night" });
  await desk.until(number, ({ routing }) => routing === "waiting");
  await desk.present("eve", true);
  await desk.until(number, ({ assignee }) => assignee === "eve");
});

test("a person may assign beyond a capacity, and a ticket that comes back to its assignee may exceed it", async () => {
  await desk.team("full", { fay: 1 });
  const [one, two] = [await desk.open({ subject: "full" }), await desk.open({ subject: "full" })];
  await Promise.all([one, two].map((number) => desk.until(number, ({ assignee, routing }) => assignee !== null || routing === "waiting")));
  await desk.command(two, "assign", { agent: "fay", overCapacity: true }, { by: ingrid });
  await desk.command(one, "assign", { agent: "fay", overCapacity: true }, { by: ingrid });
  expect(await load("fay")).toBe(2);
});

test("transferred: the assignee is cleared, the other team's dispatch chooses, the place left behind is filled", async () => {
  await desk.team("here", { gil: 1 });
  await desk.team("there", { hal: 1 });
  const [one, two] = [await desk.open({ subject: "here" }), await desk.open({ subject: "here" })];
  await desk.until(two, ({ assignee, routing }) => assignee !== null || routing === "waiting");
  const [held, waiting] = (await holder(one)) === "gil" ? [one, two] : [two, one];
  await desk.command(held, "transfer", { team: "there" });
  await desk.until(held, ({ assignee }) => assignee === "hal");
  await desk.until(waiting, ({ assignee }) => assignee === "gil");
});

test("a ticket in a queue that goes to another team is never given to somebody of the team it left", async () => {
  await desk.team("left", { ivy: 1 });
  await desk.team("empty", {});
  const first = await desk.open({ subject: "left" });
  await desk.until(first, ({ assignee }) => assignee === "ivy");
  const moved = await desk.open({ subject: "left" });
  await desk.until(moved, ({ routing }) => routing === "waiting");
  await desk.command(moved, "transfer", { team: "empty" });
  await desk.until(moved, ({ routing, team }) => routing === "waiting" && team === "empty");
  await desk.command(first, "resolve", { message: null });
  expect(await desk.prisma.waiter.findMany({ where: { ticket: moved } })).toMatchObject([{ teamId: "empty" }]);
  expect(await load("ivy")).toBe(0);
});

test("unassigned: it stays open with nobody, out of routing, and the lead is told", async () => {
  await desk.team("alone", { jan: 1 });
  const number = await desk.open({ subject: "alone" });
  await desk.until(number, ({ assignee }) => assignee === "jan");
  await desk.command(number, "unassign", {}, { by: amara });
  expect(await desk.state(number)).toMatchObject({ status: "open", assignee: null, routing: "none" });
  expect(await load("jan")).toBe(0);
  const told = await desk.prisma.notice.findMany({ where: { ticket: number, template: "unassigned" } });
  expect(told.map(({ recipient }) => recipient)).toEqual(["agent:ingrid"]);
});

test("every decision keeps its candidates and their figures", async () => {
  await desk.team("explained", { kim: 2, lea: 1 });
  const number = await desk.open({ subject: "explained" });
  await desk.until(number, ({ assignee }) => assignee === "kim");
  const [decision] = await desk.prisma.dispatchDecision.findMany({ where: { ticket: number } });
  expect(decision?.agentId).toBe("kim");
  expect(unpack(fromBytes(decision!.considered) as Packed[])).toMatchObject([{ agent: "kim", rank: 1, load: 0, capacity: 2 }, { agent: "lea", rank: 2 }]);
});

test("a run that is behind and seeks somebody for a ticket that somebody has takes nobody's place", async () => {
  await desk.team("behind", { eve: 2, flo: 2 });
  const number = await desk.openAssigned({ subject: "behind" });
  const of = { where: { ticket: number } };
  const before = await desk.prisma.reservation.findUniqueOrThrow(of);
  const { chooseAssignee } = createTicketActivities(desk.prisma);
  const wish = { category: null, type: "question", priority: "normal", declined: [], lapsed: [], relaxed: false } as const;
  const asked = { number, epoch: 1, decision: `${number}-1-3`, ...wish, since: Date.now() };
  for (const team of ["behind", "billing"]) expect(await chooseAssignee({ ...asked, team })).toEqual({ agent: null });
  expect(await desk.prisma.reservation.findUniqueOrThrow(of)).toEqual(before);
  expect(await desk.prisma.waiter.count(of)).toBe(0);
});

test("a run that has lost its memory asks for somebody for a ticket that is solved by now: nobody is chosen, and nobody waits", async () => {
  await desk.team("sleepy", { sloane: 0 });
  const number = await desk.open({ subject: "sleepy" });
  const { category, type, priority, createdAt: since } = await desk.until(number, ({ routing }) => routing === "waiting");
  const { decision } = await desk.prisma.waiter.findUniqueOrThrow({ where: { ticket: number } });
  await desk.command(number, "resolve", { message: null });
  const { chooseAssignee } = createTicketActivities(desk.prisma);
  const wish = { category, type, priority, declined: [], lapsed: [], relaxed: false, since };
  for (const capacity of [0, 1]) {
    await desk.prisma.agent.update({ where: { id: "sloane" }, data: { capacity } });
    expect(await chooseAssignee({ number, epoch: 1, decision, team: "sleepy", ...wish })).toEqual({ agent: null });
    expect(await desk.prisma.waiter.count({ where: { ticket: number } })).toBe(0);
    expect(await desk.prisma.reservation.count({ where: { ticket: number } })).toBe(0);
  }
});
