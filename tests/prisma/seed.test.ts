// What a new installation begins with, on a real Postgres.
import { createHash } from "node:crypto";
import { expand } from "../../calendars/expand";
import { merge } from "../../calendars/import/closure";
import { publicHolidays } from "../../calendars/import/public-holidays";
import { calendarView } from "../../contract/calendar";
import { newRaisingRules } from "../../contract/raising";
import { always } from "../../domain/calendar";
import type { Policy } from "../../domain/policy";
import { shortestMs } from "../../domain/policy";
import { policyFaults } from "../../domain/policy-faults";
import { ageingOf, raisesOf } from "../../domain/raising";
import type { RaisingRules } from "../../domain/raising";
import { firstMatch } from "../../domain/rules";
import type { Rule } from "../../domain/rules";
import { channels, ticketTypes } from "../../domain/words";
import { seed } from "../../prisma/seed";
import { policies } from "../../prisma/seed/policy";
import { aDatabase, type TestDatabase } from "../support/database";
import { TEST_KEYS } from "../support/keys";

let database: TestDatabase;
// The template that every test database is copied from is seeded already.
beforeAll(async () => (database = await aDatabase()));
afterAll(() => database.drop());

describe("people", () => {
  test("every team has members, a lead and a manager, and one takes what no rule knows", async () => {
    const teams = await database.prisma.team.findMany({ include: { members: true, lead: true, manager: true } });
    expect(teams).toHaveLength(6);
    for (const team of teams) {
      expect(team.members.length).toBeGreaterThan(1);
      expect([team.lead?.active, team.manager?.active]).toEqual([true, true]);
    }
    expect(teams.filter(({ triage }) => triage).map(({ id }) => id)).toEqual(["support"]);
  });

  test("the demo keys are kept as hashes, and the agent who holds one is a member of every team", async () => {
    const keys = await database.prisma.apiKey.findMany({ include: { agent: { include: { teams: true } } } });
    const roleOf = new Map(keys.map(({ hash, agent }) => [hash, agent.role]));
    for (const [role, key] of Object.entries(TEST_KEYS)) expect(roleOf.get(sha256(key))).toBe(role);
    const holder = keys.find(({ hash }) => hash === sha256(TEST_KEYS.agent));
    expect(holder?.agent.teams).toHaveLength(6);
  });
});

test("somebody is on leave from the first start on, and a colleague of every team of theirs stands in", async () => {
  const teamsOf = { include: { teams: true } } as const;
  const [leave, ...others] = await database.prisma.leave.findMany({ include: { agent: teamsOf } });
  expect(others).toEqual([]);
  expect(leave!.since.getTime()).toBeLessThanOrEqual(Date.now());
  expect(leave!.until.getTime()).toBeGreaterThan(Date.now());
  const substitute = await database.prisma.agent.findUniqueOrThrow({ where: { id: leave!.substituteId! }, ...teamsOf });
  const names = ({ teams }: { teams: { teamId: string }[] }) => teams.map(({ teamId }) => teamId).sort();
  expect(names(substitute)).toEqual(names(leave!.agent));
});

test.each(["Totalausfall seit heute früh", "Alt er nede!", "아무것도 안 돼요", "系统全部瘫痪了", "Nothing works any more"])("words of alarm: %s", async (text) => {
  const row = await database.prisma.raisingEdition.findFirstOrThrow({ where: { edition: 1 } });
  const rules = { ...(row.rules as object), edition: 1 } as unknown as RaisingRules;
  expect(newRaisingRules.safeParse(row.rules).error).toBeUndefined();
  expect(raisesOf(rules, { vip: false, text })).toMatchObject([{ rule: "alarm", what: "outage", to: "urgent" }]);
});

test("what grows old is raised, later than any promise is due: none is broken by it", async () => {
  const [{ rules }] = (await database.prisma.raisingEdition.findMany({ where: { edition: 1 } })) as unknown as [{ rules: RaisingRules }];
  const steps = ageingOf({ ...rules, edition: 1 })?.steps ?? [];
  expect(steps).toMatchObject([{ to: "high" }]);
  for (const { promise } of policies) {
    const longest = Math.max(...Object.values(promise.targets).flatMap(({ targetMs }) => Object.values<number | null>(targetMs).map((ms) => ms ?? 0)));
    expect(steps[0]?.afterMs).toBeGreaterThan(longest);
  }
});

describe("sorting", () => {
  test("every rule leads to a category and a team that are there, and types are words of the domain", async () => {
    const { prisma } = database;
    const categories = new Set((await prisma.category.findMany()).map(({ id }) => id));
    const teams = new Set((await prisma.team.findMany()).map(({ id }) => id));
    for (const rule of await prisma.rule.findMany()) {
      expect(categories).toContain(rule.categoryId);
      expect(teams).toContain(rule.teamId);
      expect(ticketTypes).toContain(rule.type);
    }
    expect(categories).toContain("uncategorised");
  });

  test.each([
    ["I lost my card on the train", "security"],
    ["Wo bleibt meine Rückerstattung?", "refund"],
    ["Jeg har glemt passordet", "login"],
    ["택배가 아직도 안 왔습니다", "order"],
    ["更新以后一打开就闪退", "malfunction"],
    ["What exchange rate do you use for cash withdrawals?", "exchange"],
    ["Refund my card payment, please", "refund"],
    ["Good morning!", undefined],
  ])("%s → %s", async (text, category) => {
    const request = { subject: "Hello", text, channel: channels[0], requesterDomain: "example.test" };
    expect(firstMatch(await seededRules(), request)?.category).toBe(category);
  });
});

