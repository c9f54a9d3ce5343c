// What becomes of the tickets of somebody who is absent, through the whole product.
import type { BulkView } from "../../contract/bulk";
import type { Facts } from "../../domain/event";
import { anApi } from "../api/an-api";
import type { TestApi } from "../api/an-api";
import { amara, aDesk } from "../support/desk";
import type { Desk } from "../support/desk";
import { eventually } from "../support/eventually";

let desk: Desk;
let api: TestApi;
beforeAll(async () => {
  desk = await aDesk();
  await desk.startWorker();
  api = await anApi({ database: desk.database, temporal: desk.temporal, links: desk.links });
});
afterAll(async () => {
  await api.close();
  await desk.close();
});

const from = (ms: number): string => new Date(Date.now() + ms).toISOString();
const leave = async (agent: string, substitute: string | null, sinceMs = 0): Promise<void> => {
  const body = { since: from(sinceMs), until: from(3_600_000), substitute };
  expect((await api.call("POST", `/agents/${agent}/leaves`, { as: "lead", body })).status).toBe(201);
};
const opened = async (team: string, agent: string): Promise<number> => {
  const number = await desk.open({ subject: team });
  await desk.until(number, ({ assignee }) => assignee === agent);
  return number;
};

test("a leave begins, by its own timer: what nobody has answered goes to the substitute, the rest stays until it comes back", async () => {
  await desk.team("parting", { ada: 5 });
  const [untouched, answered, waiting] = [await opened("parting", "ada"), await opened("parting", "ada"), await opened("parting", "ada")];
  await desk.command(answered, "reply", { message: await desk.draft(answered, "On it.") });
  await desk.command(waiting, "wait", { message: null, reason: null, until: null });
  await desk.team("standing-in", { bo: 5 });
  await leave("ada", "bo", 1_500);
  await desk.until(untouched, ({ assignee }) => assignee === "bo");
  expect([(await desk.state(answered)).assignee, (await desk.state(waiting)).assignee]).toEqual(["ada", "ada"]);
  await desk.command(waiting, "resume", {});
  await desk.until(waiting, ({ assignee }) => assignee === "bo");
  const events = await desk.prisma.event.findMany({ where: { ticket: untouched, kind: "assigned" }, orderBy: { version: "asc" } });
  const given = events.map(({ byId, facts }) => [byId, (facts as Facts["assigned"]).assignee, (facts as Facts["assigned"]).why]);
  expect(given).toEqual([["dispatch", "ada", undefined], ["dispatch", "bo", "leave"]]);
});

test("what another ticket's merging brings back to somebody on leave, or the undoing of it, goes to the substitute as well", async () => {
  await desk.team("merging", { max: 5 });
  const [target, source] = [await opened("merging", "max"), await opened("merging", "max")];
  const parted = await opened("merging", "max");
  // Answered, so that only their coming back moves them.
  for (const number of [target, parted]) await desk.command(number, "reply", { message: await desk.draft(number, "On it.") });
  await desk.command(target, "wait", { message: null, reason: null, until: null });
  await desk.command(parted, "merge", { into: target, otherRequester: true, reason: null });
  await desk.team("merged-for", { nia: 5 });
  await leave("max", "nia", 0);
  await desk.until(source, ({ assignee }) => assignee === "nia");
  expect((await desk.state(target)).assignee).toBe("max");
  await desk.command(source, "merge", { into: target, otherRequester: true, reason: null });
  await desk.until(target, ({ assignee, status }) => assignee === "nia" && status === "open");
  expect((await api.call("DELETE", `/tickets/${parted}/merge`)).status).toBe(200);
  await desk.until(parted, ({ assignee }) => assignee === "nia");
});

test("without a substitute dispatch chooses; whoever is given a ticket on purpose keeps it; deactivated: it all goes by the rule", async () => {
  await desk.team("leaderless", { cy: 5 });
  const number = await opened("leaderless", "cy");
  const meant = await opened("leaderless", "cy");
  await desk.team("leaderless-too", {});
  await desk.prisma.agent.create({ data: { id: "dee", name: "dee", email: "dee@staff.test", role: "agent", capacity: 5, present: true } });
  await desk.prisma.teamMember.create({ data: { teamId: "leaderless", agentId: "dee" } });
  await leave("cy", null);
  await desk.until(number, ({ assignee }) => assignee === "dee");
  await desk.until(meant, ({ assignee }) => assignee === "dee");
  await desk.command(meant, "assign", { agent: "cy", overCapacity: false }, { by: amara });
  await desk.present("cy", true);
  const profile = { capacity: 5, calendar: null, languages: [], place: null, regions: [], active: false };
  expect((await api.call("PUT", "/agents/dee/profile", { as: "admin", body: profile })).status).toBe(200);
  await desk.until(number, ({ routing }) => routing === "waiting");
  expect((await desk.state(meant)).assignee).toBe("cy");
});

