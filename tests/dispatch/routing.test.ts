// Who gets a ticket on a real Postgres: what it asks for, what people are and when they are there, and what is kept of it.
import { aFloor, reasonsOf } from "./a-floor";
import type { Floor } from "./a-floor";

let floor: Floor;
beforeAll(async () => {
  floor = await aFloor();
  for (const name of ["cards", "loans"]) await floor.put(`/skills/${name}`, { name });
});
afterAll(async () => await floor.close());

const hour = 3_600_000;
const from = (ms: number): string => new Date(Date.now() + ms).toISOString();

test("a skill that a category asks for is a must; whoever learns it is woken; the decision says why not me", async () => {
  await floor.team("skilled", { ada: 2, bo: 2 });
  await floor.put("/categories/exchange/skills", { skills: { cards: 3 } });
  await floor.put("/agents/ada/skills", { skills: { cards: 2 } });
  const { number, agent } = await floor.seek("skilled", { category: "exchange" });
  expect(agent).toBeNull();
  expect(reasonsOf(await floor.decision(number))).toEqual({ ada: ["skill"], bo: ["skill"] });
  await floor.put("/agents/bo/skills", { skills: { cards: 4 } }, "lead");
  await floor.relay();
  expect(await floor.holder(number)).toBe("bo");
  expect(await floor.decision(number)).toMatchObject({ asked: "one", agent: "bo", considered: [{ agent: "bo", rank: 1, terms: { skill: 0.875 } }] });
});

test("a skill that is no longer asked for lets whoever waits go to anybody", async () => {
  await floor.team("unskilled", { cy: 1 });
  await floor.put("/categories/refund/skills", { skills: { loans: 1 } });
  const { number } = await floor.seek("unskilled", { category: "refund" });
  expect(await floor.holder(number)).toBeNull();
  await floor.put("/categories/refund/skills", { skills: {} });
  await floor.relay();
  expect(await floor.holder(number)).toBe("cy");
});

test("skills are relaxed after the stated wait: a look says when, and a look then gives it away", async () => {
  await floor.team("relaxed", { dee: 1 }, { relaxSkillsAfterMs: hour });
  await floor.put("/categories/cash/skills", { skills: { loans: 2 } });
  const { number } = await floor.seek("relaxed", { category: "cash" });
  expect(await floor.api.database.prisma.outbox.count({ where: { kind: "watch", subject: "relaxed" } })).toBe(1);
  const next = await floor.activities.review({ kind: "team", id: "relaxed" });
  expect(await floor.holder(number)).toBeNull();
  expect(next?.what).toContain("relaxed");
  await floor.api.database.prisma.$executeRaw`UPDATE waiters SET queued_at = queued_at - interval '1 hour' WHERE ticket = ${number}`;
  expect(await floor.activities.review({ kind: "team", id: "relaxed" })).toBeNull();
  expect(await floor.holder(number)).toBe("dee");
});

test("on leave: nothing new until it ends; a look says when it begins and ends", async () => {
  await floor.team("leaving", { eve: 1 });
  const leave = await floor.api.call("POST", "/agents/eve/leaves", { as: "lead", body: { since: from(-hour), until: from(hour), substitute: "amara" } });
  expect(leave.status).toBe(201);
  const { number, agent } = await floor.seek("leaving");
  expect(agent).toBeNull();
  expect(reasonsOf(await floor.decision(number))).toEqual({ eve: ["on-leave"] });
  expect(await floor.activities.review({ kind: "agent", id: "eve" })).toMatchObject({ at: Date.parse(leave.body.until as string), what: "a leave ends" });
  expect((await floor.api.call("DELETE", `/agents/eve/leaves/${String(leave.body.id)}`, { as: "lead" })).status).toBe(204);
  await floor.relay();
  expect(await floor.holder(number)).toBe("eve");
});

