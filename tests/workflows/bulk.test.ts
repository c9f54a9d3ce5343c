// One command for many tickets, on a real Temporal: each once, at its rate, whatever dies in between. And what orders one:
// "apply this policy to open tickets".
import { randomUUID } from "node:crypto";
import { presentBulk } from "../../api/bulk";
import { bulkView } from "../../contract/bulk";
import { applicationPreview } from "../../contract/policy";
import { system } from "../../domain/actor";
import type { ArgsOf } from "../../domain/decide";
import { orderBulk } from "../../prisma/bulk";
import { anApi } from "../api/an-api";
import type { TestApi } from "../api/an-api";
import { aDesk, ingrid } from "../support/desk";
import type { Desk } from "../support/desk";
import { eventually } from "../support/eventually";
import { aPromise, aTarget, same } from "../support/promise";

let desk: Desk;
let api: TestApi;
beforeAll(async () => {
  desk = await aDesk();
  await desk.promise({});
  await desk.startWorker();
  api = await anApi({ database: desk.database, temporal: desk.temporal, links: desk.links });
});
afterAll(async () => {
  await api.close();
  await desk.close();
});

const args: ArgsOf<"prioritise"> = { priority: "urgent", reason: null, impact: null, urgency: null };
const about = { kind: "move", agent: "nobody", to: null, why: "asked" } as const;

async function ordered(tickets: readonly number[], perSecond = 50): Promise<string> {
  const items = tickets.map((ticket) => ({ ticket, verb: "prioritise", args }));
  return await desk.prisma.$transaction((tx) => orderBulk(tx, { about, by: "staff:ingrid", actor: ingrid, reason: "A storm", perSecond, items }));
}

async function finished(id: string): Promise<void> {
  await eventually(() => presentBulk(desk.prisma, id), ({ finishedAt }) => finishedAt !== null, { withinMs: 55_000 });
}

const statesOf = async (id: string) => {
  const items = await desk.prisma.bulkItem.findMany({ where: { bulkId: id }, orderBy: { ticket: "asc" } });
  return items.map(({ state, code }) => (code === null ? state : `${state}: ${code}`));
};
const raised = async (number: number) => (await desk.journal(number)).filter((kind) => kind === "prioritised").length;

async function tickets(count: number): Promise<number[]> {
  const numbers = await Promise.all(Array.from({ length: count }, () => desk.open()));
  await Promise.all(numbers.map((number) => desk.until(number, ({ assignee }) => assignee !== null)));
  return numbers.sort((a, b) => a - b);
}

test("every ticket gets it once, with its reason; a refusal is noted with its code", async () => {
  const [one = 0, closed = 0, other = 0] = await tickets(3);
  await desk.command(closed, "resolve", { message: null });
  await desk.command(closed, "close", {});
  const numbers = [one, closed, other];
  const before = await Promise.all(numbers.map(raised));
  const id = await ordered(numbers);
  await finished(id);
  const told = { total: 3, done: 2, refused: 1, waiting: 0, by: "staff:ingrid", refusals: [{ number: closed, code: "ticket_closed" }] };
  expect(bulkView.parse((await api.call("GET", `/bulk-commands/${id}`)).body)).toMatchObject(told);
  expect(await statesOf(id)).toEqual(["done", "refused: ticket_closed", "done"]);
  expect(await Promise.all(numbers.map(raised))).toEqual([(before[0] ?? 0) + 1, before[1], (before[2] ?? 0) + 1]);
  const reasons = await desk.prisma.message.findMany({ where: { ticket: { in: numbers }, visibility: "reason", NOT: { version: null } } });
  expect(reasons.map(({ ticket, text }) => `${ticket} ${text}`).sort((a, b) => a.localeCompare(b))).toEqual([`${one} A storm`, `${other} A storm`]);
});

test("its worker stopped and started in the middle, it goes on where it was and does nothing twice", async () => {
  const numbers = await tickets(6);
  const before = await Promise.all(numbers.map(raised));
  const id = await ordered(numbers, 4);
  await desk.until(numbers[1]!, (ticket) => ticket.priority === "urgent");
  await desk.stopWorker();
  await desk.startWorker();
  await finished(id);
  expect(await statesOf(id)).toEqual(Array(6).fill("done"));
  expect(await Promise.all(numbers.map(raised))).toEqual(before.map((count) => count + 1));
});