test.each(policies.map(({ id, promise }) => [id, promise] as const))("the policy %s is one that tickets can pin", (id, promise) => {
  const policy = { id, edition: 1, ...promise } as unknown as Policy;
  expect(policyFaults(policy)).toEqual([]);
  for (const target of Object.values(policy.targets)) {
    const durations = [...Object.values(target.targetMs), ...target.escalation.map(({ afterMs }) => afterMs)];
    for (const duration of durations) expect(duration === null || duration === 0 || duration >= shortestMs).toBe(true);
  }
  expect(policy.matrix.high.high).toBe("urgent");
  expect(policy.matrix.medium.medium).toBe("normal");
});

test("every ticket finds a policy: the last one is for everybody", () => {
  expect(policies.at(-1)?.match).toEqual({});
});

describe("calendars", () => {
  const rowsOf = (calendarId: string) => database.prisma.calendarEdition.findMany({ where: { calendarId } });

  test.each(["oslo", "seoul", "on-call"])("%s is as the contract has it", async (id) => {
    const [row] = await rowsOf(id);
    const { name, edition, validFrom, by, at } = row!;
    const view = { id, name, edition, current: 1, validFrom, by, at: at.toISOString(), ...(row!.rules as object) };
    expect(calendarView.safeParse(view).error).toBeUndefined();
  });

  test.each([["oslo", "NO"], ["seoul", "KR"]])("%s closes on its country's public holidays", async (id, country) => {
    const rules = (await rowsOf(id))[0]!.rules as unknown as { holidays: { date: string; hours: unknown[] }[] };
    const imported = await publicHolidays({ country }, [2026, 2030]);
    const days = merge({ timeZone: "UTC", hours: {}, holidays: [] }, imported!.closures).added;
    expect(rules.holidays.filter(({ hours }) => hours.length === 0)).toEqual(days);
  });

  test("who is on call is so around the clock", async () => {
    const [row] = await rowsOf("on-call");
    const edition = { ...(row!.rules as object), edition: 1, validFrom: null } as Parameters<typeof expand>[0][number];
    expect(expand([edition], 0, 1)).toBe(always);
  });
});

test("seeded again, nothing that an admin has changed, retired or removed comes back", async () => {
  const { prisma } = database;
  await prisma.agent.update({ where: { id: "mina" }, data: { capacity: 3, present: false } });
  await prisma.rule.update({ where: { id: "lost-card:1" }, data: { retiredAt: new Date() } });
  await prisma.apiKey.updateMany({ where: { agentId: "greta" }, data: { revokedAt: new Date() } });
  await prisma.teamMember.deleteMany({ where: { agentId: "henrik", teamId: "billing" } });
  await prisma.leave.deleteMany();
  await prisma.raisingEdition.create({ data: { edition: 2, rules: {}, by: "staff:sofia" } });
  await prisma.calendar.update({ where: { id: "seoul" }, data: { retiredAt: new Date() } });
  await prisma.calendarEdition.create({ data: { calendarId: "oslo", edition: 2, name: "Oslo", rules: {}, by: "staff:sofia" } });
  const before = await everything();

  await Promise.all([seed(prisma, { demoKeys: TEST_KEYS }), seed(prisma)]);

  expect(await everything()).toEqual(before);
});

async function everything() {
  const { prisma } = database;
  return {
    agents: await prisma.agent.findMany({ orderBy: { id: "asc" } }),
    teams: await prisma.team.findMany({ orderBy: { id: "asc" } }),
    members: await prisma.teamMember.findMany({ orderBy: [{ teamId: "asc" }, { agentId: "asc" }] }),
    categories: await prisma.category.findMany({ orderBy: { id: "asc" } }),
    rules: await prisma.rule.findMany({ orderBy: { id: "asc" } }),
    leaves: await prisma.leave.findMany(),
    raising: await prisma.raisingEdition.findMany({ orderBy: { edition: "asc" } }),
    policies: await prisma.slaPolicyEdition.findMany(),
    calendars: await prisma.calendar.findMany({ orderBy: { id: "asc" }, include: { editions: { orderBy: { edition: "asc" } } } }),
    changes: await prisma.change.findMany({ orderBy: { id: "asc" } }),
    keys: await prisma.apiKey.findMany({ orderBy: { hash: "asc" } }),
  };
}

async function seededRules(): Promise<Rule[]> {
  const rows = await database.prisma.rule.findMany({ where: { retiredAt: null }, orderBy: { position: "asc" } });
  return rows.map(
    (row) => ({ ...row, category: row.categoryId, team: row.teamId }) as unknown as Rule,
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