test("one's own leave is one's own to enter, somebody else's a lead's; nobody stands in for themselves", async () => {
  const body = { since: from(hour), until: from(2 * hour) };
  expect((await floor.api.call("POST", "/agents/amara/leaves", { body })).status).toBe(201);
  expect((await floor.api.call("POST", "/agents/ingrid/leaves", { body })).body.code).toBe("forbidden");
  expect((await floor.api.call("POST", "/agents/amara/leaves", { body: { ...body, substitute: "amara" } })).body).toMatchObject({ code: "invalid", errors: [{ field: "substitute" }] });
  expect((await floor.api.call("POST", "/agents/amara/leaves", { body: { ...body, until: body.since } })).body).toMatchObject({ errors: [{ field: "until", code: "interval_order" }] });
  const { items } = (await floor.api.call("GET", "/agents/amara/leaves")).body as { items: { id: string }[] };
  expect((await floor.api.call("DELETE", `/agents/amara/leaves/${items[0]?.id}`)).status).toBe(204);
});

test("out of working hours: nothing new, and the next opening is known", async () => {
  await floor.team("shifts", { fay: 1 });
  const day = new Date(Date.now() + 2 * 24 * hour).toISOString().slice(0, 10);
  const weekday = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"][new Date(`${day}T00:00:00Z`).getUTCDay()] ?? "mon";
  const calendar = { id: "late", name: "Late", timeZone: "UTC", hours: { [weekday]: [["08:00", "10:00"]] }, holidays: [] };
  expect((await floor.api.call("POST", "/calendars", { as: "admin", body: calendar })).status).toBe(201);
  const profile = { capacity: 1, calendar: "late", languages: [], place: null, regions: [], active: true };
  await floor.put("/agents/fay/profile", profile);
  const { number } = await floor.seek("shifts");
  expect(reasonsOf(await floor.decision(number))).toEqual({ fay: ["off-duty"] });
  expect(await floor.activities.review({ kind: "agent", id: "fay" })).toEqual({ at: Date.parse(`${day}T08:00:00Z`), what: "working hours begin" });
  await floor.put("/agents/fay/profile", { ...profile, calendar: null });
  await floor.relay();
  expect(await floor.holder(number)).toBe("fay");
});

test("work on site goes to whoever reaches it, the nearer one by score", async () => {
  await floor.team("on-site", { gil: 5, hal: 5, ivy: 5 }, { strategy: "best-score" });
  const profile = { capacity: 5, calendar: null, languages: [], regions: [], active: true };
  await floor.put("/agents/gil/profile", { ...profile, place: { latitude: 59.9, longitude: 10.7, radiusKm: 100 } });
  await floor.put("/agents/hal/profile", { ...profile, place: { latitude: 59.8, longitude: 10.3, radiusKm: 100 } });
  const { number, agent } = await floor.seek("on-site", {}, { site: { point: { latitude: 59.74, longitude: 10.2 } } });
  expect(agent).toBe("hal");
  expect(reasonsOf(await floor.decision(number))).toEqual({ hal: [], gil: [], ivy: ["location"] });
});

test("a heavy ticket takes its places, and no more than there are", async () => {
  const one = { low: 1, normal: 1, high: 1, urgent: 1 };
  await floor.team("heavy", { jan: 4 }, { places: { other: one, incident: { ...one, urgent: 3 } } });
  await floor.seek("heavy", { type: "incident", priority: "urgent" });
  expect((await floor.seek("heavy", { type: "incident", priority: "urgent" })).agent).toBeNull();
  expect((await floor.seek("heavy")).agent).toBe("jan");
  expect((await floor.seek("heavy")).agent).toBeNull();
});

test("manual: people are ranked and nobody is chosen, not even when a place becomes free", async () => {
  await floor.team("pull", { kim: 3 }, { strategy: "manual" });
  const { number, agent } = await floor.seek("pull");
  expect(agent).toBeNull();
  await floor.come("kim", false);
  await floor.come("kim", true);
  expect(await floor.holder(number)).toBeNull();
  expect(await floor.decision(number)).toMatchObject({ strategy: "manual", considered: [{ agent: "kim", rank: 1 }] });
  await floor.put("/teams/pull/dispatch", {});
  await floor.relay();
  expect(await floor.holder(number)).toBe("kim");
});

