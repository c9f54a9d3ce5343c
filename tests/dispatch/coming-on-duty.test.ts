// Coming on duty on a real Postgres: what has waited comes in portions, what is new stands behind it, and nobody begins twice.
import { aFloor, reasonsOf } from "./a-floor";
import type { Floor } from "./a-floor";

let floor: Floor;
beforeAll(async () => {
  floor = await aFloor();
});
afterAll(async () => await floor.close());

const hour = 3_600_000;

test("coming on duty: a portion now, urgent ones beside it, the rest later; then every free place at once", async () => {
  await floor.team("night", { lea: 20 }, { pacing: { tickets: 2, perMs: hour } });
  await floor.come("lea", false);
  const since = Date.now() - 5_000;
  const waiting: number[] = [];
  for (let at = 0; at < 5; at += 1) waiting.push((await floor.seek("night", { since: since + at })).number);
  const urgent = (await floor.seek("night", { priority: "urgent" })).number;
  await floor.put("/agents/lea/presence", { present: true });
  const next = await floor.activities.review({ kind: "agent", id: "lea" });
  const held = async () => (await Promise.all([...waiting, urgent].map((number) => floor.holder(number)))).map((agent) => agent !== null);
  expect(await held()).toEqual([true, true, false, false, false, true]);
  expect(next?.what).toBe("the next waiting tickets");
  await floor.api.database.prisma.$executeRaw`UPDATE agents SET paced_since = paced_since - interval '2 hours' WHERE id = 'lea'`;
  expect(await floor.activities.review({ kind: "agent", id: "lea" })).toBeNull();
  expect(await held()).toEqual([true, true, true, true, true, true]);
});

test("while the queue comes in portions, what is new stands behind it, and nobody is taken over from another team beside it; urgent ones come at once", async () => {
  await floor.team("dawn", { ria: 9 }, { pacing: { tickets: 1, perMs: hour } });
  await floor.team("dusk", {}, { overflow: { to: "dawn", afterMs: 50 } });
  await floor.come("ria", false);
  const [first, second] = [await floor.seek("dawn"), await floor.seek("dawn")];
  const elsewhere = await floor.seek("dusk");
  const { prisma } = floor.api.database;
  await prisma.$executeRaw`UPDATE waiters SET queued_at = queued_at - interval '1 minute' WHERE ticket = ${elsewhere.number}`;
  const sentOver = async () => await prisma.outbox.count({ where: { kind: "overflowed", subject: String(elsewhere.number) } });
  await floor.come("ria", true);
  const fresh = await floor.seek("dawn");
  expect([await floor.holder(first.number), await floor.holder(second.number), fresh.agent, await sentOver()]).toEqual(["ria", null, null, 0]);
  expect(reasonsOf(await floor.decision(fresh.number))).toEqual({ ria: ["paced"] });
  expect((await floor.seek("dawn", { priority: "urgent" })).agent).toBe("ria");
  const later = async () => {
    await prisma.$executeRaw`UPDATE agents SET paced_since = paced_since - interval '1 hour' WHERE id = 'ria'`;
    return await floor.activities.review({ kind: "agent", id: "ria" });
  };
  await later();
  expect([await floor.holder(second.number), await floor.holder(fresh.number), await sentOver()]).toEqual(["ria", null, 0]);
  await later();
  expect([await floor.holder(fresh.number), await sentOver()]).toEqual(["ria", 0]);
  expect(await later()).toBeNull();
  expect(await sentOver()).toBe(1);
});

test("whoever comes on duty for another team's tickets alone gets those in portions, too", async () => {
  await floor.team("relief", { sia: 9 }, { pacing: { tickets: 2, perMs: hour } });
  await floor.team("flooded", {}, { overflow: { to: "relief", afterMs: 50 } });
  await floor.come("sia", false);
  for (let at = 0; at < 5; at += 1) await floor.seek("flooded");
  const { prisma } = floor.api.database;
  await prisma.$executeRaw`UPDATE waiters SET queued_at = queued_at - interval '1 minute' WHERE team_id = 'flooded'`;
  const sentOver = async () => await prisma.waiter.count({ where: { teamId: "flooded", overflowAt: { not: null } } });
  await floor.put("/agents/sia/presence", { present: true });
  const next = await floor.activities.review({ kind: "agent", id: "sia" });
  expect([next?.what, await sentOver()]).toEqual(["the next waiting tickets", 2]);
  await prisma.$executeRaw`UPDATE agents SET paced_since = paced_since - interval '2 hours' WHERE id = 'sia'`;
  expect(await floor.activities.review({ kind: "agent", id: "sia" })).toBeNull();
  expect(await sentOver()).toBe(5);
});

test("whoever stays present over night comes on duty when their working hours begin; within a shift nobody does twice", async () => {
  await floor.team("early", { tom: 9 }, { pacing: { tickets: 1, perMs: hour } });
  const { prisma } = floor.api.database;
  // Where it is about noon, so that the shift began today.
  const fromNoon = 12 - new Date().getUTCHours();
  const timeZone = `Etc/GMT${fromNoon > 0 ? "-" : "+"}${Math.abs(fromNoon)}`;
  const hours = Object.fromEntries(["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [["06:00", "20:00"]]]));
  expect((await floor.api.call("POST", "/calendars", { as: "admin", body: { id: "early", name: "Early", timeZone, hours, holidays: [] } })).status).toBe(201);
  await prisma.agent.update({ where: { id: "tom" }, data: { capacity: 0, calendarId: "early", onDutySince: new Date(Date.now() - 15 * hour) } });
  const [one, two] = [await floor.seek("early"), await floor.seek("early")];
  await prisma.agent.update({ where: { id: "tom" }, data: { capacity: 9 } });
  const look = async () => await floor.activities.review({ kind: "agent", id: "tom" });
  expect((await look())?.what).toBe("the next waiting tickets");
  expect([await floor.holder(one.number), await floor.holder(two.number)]).toEqual(["tom", null]);
  const { pacedSince } = await prisma.agent.findUniqueOrThrow({ where: { id: "tom" } });
  await look();
  expect((await prisma.agent.findUniqueOrThrow({ where: { id: "tom" } })).pacedSince).toEqual(pacedSince);
});
