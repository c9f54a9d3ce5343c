// Records that stand in Postgres and that the ticket's run does not remember: Temporal lost the task that had made them.
import { randomUUID } from "node:crypto";
import { send } from "../../api/send";
import { createTicketActivities } from "../../activities";
import type { RecordInput } from "../../activities/record/shapes";
import { decide } from "../../domain/decide";
import type { Command } from "../../domain/decide";
import { isRefusal } from "../../domain/refusal";
import type { Actor } from "../../domain/actor";
import type { Ticket } from "../../domain/ticket";
import { lookAtUnqueued } from "../../relay/unqueued";
import { capacityFreed, storeRestored } from "../../workflows/messages";
import type { Ask } from "../../workflows/messages";
import { aDesk, amara, ingrid } from "../support/desk";
import type { Desk } from "../support/desk";
import { eventually } from "../support/eventually";

type Solution = NonNullable<Ticket["solution"]>;

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
  await desk.startWorker();
});
afterAll(async () => await desk.close());

/** Records an event as an attempt did whose completion Temporal has lost. */
async function recordedUnawares(number: number, command: Command, by: Actor, cause: string, commands: RecordInput["commands"] = []) {
  const ticket = await desk.state(number);
  const decision = decide(ticket, command, { by, cause, at: Date.now() });
  if (isRefusal(decision)) throw new Error(decision.message);
  const { record } = createTicketActivities(desk.prisma);
  const { intakeId, version } = ticket;
  return await record({ number, intakeId, epoch: 1, version, at: decision.event.at, events: [decision.event], commands });
}

test("events that stand already are adopted, and what was decided meanwhile is decided again on top of them", async () => {
  const number = await desk.openAssigned();
  const { version } = await desk.state(number);
  await recordedUnawares(number, { verb: "note", args: { message: await desk.draft(number, "Lost.") } }, ingrid, "lost");
  const answer = await desk.command(number, "note", { message: await desk.draft(number, "Found.") });
  expect(answer.version).toBe(version + 2);
  expect((await desk.live(number)).ticket).toEqual(await desk.state(number));
});

test("a command is judged on what is recorded, also by a run that has lost the memory of it", async () => {
  const number = await desk.openAssigned();
  await recordedUnawares(number, { verb: "resolve", args: { message: null } }, ingrid, "lost");
  const { version: seen } = await desk.state(number);
  await desk.command(number, "close", {}, { seen });
  expect((await desk.journal(number)).slice(-2)).toEqual(["resolved", "closed"]);
});

test("a command that was recorded by an attempt which nobody remembers is answered by that record, not refused", async () => {
  const number = await desk.openAssigned();
  const { version } = await desk.state(number);
  const key = randomUUID();
  await recordedUnawares(number, { verb: "resolve", args: { message: null } }, amara, `command:staff:amara:${key}`);
  await desk.namespace.client.workflow.getHandle(`ticket:${number}`).signal(storeRestored);
  await desk.until(number, ({ solution }) => typeof solution?.sentAt === "number");
  expect(await desk.command(number, "resolve", { message: null }, { key })).toEqual({ version: version + 1 });
});

test("and so is one that the run refuses before it has heard of that record", async () => {
  const number = await desk.openAssigned();
  await recordedUnawares(number, { verb: "hold", args: { reason: null, until: null } }, ingrid, "lost");
  const { version } = await desk.state(number);
  const ask = { scope: "staff:amara", key: randomUUID(), sha256: "resume", notAfter: Date.now() + 10_000 };
  await recordedUnawares(number, { verb: "resume", args: {} }, amara, `command:staff:amara:${ask.key}`, [{ ...ask, verb: "resume", cause: `command:staff:amara:${ask.key}` }]);
  const again: Ask<"resume"> = { ...ask, by: amara, ifVersion: null, seen: 0, args: {} };
  await expect(desk.command(number, "resume", {}, { key: ask.key })).rejects.toThrow();
  expect(await send(desk, "resume", number, again)).toBe(version + 1);
  expect((await desk.journal(number)).slice(-2)).toEqual(["held", "resumed"]);
});

test("a place for a ticket that waits, which its run does not remember, is taken, not passed on", async () => {
  await desk.team("relief", { rhea: 1 });
  const number = await desk.openAssigned();
  await desk.command(number, "unassign", {});
  await recordedUnawares(number, { verb: "transfer", args: { team: "relief" } }, ingrid, "lost");
  await recordedUnawares(number, { verb: "queue", args: { team: "relief", decision: "lost" } }, { kind: "system", id: "dispatch" }, "decision:lost:nobody");
  const { category, type, priority, createdAt: since } = await desk.state(number);
  const wish = { category, type, priority, declined: [], lapsed: [], relaxed: false, since };
  const place = { team: "relief", decision: `${number}-freed` };
  const { agent } = await createTicketActivities(desk.prisma).chooseAssignee({ number, epoch: 1, ...place, ...wish });
  await desk.namespace.client.workflow.getHandle(`ticket:${number}`).signal(capacityFreed, { agent: agent ?? "nobody", ...place });
  expect((await desk.until(number, ({ assignee }) => assignee !== null)).assignee).toBe("rhea");
});

test("a ticket that waits and stands in no queue is found by its rows, and asks for somebody again", async () => {
  await desk.team("nowhere", { nora: 0 });
  const number = await desk.openAssigned();
  await desk.command(number, "transfer", { team: "nowhere" });
  await desk.until(number, ({ routing }) => routing === "waiting");
  await desk.prisma.waiter.delete({ where: { ticket: number } });
  await desk.prisma.agent.update({ where: { id: "nora" }, data: { capacity: 1 } });
  await desk.prisma.ticket.update({ where: { number }, data: { updatedAt: new Date(0) } });
  await lookAtUnqueued(desk);
  await desk.until(number, ({ assignee }) => assignee === "nora");
});