test("other working hours, and other rules for whoever is away, are looked at at once", async () => {
  await floor.team("changing", { una: 1, vic: 1 });
  const never = { timeZone: "UTC", hours: { mon: [["08:00", "10:00"]] }, holidays: [{ date: new Date().toISOString().slice(0, 10), name: "Off" }] };
  expect((await floor.api.call("POST", "/calendars", { as: "admin", body: { id: "changing", name: "Changing", ...never } })).status).toBe(201);
  const { prisma } = floor.api.database;
  await prisma.agent.update({ where: { id: "una" }, data: { calendarId: "changing" } });
  await floor.come("vic", false);
  const { number, agent } = await floor.seek("changing");
  expect(agent).toBeNull();
  const hours = Object.fromEntries(["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [["00:00", "24:00"]]]));
  const edition = { timeZone: "UTC", hours, holidays: [], validFrom: null, basedOn: 1 };
  expect((await floor.api.call("POST", "/calendars/changing/editions", { as: "admin", body: edition })).status).toBe(201);
  await floor.relay();
  expect(await floor.holder(number)).toBe("una");
  await floor.put("/teams/changing/dispatch", { graceMs: 60_000 });
  expect(await prisma.outbox.count({ where: { kind: "presence", subject: "vic" } })).toBe(1);
});

test("a low ticket that has waited long goes before an urgent one of now", async () => {
  await floor.team("aged", { moe: 1 });
  await floor.come("moe", false);
  const now = (await floor.seek("aged", { priority: "urgent" })).number;
  const old = (await floor.seek("aged", { priority: "low", since: Date.now() - 13 * hour })).number;
  await floor.come("moe", true);
  expect([await floor.holder(now), await floor.holder(old)]).toEqual([null, "moe"]);
});

test("others' performance is for leads: an agent sees their own, and no score that holds any of it", async () => {
  await floor.team("learning", { amara: 50, nia: 50 }, { learns: true, strategy: "best-score" });
  const { number } = await floor.seek("learning", { category: "order" });
  const asLead = (await floor.decision(number, "lead")).considered;
  expect(asLead.every(({ score, terms }) => score !== null && terms.performance !== null)).toBe(true);
  const seen = Object.fromEntries((await floor.decision(number, "agent")).considered.map((one) => [one.agent, [one.score !== null, one.terms.performance !== null]]));
  expect(seen).toEqual({ amara: [true, true], nia: [false, false] });
});

test("settings are an admin's, and say what is wrong with them", async () => {
  const put = async (body: object, as: "admin" | "lead" = "admin") => (await floor.api.call("PUT", "/teams/support/dispatch", { as, body })).body;
  expect((await put({}, "lead")).code).toBe("forbidden");
  expect(await put({ strategy: "whim" })).toMatchObject({ code: "invalid", errors: [{ field: "strategy" }] });
  expect(await put({ pacing: { tickets: 0, perMs: hour } })).toMatchObject({ errors: [{ field: "pacing.tickets" }] });
  for (const [to, code] of [["support", "circular"], ["nowhere", "unknown_team"]]) {
    expect(await put({ overflow: { to, afterMs: hour } })).toMatchObject({ errors: [{ field: "overflow.to", code }] });
  }
  expect(await put({ tells: { position: true } })).toMatchObject({ rules: { tells: { wait: true, position: true, resolution: false } } });
  expect(await put({ weights: { skill: 90 } })).toMatchObject({ rules: { weights: { skill: 90, load: 30 }, redispatch: "untouched" }, set: { weights: { skill: 90 } } });
  const { items } = (await floor.api.call("GET", "/teams/support/dispatch/changes")).body as { items: object[] };
  expect(items).toMatchObject([{ action: "changed", by: "staff:sofia" }, { action: "changed" }]);
  expect((await floor.api.call("DELETE", "/skills/cards", { as: "admin" })).body.code).toBe("in_use");
});