test("it keeps to its rate; whoever stops it leaves the rest as it is; agents may not", async () => {
  const numbers = await tickets(8);
  const began = Date.now();
  const id = await ordered(numbers, 4);
  await desk.until(numbers[2]!, (ticket) => ticket.priority === "urgent");
  expect(Date.now() - began).toBeGreaterThanOrEqual(450);
  expect((await api.call("DELETE", `/bulk-commands/${id}`)).status).toBe(403);
  const stopped = await api.call("DELETE", `/bulk-commands/${id}`, { as: "lead" });
  expect(bulkView.parse(stopped.body).stoppedAt).not.toBeNull();
  const progress = (await desk.temporal.workflow.getHandle(`bulk:${id}`).result()) as { waiting: number; done: number; stopped: boolean };
  expect(progress.stopped).toBe(true);
  expect(progress.waiting).toBeGreaterThan(0);
  expect(progress.done + progress.waiting).toBe(8);
  expect((await api.call("GET", `/bulk-commands/${randomUUID()}`)).status).toBe(404);
});

describe("applying a policy to open tickets", () => {
  const strict = { ...aPromise({ targets: { resolution: aTarget(same(60)) } }), name: "Strict", match: { channels: ["phone"] } };
  const apply = async (body: object, as: "lead" | "agent" = "lead") => await api.call("POST", "/policies/strict/application", { as, body });

  test("the preview tells how many and which would breach at once; then each gets it, and a second time there is nothing to do", async () => {
    const phoned = await Promise.all([1, 2].map(() => desk.open({ channel: "phone", openedBy: { kind: "staff", id: "amara", role: "agent" } })));
    const byMail = await desk.open();
    const numbers = phoned.sort((a, b) => a - b);
    await Promise.all([...numbers, byMail].map((number) => desk.until(number, ({ assignee }) => assignee !== null)));
    const answered = numbers[0] ?? 0;
    const solved = numbers[1] ?? 0;
    await desk.command(solved, "resolve", { message: null });
    expect((await api.call("POST", "/policies", { as: "admin", body: { id: "strict", position: 1, ...strict } })).status).toBe(201);
    expect((await apply({ preview: true }, "agent")).status).toBe(403);
    const preview = applicationPreview.parse((await apply({ preview: true, perSecond: 20 })).body);
    expect(preview).toEqual({
      policy: "strict", edition: 1, tickets: 2, from: [{ policy: expect.any(String), tickets: 2 }],
      breaching: 1, breaches: [{ number: answered, metrics: ["resolution"] }], seconds: 1,
    });
    expect(await desk.prisma.bulkCommand.count({ where: { about: { path: ["kind"], equals: "policy" } } })).toBe(0);
    const begun = bulkView.parse((await apply({ reason: "New contract", perSecond: 20 })).body);
    expect(begun).toMatchObject({ about: { kind: "policy", policy: "strict", edition: 1 }, by: "staff:ingrid", reason: "New contract", total: 2 });
    await finished(begun.id);
    const after = await desk.until(answered, ({ policy, clocks }) => policy?.id === "strict" && clocks.resolution.firstBreached !== null);
    const applied = await desk.prisma.event.findFirstOrThrow({ where: { ticket: answered, kind: "policyApplied" }, orderBy: { version: "desc" } });
    // Breached at the moment of the change, with that cause.
    expect(after.clocks.resolution.ongoing?.breach?.at).toBe(applied.at.getTime());
    expect((await desk.until(solved, ({ policy }) => policy?.id === "strict")).clocks.resolution.firstBreached).toBeNull();
    expect((await desk.state(byMail)).policy?.id).not.toBe("strict");
    const changes = (await api.call("GET", "/policies/strict/changes")).body.items as object[];
    expect(changes.at(-1)).toMatchObject({ action: "applied", edition: 1, by: "staff:ingrid", facts: { tickets: 2 } });
    expect(bulkView.parse((await apply({})).body)).toMatchObject({ total: 0, finishedAt: expect.any(String) });
  });

  test("404 for no policy, 422 for a rate that is none", async () => {
    expect((await api.call("POST", "/policies/nothing/application", { as: "lead", body: {} })).status).toBe(404);
    expect((await apply({ perSecond: 1_000 })).status).toBe(422);
  });
});

test("what dispatch itself orders is told as dispatch's", async () => {
  const [number = 0] = await tickets(1);
  const { assignee } = await desk.state(number);
  const items = [{ ticket: number, verb: "assign", args: { agent: "ingrid", overCapacity: null, onlyFrom: assignee } }];
  const id = await desk.prisma.$transaction((tx) => orderBulk(tx, { about, by: "system:dispatch", actor: system("dispatch"), reason: null, perSecond: 50, items }));
  await finished(id);
  const event = await desk.prisma.event.findFirstOrThrow({ where: { ticket: number, kind: "assigned" }, orderBy: { version: "desc" } });
  expect([event.byKind, event.byId]).toEqual(["system", "dispatch"]);
});