test("away for longer than the team's grace, by its own timer: what nobody has answered goes on; whoever is back before keeps it", async () => {
  await desk.team("stepping-out", { uma: 5, wes: 5 });
  await desk.prisma.agent.update({ where: { id: "wes" }, data: { present: false } });
  expect((await api.call("PUT", "/teams/stepping-out/dispatch", { as: "admin", body: { graceMs: 60_000 } })).status).toBe(200);
  const [untouched, answered] = [await opened("stepping-out", "uma"), await opened("stepping-out", "uma")];
  await desk.command(answered, "reply", { message: await desk.draft(answered, "On it.") });
  await desk.present("wes", true);
  const goes = async (present: boolean): Promise<void> => {
    expect((await api.call("PUT", "/agents/uma/presence", { as: "lead", body: { present } })).status).toBe(200);
    await eventually(async () => ((await desk.prisma.agent.findUniqueOrThrow({ where: { id: "uma" } })).onDutySince !== null) === present);
  };
  for (const present of [false, true, false]) await goes(present);
  expect((await desk.state(untouched)).assignee).toBe("uma");
  expect((await api.call("PUT", "/teams/stepping-out/dispatch", { as: "admin", body: { graceMs: 1_000 } })).status).toBe(200);
  await desk.until(untouched, ({ assignee }) => assignee === "wes");
  const event = await desk.prisma.event.findFirstOrThrow({ where: { ticket: untouched, kind: "transferred" } });
  expect(event.facts).toMatchObject({ formerAssignee: "uma", why: "away" });
  expect((await desk.state(answered)).assignee).toBe("uma");
});

test("the end of somebody's working hours is no absence, however long ago they left", async () => {
  await desk.team("evening", { yan: 5, zoe: 5 });
  await desk.prisma.team.update({ where: { id: "evening" }, data: { dispatch: { graceMs: 50, redispatch: "all" } } });
  const number = await desk.open({ subject: "evening" });
  const { assignee } = await desk.until(number, ({ assignee: who }) => who !== null);
  const rules = { timeZone: "UTC", hours: {}, holidays: [] };
  await desk.prisma.calendar.create({ data: { id: "over", editions: { create: { edition: 1, name: "Over", rules, by: "test" } } } });
  const id = assignee as string;
  await desk.present(id, true);
  await eventually(async () => (await desk.prisma.agent.findUniqueOrThrow({ where: { id } })).onDutySince !== null);
  await desk.prisma.agent.update({ where: { id }, data: { calendarId: "over", presentSince: new Date(Date.now() - 3_600_000) } });
  await desk.present(id, false);
  await eventually(async () => (await desk.prisma.agent.findUniqueOrThrow({ where: { id } })).onDutySince === null);
  expect(await desk.prisma.bulkItem.count({ where: { ticket: number } })).toBe(0);
});

test("a substitute whose working hours are over gets nothing: dispatch chooses", async () => {
  await desk.team("by-night", { jan: 5 });
  const number = await opened("by-night", "jan");
  await desk.team("by-day", { kai: 5 });
  const rules = { timeZone: "UTC", hours: {}, holidays: [] };
  await desk.prisma.calendar.create({ data: { id: "never", editions: { create: { edition: 1, name: "Never", rules, by: "test" } } } });
  await desk.prisma.agent.update({ where: { id: "kai" }, data: { calendarId: "never" } });
  await desk.prisma.agent.create({ data: { id: "lin", name: "lin", email: "lin@staff.test", role: "agent", capacity: 5, present: true } });
  await desk.prisma.teamMember.create({ data: { teamId: "by-night", agentId: "lin" } });
  await leave("jan", "kai");
  await desk.until(number, ({ assignee }) => assignee === "lin");
  expect(await desk.prisma.event.count({ where: { ticket: number, kind: "assigned", facts: { path: ["assignee"], equals: "kai" } } })).toBe(0);
});