test("a run that is behind its rows is found a moment later, and goes on from what is recorded", async () => {
  const number = await desk.openAssigned();
  await recordedUnawares(number, { verb: "hold", args: { reason: null, until: Date.now() + 500 } }, ingrid, "lost");
  await desk.prisma.ticket.update({ where: { number }, data: { lookAt: new Date(0) } });
  await desk.until(number, ({ status }) => status === "open");
  expect((await desk.journal(number)).slice(-2)).toEqual(["held", "resumed"]);
});

test("a ticket that closes as soon as it hears that it had gone to another team is over; measured anew it is once it is open again", async () => {
  const number = await desk.openAssigned();
  await desk.command(number, "resolve", { message: null });
  await desk.until(number, ({ solution }) => typeof solution?.sentAt === "number");
  await recordedUnawares(number, { verb: "transfer", args: { team: "operations" } }, ingrid, "lost");
  await desk.command(number, "close", {});
  await desk.ended(number);
  expect((await desk.journal(number)).slice(-2)).toEqual(["transferred", "closed"]);
  expect((await desk.state(number)).matching).not.toBeNull();
});

test("a run that is behind its rows takes them up as soon as it is told that a store was restored", async () => {
  const number = await desk.openAssigned();
  await recordedUnawares(number, { verb: "resolve", args: { message: null } }, ingrid, "lost");
  await desk.namespace.client.workflow.getHandle(`ticket:${number}`).signal(storeRestored);
  await desk.until(number, ({ solution }) => typeof solution?.sentAt === "number");
  expect((await desk.live(number)).ticket).toEqual(await desk.state(number));
});

test("what is due by events that nobody remembers comes before a command that was asked without knowing of them", async () => {
  const number = await desk.openAssigned();
  const until = Date.now() + 300;
  await recordedUnawares(number, { verb: "hold", args: { reason: null, until } }, ingrid, "lost");
  const message = await desk.draft(number, "Did you know?");
  while (Date.now() <= until) await new Promise((resolve) => setTimeout(resolve, until - Date.now() + 1));
  await desk.command(number, "note", { message });
  expect((await desk.journal(number)).slice(-3)).toEqual(["held", "resumed", "noted"]);
});

test("a command that no longer holds after an adoption is refused, and nothing of it is recorded", async () => {
  const number = await desk.openAssigned();
  await recordedUnawares(number, { verb: "resolve", args: { message: null } }, ingrid, "lost");
  expect(await desk.refusal(desk.command(number, "resolve", { message: null }))).toBe("not_allowed_now");
  expect((await desk.journal(number)).filter((kind) => kind === "resolved")).toHaveLength(1);
});

test("a run that is behind even after it has looked judges by what it finds, and lives on", async () => {
  const number = await desk.openAssigned();
  await desk.command(number, "resolve", { message: null });
  const { version } = await desk.state(number);
  expect(await desk.refusal(desk.command(number, "resolve", { message: null }, { seen: version + 50 }))).toBe("not_allowed_now");
  await desk.command(number, "close", {}, { seen: version + 50 });
  expect((await desk.journal(number)).at(-1)).toBe("closed");
});

test("a command whose own record was made before its answer was lost is answered by that record", async () => {
  const number = await desk.openAssigned();
  const { version } = await desk.state(number);
  const key = randomUUID();
  const message = await desk.draft(number, "Twice?");
  const row = { cause: `command:staff:amara:${key}`, scope: "staff:amara", key, verb: "note", sha256: "note", notAfter: Date.now() + 9e4 };
  await recordedUnawares(number, { verb: "note", args: { message } }, amara, row.cause, [row]);
  expect(await desk.command(number, "note", { message }, { key })).toEqual({ version: version + 1 });
  expect((await desk.state(number)).version).toBe(version + 1);
});

test.each([
  ["sent", new Date(), ({ sentAt }: Solution) => sentAt !== null],
  ["failed", null, ({ undelivered }: Solution) => undelivered],
] as const)("a mail that was noted as %s when nobody remembered its record is heard of by the run that goes on", async (state, sentAt, isHeard) => {
  const number = await desk.openAssigned();
  await recordedUnawares(number, { verb: "resolve", args: { message: null } }, ingrid, "lost");
  const where = { ticket: number, recipient: "requester", template: "solved" };
  expect(await desk.prisma.notice.updateMany({ where, data: { state, sentAt, attempts: 1 } })).toEqual({ count: 1 });
  await desk.namespace.client.workflow.getHandle(`ticket:${number}`).signal(storeRestored);
  await desk.until(number, ({ solution }) => solution !== null && isHeard(solution));
});

test("a closed ticket whose workflow was lost before everybody was told is born again to tell them", async () => {
  const number = await desk.openAssigned();
  await desk.namespace.client.workflow.getHandle(`ticket:${number}`).terminate("an operator's mistake");
  await recordedUnawares(number, { verb: "resolve", args: { message: null } }, ingrid, "lost");
  await recordedUnawares(number, { verb: "close", args: {} }, ingrid, "lost as well");
  await desk.prisma.ticket.update({ where: { number }, data: { lookAt: new Date(0) } });
  const told = { ticket: number, recipient: "requester", template: "solved", state: "sent" };
  await eventually(() => desk.prisma.notice.count({ where: told }));
  await desk.ended(number);
  expect((await desk.journal(number)).slice(-2)).toEqual(["resolved", "closed"]);
});
