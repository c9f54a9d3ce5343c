// The wait that requesters are told, what happens when it gets too long, and what makes a ticket more pressing: on a real server.
import { anApi } from "../api/an-api";
import type { TestApi } from "../api/an-api";
import { aDesk, ingrid } from "../support/desk";
import type { Desk } from "../support/desk";
import { rebear } from "../../relay/rebirth";
import { ticketWorkflowId } from "../../workflows/messages";
import { eventually } from "../support/eventually";

let desk: Desk;
let api: TestApi;
beforeAll(async () => {
  desk = await aDesk();
  api = await anApi({ database: desk.database, temporal: desk.temporal, prisma: desk.prisma, links: desk.links });
  await desk.promise({ acknowledgeAfterMs: 200 });
  await desk.startWorker();
});
afterAll(async () => {
  await api.close();
  await desk.close();
});

/** Tickets of that team and kind that were answered after so long. */
async function answered(team: string, count: number, waitedMs: number, priority = "normal"): Promise<void> {
  const ticket = (await desk.prisma.expectation.count()) + 500_000;
  const row = { teamId: team, category: "how-to", priority, turn: new Date(0), ahead: 0, people: 1, over: true, waitedMs, answeredAt: new Date() };
  await desk.prisma.expectation.createMany({ data: Array.from({ length: count }, (_, at) => ({ ...row, ticket: ticket + at })) });
}

const told = async (number: number) => await desk.prisma.expectation.findUniqueOrThrow({ where: { ticket: number } });
const mailed = async (number: number, template: string) => await desk.prisma.notice.count({ where: { ticket: number, template, state: "sent" } });
const settings = async (team: string, rules: object) =>
  expect(await api.call("PUT", `/teams/${team}/dispatch`, { as: "admin", body: rules })).toMatchObject({ status: 200 });

test("the acknowledgement names who has it and by when an answer is to be expected, and the answer is what later ones are told by", async () => {
  await desk.team("quick", { juno: 50 });
  await answered("quick", 40, 3 * 3_600_000);
  await settings("quick", { tells: { position: true } });
  const number = await desk.open({ subject: "quick", sender: { email: "told@example.test", name: null, language: "nb" } });
  await desk.mail.waitForMailsTo("told@example.test");
  const { text } = desk.mail.to("told@example.test")[0] ?? { text: "" };
  expect(text).toContain("juno tar seg av den");
  expect(text).toMatch(/Som regel hører du fra oss innen .* UTC\./);
  expect(text).toContain("Henvendelsen din er den neste i køen.");
  const { createdAt } = await desk.row(number);
  expect(await told(number)).toMatchObject({ until: new Date(createdAt.getTime() + 3 * 3_600_000), silence: null, over: false });
  await desk.command(number, "reply", { message: await desk.draft(number, "So.") });
  const { answeredAt } = await desk.state(number);
  expect(await told(number)).toMatchObject({ over: true, answeredAt: new Date(answeredAt ?? 0), waitedMs: (answeredAt ?? 0) - createdAt.getTime(), lookAt: null });
});

test("below 30 answers nothing is told of the wait", async () => {
  await desk.team("young", { kit: 50 });
  await answered("young", 29, 60_000);
  const number = await desk.open({ subject: "young", sender: { email: "untold@example.test", name: null, language: "en" } });
  await desk.mail.waitForMailsTo("untold@example.test");
  expect(desk.mail.to("untold@example.test")[0]?.text).not.toContain("usually hear");
  expect(await told(number)).toMatchObject({ until: null, silence: "few-samples" });
});

test("when the told time has come without an answer, the requester is told once that it gets later", async () => {
  await desk.team("late", { lou: 50 });
  await answered("late", 40, 3_000);
  const number = await desk.open({ subject: "late" });
  await eventually(() => mailed(number, "later-than-expected"), (count) => count === 1);
  expect((await desk.journal(number)).filter((kind) => kind === "expectedLater")).toHaveLength(1);
  expect(await told(number)).toMatchObject({ lookAt: null });
  expect((await desk.state(number)).toldLater).toBe(true);
});

