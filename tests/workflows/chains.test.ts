// Escalation chains on a real server with real timers: every level, pauses and restarts in the middle, people who act.
import type { Level } from "../../domain/policy";
import type { EventOf } from "../../domain/event";
import { amara, aDesk, ingrid } from "../support/desk";
import type { Desk } from "../support/desk";
import { aTarget, same } from "../support/promise";

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
  await desk.startWorker();
  // The first ticket of a worker waits for it to warm up; what follows is measured in parts of a second.
  await desk.openAssigned();
});
afterAll(async () => await desk.close());

const level = (afterMs: number, ...actions: Level["actions"]): Level => ({ afterMs, basis: "clock", actions, wake: false });
const tell = (to: "lead" | "manager") => ({ do: "tell", whom: [{ to }] }) as const;

/** Only the resolution is measured: missed after `targetMs`, then by these levels. */
async function promise(targetMs: number, escalation: readonly Level[], everyMs: number | null = null) {
  const repeat = everyMs === null ? null : ({ everyMs, basis: "clock" } as const);
  const resolution = aTarget(same(targetMs), 0, { escalation, repeat, reminders: [] });
  await desk.promise({ targets: { firstResponse: undefined, resolution } as never });
}

async function steps(number: number): Promise<EventOf<"escalated">["facts"][]> {
  const rows = await desk.prisma.event.findMany({ where: { ticket: number, kind: "escalated" }, orderBy: { version: "asc" } });
  return rows.map(({ facts }) => facts as unknown as EventOf<"escalated">["facts"]);
}
const levels = async (number: number) => (await steps(number)).map((step) => `${step.level}.${step.round}`);

async function pass(until: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, until - Date.now())));
}

test("each level once, in order: told, raised, moved, flagged; what it orders is done as events of its own", async () => {
  await desk.team("seconds", { mina: 5 });
  await promise(3_000, [
    level(0, tell("lead"), { do: "raisePriority", to: "high" }),
    level(700, tell("manager"), { do: "raisePriority", to: "urgent" }, { do: "flag", flag: "late" }),
    level(700, { do: "reassign", team: "seconds" }),
  ]);
  const number = await desk.open();
  const ticket = await desk.until(number, ({ team, assignee }) => team === "seconds" && assignee === "mina");
  expect(await levels(number)).toEqual(["1.0", "2.0", "3.0"]);
  expect(ticket).toMatchObject({ priority: "urgent", flags: ["late"], escalation: 3, orders: [] });
  const [first, second, third] = await steps(number);
  expect([second?.dueAt, third?.dueAt]).toEqual([(first?.dueAt ?? 0) + 700, (first?.dueAt ?? 0) + 1_400]);
  expect(first?.dueAt).toBe(ticket.createdAt + 3_000);
  expect((await desk.journal(number)).filter((kind) => kind === "prioritised")).toHaveLength(3);
});

test("a pause in the middle re-enters at the right level, with what was left of its interval", async () => {
  await promise(2_500, [level(0, tell("lead")), level(2_000, tell("manager"))]);
  const number = await desk.open();
  await desk.until(number, ({ escalation }) => escalation === 1);
  await desk.command(number, "hold", { reason: null, until: null });
  const held = await desk.state(number);
  await pass(held.updatedAt + 2_500);
  expect(await levels(number)).toEqual(["1.0"]);
  await desk.command(number, "resume", {});
  const resumed = await desk.state(number);
  await desk.until(number, ({ escalation }) => escalation === 2);
  const [first, second] = await steps(number);
  expect(second?.dueAt).toBe((first?.dueAt ?? 0) + 2_000 + resumed.updatedAt - held.updatedAt);
});

test("the last level again and again, until somebody acknowledges; an acknowledgement of nothing is refused", async () => {
  await promise(2_500, [level(0, tell("lead"))], 600);
  const number = await desk.openAssigned();
  await expect(desk.command(number, "acknowledgeEscalation", {})).rejects.toMatchObject({ cause: { type: "nothing_to_acknowledge" } });
  await desk.until(number, ({ clocks }) => (clocks.resolution.ongoing?.chain.round ?? 0) >= 2);
  await desk.command(number, "acknowledgeEscalation", {});
  const told = await levels(number);
  await pass(Date.now() + 1_500);
  expect(await levels(number)).toEqual(told);
  expect((await desk.live(number)).next?.what).toBe("Raise the priority to high unless it is solved by then");
});

