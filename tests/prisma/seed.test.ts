// What a new installation begins with, on a real Postgres.
import { createHash } from "node:crypto";
import type { Policy } from "../../domain/simple-policy";
import { shortestMs } from "../../domain/simple-policy";
import { firstMatch } from "../../domain/rules";
import type { Rule } from "../../domain/rules";
import { channels, ticketTypes } from "../../domain/words";
import { seed } from "../../prisma/seed";
import { standard } from "../../prisma/seed/policy";
import { aDatabase, type TestDatabase } from "../support/database";
import { TEST_KEYS } from "../support/keys";

let database: TestDatabase;
// The template that every test database is copied from is seeded already.
beforeAll(async () => (database = await aDatabase()));
afterAll(() => database.drop());

describe("people", () => {
  test("every team has members, a lead and a manager, and one takes what no rule knows", async () => {
    const teams = await database.prisma.team.findMany({ include: { members: true, lead: true, manager: true } });
    expect(teams).toHaveLength(5);
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
    expect(holder?.agent.teams).toHaveLength(5);
  });
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

test("the policy is one that tickets can pin: every duration is long enough", () => {
  const policy: Policy = standard;
  const durations = [
    ...Object.values(policy.firstResponseMs),
    ...Object.values(policy.resolutionMs),
    policy.managerAfterMs,
    policy.autoCloseMs,
    policy.acknowledgeAfterMs,
  ];
  for (const duration of durations) expect(duration).toBeGreaterThanOrEqual(shortestMs);
  expect(policy.matrix.high.high).toBe("urgent");
  expect(policy.matrix.medium.medium).toBe("normal");
});

test("seeded again, nothing that an admin has changed, retired or removed comes back", async () => {
  const { prisma } = database;
  await prisma.agent.update({ where: { id: "mina" }, data: { capacity: 3, present: false } });
  await prisma.rule.update({ where: { id: "lost-card:1" }, data: { retiredAt: new Date() } });
  await prisma.apiKey.updateMany({ where: { agentId: "greta" }, data: { revokedAt: new Date() } });
  await prisma.teamMember.deleteMany({ where: { agentId: "henrik", teamId: "billing" } });
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
    policies: await prisma.policy.findMany(),
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