test("a whole load by one command, with its progress; what somebody else has by then is refused by name", async () => {
  await desk.team("loaded", { eve: 9 });
  await desk.team("relieving", { fay: 9 });
  const numbers = [await opened("loaded", "eve"), await opened("loaded", "eve"), await opened("loaded", "eve")];
  expect((await api.call("POST", "/agents/eve/moves", { as: "agent", body: {} })).body.code).toBe("forbidden");
  const begun = (await api.call("POST", "/agents/eve/moves", { as: "lead", body: { to: "fay" } })).body as unknown as BulkView;
  expect(begun).toMatchObject({ about: { kind: "move", agent: "eve", to: "fay", why: "asked" }, by: "staff:ingrid", total: 3 });
  for (const number of numbers) await desk.until(number, ({ assignee }) => assignee === "fay");
  for (let view = begun; view.waiting > 0; ) view = (await api.call("GET", `/bulk-commands/${begun.id}`)).body as unknown as BulkView;
  expect((await api.call("GET", `/bulk-commands/${begun.id}`)).body).toMatchObject({ total: 3, done: 3, waiting: 0, refusals: [] });
  const refused = await desk.refusal(desk.command(numbers[0] ?? 0, "assign", { agent: "eve", overCapacity: false, onlyFrom: "eve" }));
  expect(refused).toBe("not_allowed_now");
});

test("a team's load is evened out on request: first the plan, then just that plan; what was answered or meant stays", async () => {
  await desk.team("uneven", { hal: 9 });
  const numbers = [await opened("uneven", "hal"), await opened("uneven", "hal"), await opened("uneven", "hal"), await opened("uneven", "hal")];
  const [answered, meant] = [numbers[3] ?? 0, numbers[2] ?? 0];
  await desk.command(answered, "reply", { message: await desk.draft(answered, "On it.") });
  await desk.command(meant, "assign", { agent: "hal", overCapacity: false }, { by: amara });
  const weekday = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"][new Date(Date.now() + 2 * 86_400_000).getUTCDay()] ?? "mon";
  const later = { id: "not-now", name: "Not now", timeZone: "UTC", hours: { [weekday]: [["08:00", "10:00"]] }, holidays: [] };
  expect((await api.call("POST", "/calendars", { as: "admin", body: later })).status).toBe(201);
  await desk.prisma.agent.create({ data: { id: "iva", name: "iva", email: "iva@staff.test", role: "agent", capacity: 9, present: true, calendarId: "not-now" } });
  await desk.prisma.teamMember.create({ data: { teamId: "uneven", agentId: "iva" } });
  expect((await api.call("GET", "/teams/uneven/rebalancing", { as: "agent" })).body.code).toBe("forbidden");
  // Nobody has looked at her since: what dispatch last found says nothing of her working hours.
  expect((await api.call("GET", "/teams/uneven/rebalancing", { as: "lead" })).body.moves).toEqual([]);
  await desk.prisma.agent.update({ where: { id: "iva" }, data: { calendarId: null, onDutySince: null } });
  const { plan, moves } = (await api.call("GET", "/teams/uneven/rebalancing", { as: "lead" })).body;
  const [first, second] = numbers;
  expect(moves).toEqual([{ ticket: second, from: "hal", to: "iva" }, { ticket: first, from: "hal", to: "iva" }]);
  expect((await api.call("POST", "/teams/uneven/rebalancing", { as: "lead", body: { plan: "another" } })).body.code).toBe("outdated");
  const { status, body } = await api.call("POST", "/teams/uneven/rebalancing", { as: "lead", body: { plan } });
  expect([status, body]).toMatchObject([202, { about: { kind: "rebalancing", team: "uneven" }, by: "staff:ingrid", total: 2 }]);
  for (const number of [first ?? 0, second ?? 0]) await desk.until(number, ({ assignee }) => assignee === "iva");
  expect([(await desk.state(answered)).assignee, (await desk.state(meant)).assignee]).toEqual(["hal", "hal"]);
  expect((await api.call("GET", "/teams/uneven/rebalancing", { as: "lead" })).body.moves).toEqual([]);
});

test("what somebody achieved is kept: a resolution, and that it came back", async () => {
  await desk.team("achieving", { gil: 5 });
  const number = await opened("achieving", "gil");
  await desk.command(number, "resolve", { message: null });
  await desk.command(number, "reopen", { reason: null });
  const [result] = await desk.prisma.result.findMany({ where: { agentId: "gil" } });
  expect(result?.resolved).toBeCloseTo(1);
  expect(result?.reopened).toBeCloseTo(1);
  expect(result?.logMs).toBeGreaterThan(0);
});