test("while everything was down the whole chain falls due: recorded in order, the highest tells and names the others", async () => {
  await promise(3_000, [level(0, tell("lead"), { do: "raisePriority", to: "high" }), level(100, tell("lead")), level(100, tell("manager"), { do: "raisePriority", to: "urgent" })]);
  const number = await desk.open();
  const { createdAt } = await desk.until(number, ({ policy }) => policy !== null);
  await desk.stopWorker();
  await pass(createdAt + 3_600);
  await desk.startWorker();
  await desk.until(number, ({ priority }) => priority === "urgent");
  const taken = await steps(number);
  expect(taken.map(({ level: one, told, also, dueAt }) => [one, told, also, dueAt - createdAt])).toEqual([
    [1, false, [], 3_000],
    [2, false, [], 3_100],
    [3, true, [1, 2], 3_200],
  ]);
  expect(taken[0]?.skipped).toEqual([tell("lead"), { do: "raisePriority", to: "high" }]);
  const notices = await desk.prisma.notice.findMany({ where: { ticket: number, template: "escalation" } });
  expect(notices).toHaveLength(1);
  expect((await desk.state(number)).clocks.resolution.ongoing?.breach?.at).toBe(createdAt + 3_000);
});

test("an acknowledgement and the next level at the same time: one of them comes first, and nothing is taken twice", async () => {
  await promise(2_500, [level(0, tell("lead")), level(400, tell("manager"))], 400);
  const numbers = await Promise.all(Array.from({ length: 4 }, () => desk.open()));
  await Promise.all(
    numbers.map(async (number, index) => {
      await desk.until(number, ({ escalation }) => escalation >= 1);
      const due = (await steps(number))[0]?.dueAt ?? 0;
      await pass(due + 380 + index * 10);
      await desk.command(number, "acknowledgeEscalation", {});
    }),
  );
  await pass(Date.now() + 1_200);
  for (const number of numbers) {
    const kinds = await desk.journal(number);
    expect(kinds.slice(kinds.indexOf("escalationAcknowledged"))).not.toContain("escalated");
    const taken = await levels(number);
    expect(new Set(taken).size).toBe(taken.length);
  }
});

test("a chain goes on through continue-as-new: each level once, at its instant", async () => {
  await promise(2_500, [level(0, tell("lead")), level(5_000, tell("manager")), level(1_000, { do: "flag", flag: "late" })]);
  const number = await desk.open();
  const { createdAt } = await desk.until(number, ({ escalation }) => escalation === 1);
  const runs = async (): Promise<number> => {
    const found = new Set<string>();
    for await (const { runId } of desk.temporal.workflow.list({ query: `WorkflowId = "ticket:${number}"` })) found.add(runId);
    return found.size;
  };
  for (let note = 0; note < 60 && (await runs()) < 2; note += 1) await desk.command(number, "note", { message: await desk.draft(number, `Note ${note}.`) });
  expect(await runs()).toBeGreaterThan(1);
  await desk.until(number, ({ flags }) => flags.includes("late"));
  expect(await levels(number)).toEqual(["1.0", "2.0", "3.0"]);
  expect((await steps(number)).map(({ dueAt }) => dueAt - createdAt)).toEqual([2_500, 7_500, 8_500]);
});

test("people escalate, with a reason, to the next level or to one that they name; a level that is not there is refused", async () => {
  await promise(9e8, [level(0, tell("lead")), level(500, tell("manager"))]);
  const number = await desk.openAssigned();
  const reason = await desk.draft(number, "They call every hour.", ingrid, "reason");
  await desk.command(number, "escalate", { reason, level: null });
  expect((await steps(number))[0]).toMatchObject({ metric: null, level: 1, done: [tell("lead")], reason: { id: reason.id } });
  // The chain goes on from there.
  await desk.until(number, ({ escalation }) => escalation === 2);
  await expect(desk.command(number, "escalate", { reason, level: 7 })).rejects.toMatchObject({ cause: { type: "no_such_level" } });
});

test("who leads no more, having been deactivated, is stood in for by the manager, and a manager by the lead: nobody is told in vain", async () => {
  await promise(9e8, [level(0, tell("lead")), level(9e8, tell("manager"))]);
  await desk.team("headless", { pia: 5 });
  const { agent, team, notice } = desk.prisma;
  await agent.create({ data: { id: "former", name: "former", email: "former@staff.test", role: "lead", capacity: 0, active: false } });
  await team.update({ where: { id: "headless" }, data: { leadId: "former" } });
  const number = await desk.open({ subject: "headless" });
  await desk.until(number, ({ assignee }) => assignee === "pia");
  const reason = await desk.draft(number, "They call every hour.", ingrid, "reason");
  await desk.command(number, "escalate", { reason, level: 1 });
  await team.update({ where: { id: "headless" }, data: { leadId: "ingrid", managerId: "former" } });
  await desk.command(number, "escalate", { reason: await desk.draft(number, "Still.", ingrid, "reason"), level: 2 }, { by: amara });
  const told = await notice.findMany({ where: { ticket: number, template: "escalation" }, orderBy: { version: "asc" } });
  expect(told.map(({ recipient }) => recipient)).toEqual(["agent:sofia", "agent:ingrid"]);
});