test("a wait beyond the team's limit: the ticket goes on to a team that has room, once", async () => {
  await desk.team("full", { max: 1 });
  await desk.team("roomy", { nia: 50 });
  await settings("full", { overflow: { to: "roomy", afterMs: 400 } });
  const first = await desk.open({ subject: "full" });
  await desk.until(first, ({ assignee }) => assignee === "max");
  const number = await desk.open({ subject: "full" });
  const ticket = await desk.until(number, ({ assignee }) => assignee === "nia");
  expect(ticket).toMatchObject({ team: "roomy", overflowed: true });
  const event = await desk.prisma.event.findFirstOrThrow({ where: { ticket: number, kind: "transferred" } });
  expect(event).toMatchObject({ byId: "dispatch", facts: { from: "full", team: "roomy", overflow: true } });
});

test("where the wait is expected to be too long, it goes on at once", async () => {
  await answered("full", 40, 7_200_000);
  await settings("full", { overflow: { to: "roomy", afterMs: 3_600_000 } });
  const number = await desk.open({ subject: "full" });
  expect(await desk.until(number, ({ assignee }) => assignee === "nia")).toMatchObject({ team: "roomy" });
});

test("where nobody of the other team has room, it goes on when somebody has", async () => {
  await desk.team("brimful", { ida: 0 });
  await settings("full", { overflow: { to: "brimful", afterMs: 50 } });
  const number = await desk.open({ subject: "full" });
  await desk.until(number, ({ routing, createdAt }) => routing === "waiting" && Date.now() > createdAt + 100);
  await desk.prisma.agent.update({ where: { id: "ida" }, data: { capacity: 5 } });
  await desk.present("ida", true);
  expect(await desk.until(number, ({ assignee }) => assignee === "ida")).toMatchObject({ team: "brimful" });
});

test("one that was told to go on, and whose run was lost before it heard, is told again", async () => {
  await desk.team("crammed", { lea: 1 });
  await desk.team("spare", { tim: 50 });
  await settings("crammed", { overflow: { to: "spare", afterMs: 3_600_000 } });
  await desk.until(await desk.open({ subject: "crammed" }), ({ assignee }) => assignee === "lea");
  const number = await desk.open({ subject: "crammed" });
  await desk.until(number, ({ routing }) => routing === "waiting");
  await desk.prisma.waiter.update({ where: { ticket: number }, data: { overflowAt: new Date() } });
  await settings("crammed", { overflow: { to: "spare", afterMs: 50 } });
  const handle = desk.namespace.client.workflow.getHandle(ticketWorkflowId(number));
  await handle.terminate("for the test");
  await eventually(async () => {
    await rebear(desk.relay());
    return (await handle.describe()).status.name;
  }, (status) => status === "RUNNING");
  expect(await desk.until(number, ({ assignee }) => assignee === "tim")).toMatchObject({ team: "spare", overflowed: true });
});

test("a VIP's words of alarm raise the priority, each rule with its edition; what a person sets stays", async () => {
  const rules = { vip: { to: "high" }, alarms: [{ id: "outage", words: ["nothing works"], to: "urgent" }], ages: [{ afterMs: 3_600_000, to: "urgent" }] };
  expect(await api.call("PUT", "/priority-rules", { as: "agent", body: rules })).toMatchObject({ status: 403 });
  expect((await api.call("PUT", "/priority-rules", { as: "admin", body: rules })).body).toMatchObject({ edition: 2, ...rules });
  expect(await api.call("PUT", "/priority-rules", { as: "admin", body: { ...rules, basedOn: 1 } })).toMatchObject({ status: 409, body: { code: "outdated", edition: 2 } });
  const sender = { email: "vip@example.test", name: null, language: null };
  await desk.open({ subject: "quick", sender });
  expect((await api.call("PUT", "/vips", { as: "admin", body: { of: { requester: "VIP@example.test" }, vip: true } })).body.items).toEqual([{ of: { requester: "vip@example.test" } }]);
  const number = await desk.open({ subject: "quick", text: "Nothing works!", sender });
  expect(await desk.until(number, ({ assignee }) => assignee !== null)).toMatchObject({ priority: "high", ageing: { edition: 2 } });
  const event = await desk.prisma.event.findFirstOrThrow({ where: { ticket: number, kind: "prioritised" } });
  expect(event.facts).toMatchObject({ because: [{ rule: "alarm", what: "outage", edition: 2, to: "urgent" }, { rule: "vip", edition: 2, to: "high" }] });
  await desk.command(number, "prioritise", { priority: "low", impact: null, urgency: null, reason: await desk.draft(number, "He is testing.", ingrid, "reason") }, { by: ingrid });
  expect(await desk.state(number)).toMatchObject({ priority: "low", prioritisedByPerson: true });
});
