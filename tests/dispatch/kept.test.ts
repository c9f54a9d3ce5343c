// What a worker keeps of a team between decisions is what is there, whoever changed it and whenever they committed it.
import { randomUUID } from "node:crypto";
import { figuresOf } from "../../activities/dispatch/figures";
import { createKeptFigures, hasGoneBack } from "../../activities/dispatch/kept";
import { tickets } from "../../bench/dispatch/tickets";
import { forgetMoves } from "../../relay/sweeps";
import type { Prisma } from "../../prisma/client";
import { aDatabase } from "../support/database";
import type { TestDatabase } from "../support/database";

let database: TestDatabase;
beforeAll(async () => (database = await aDatabase()));
afterAll(() => database.drop());

type Tx = Prisma.TransactionClient;

/** What changes nothing now: a skill that nobody asks for, leaves that are not now, and the only results of a team, which are its mean. */
const unseen = new Set(["another skill beside", "a leave to come", "it is called off", "a result"]);

/** A team of three, and what a decision for a ticket of it reads: kept by two workers, and read as a whole. */
async function aTeam() {
  const { prisma } = database;
  const team = `kept-${randomUUID().slice(0, 8)}`;
  const [ada, bo, cy] = ["ada", "bo", "cy"].map((name) => `${team}-${name}`) as [string, string, string];
  const category = `${team}-cards`;
  await prisma.team.create({ data: { id: team, name: team, dispatch: { learns: true } } });
  await prisma.skill.createMany({ data: ["cards", "loans"].map((name) => ({ id: `${team}-${name}`, name })) });
  await prisma.agent.createMany({ data: [ada, bo, cy].map((id) => ({ id, name: id, email: `${id}@staff.test`, role: "agent", present: true })) });
  await prisma.teamMember.createMany({ data: [ada, bo, cy].map((agentId) => ({ teamId: team, agentId })) });
  const [number = 0, other = 0, third = 0] = await tickets(prisma, 3);
  const wish = { category, type: "question", priority: "normal", declined: [], lapsed: [], relaxed: false } as const;
  const sought = { number, team, ...wish };
  const workers = [createKeptFigures(), createKeptFigures()];
  const read = async (of: { figuresOf: (tx: Tx, asked: typeof sought) => ReturnType<typeof figuresOf> }) => {
    const { candidates, need } = await prisma.$transaction((tx) => of.figuresOf(tx, sought));
    // Results fade with each millisecond.
    const shown = candidates.map((one) => ({ ...one, performance: Math.round(1e4 * (one.performance ?? -1)) }));
    return { need, candidates: shown.sort((a, b) => (a.agent < b.agent ? -1 : 1)) };
  };
  const whole = () => read({ figuresOf });
  const agree = async () => {
    const there = await whole();
    for (const worker of workers) expect(await read(worker)).toEqual(there);
    return there;
  };
  return { prisma, team, ada, bo, cy, category, cards: `${team}-cards`, loans: `${team}-loans`, other, third, sought, workers, whole, agree };
}

test("each change of anybody's figures is seen by the next decision, in every worker", async () => {
  const { prisma, team, ada, bo, cy, category, cards, loans, other, third, agree } = await aTeam();
  const day = 86_400_000;
  const leave = randomUUID();
  const changes: readonly [what: string, change: () => Promise<unknown>][] = [
    ["somebody goes", () => prisma.agent.update({ where: { id: ada }, data: { present: false } })],
    ["another capacity", () => prisma.agent.update({ where: { id: bo }, data: { capacity: 9 } })],
    ["a new ticket lately", () => prisma.agent.update({ where: { id: bo }, data: { lastAssignedAt: new Date() } })],
    ["one more language", () => prisma.agent.update({ where: { id: cy }, data: { languages: ["nb"], language: "sv" } })],
    ["deactivated", () => prisma.agent.update({ where: { id: cy }, data: { active: false } })],
    ["active again", () => prisma.agent.update({ where: { id: cy }, data: { active: true } })],
    ["a skill is asked for", () => prisma.categorySkill.create({ data: { categoryId: category, skillId: cards, level: 2 } })],
    ["somebody learns it", () => prisma.agentSkill.create({ data: { agentId: ada, skillId: cards, level: 3 } })],
    ["a higher level", () => prisma.agentSkill.updateMany({ where: { agentId: ada }, data: { level: 5 } })],
    ["another skill beside", () => prisma.agentSkill.create({ data: { agentId: ada, skillId: loans, level: 1 } })],
    ["which is asked for, too", () => prisma.categorySkill.create({ data: { categoryId: category, skillId: loans, level: 1 } })],
    ["a skill forgotten", () => prisma.agentSkill.deleteMany({ where: { agentId: ada, skillId: cards } })],
    ["a leave", () => prisma.leave.create({ data: { id: leave, agentId: bo, since: new Date(Date.now() - day), until: new Date(Date.now() + day), by: "staff:ada" } })],
    ["it is over", () => prisma.leave.update({ where: { id: leave }, data: { until: new Date(Date.now() - 1) } })],
    ["a leave to come", () => prisma.leave.update({ where: { id: leave }, data: { since: new Date(Date.now() + day), until: new Date(Date.now() + 2 * day) } })],
    ["it is called off", () => prisma.leave.delete({ where: { id: leave } })],
    ["a place is taken", () => prisma.reservation.create({ data: { ticket: other, agentId: bo, places: 2 } })],
    ["an offer", () => prisma.reservation.create({ data: { ticket: third, agentId: cy, offered: true } })],
    ["it is accepted", () => prisma.reservation.update({ where: { ticket: third }, data: { offered: false } })],
    ["a heavier ticket", () => prisma.reservation.update({ where: { ticket: other }, data: { places: 3 } })],
    ["it goes to somebody else", () => prisma.reservation.update({ where: { ticket: other }, data: { agentId: ada } })],
    ["it is given up", () => prisma.reservation.delete({ where: { ticket: other } })],
    ["a result", () => prisma.result.create({ data: { agentId: bo, categoryId: category, at: new Date(), resolved: 30, logMs: 300, reopened: 9 } })],
    ["somebody else's", () => prisma.result.create({ data: { agentId: cy, categoryId: category, at: new Date(), resolved: 30, logMs: 500, reopened: 3 } })],
    ["a better one", () => prisma.result.update({ where: { agentId_categoryId: { agentId: bo, categoryId: category } }, data: { logMs: 200, reopened: 0 } })],
    ["somebody leaves the team", () => prisma.teamMember.delete({ where: { teamId_agentId: { teamId: team, agentId: cy } } })],
    ["and comes back", () => prisma.teamMember.create({ data: { teamId: team, agentId: cy } })],
    ["nothing is learned any more", () => prisma.team.update({ where: { id: team }, data: { dispatch: { learns: false } } })],
    ["and is again", () => prisma.team.update({ where: { id: team }, data: { dispatch: { learns: true } } })],
  ];
  let before = JSON.stringify(await agree());
  for (const [what, change] of changes) {
    await change();
    const now = JSON.stringify(await agree());
    // Else this test would hold where nothing is read again.
    if (!unseen.has(what)) expect([what, now === before]).toEqual([what, false]);
    before = now;
  }
});

test("a change that is made before a decision reads and committed after it is seen by the next one; so is what the decision itself changes", async () => {
  const { prisma, ada, bo, cy, sought, workers, whole, agree } = await aTeam();
  const [worker] = workers;
  await agree();
  let commit = (): void => undefined;
  let isMade = (): void => undefined;
  const made = new Promise<void>((resolve) => (isMade = resolve));
  const held = new Promise<void>((resolve) => (commit = resolve));
  const slow = prisma.$transaction(
    async (tx) => {
      await tx.agent.update({ where: { id: ada }, data: { capacity: 7 } });
      isMade();
      await held;
    },
    { timeout: 30_000 },
  );
  await made;
  // Later numbers than the slow one's are committed before it.
  await prisma.agent.update({ where: { id: bo }, data: { capacity: 8 } });
  expect((await agree()).candidates.map(({ capacity }) => capacity)).toEqual([5, 8, 5]);
  await prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM agents WHERE id = ${cy} FOR NO KEY UPDATE`;
    await prisma.agent.update({ where: { id: bo }, data: { capacity: 9 } });
    await worker?.figuresOf(tx, sought);
    await tx.agent.update({ where: { id: cy }, data: { capacity: 6 } });
  });
  expect((await agree()).candidates.map(({ capacity }) => capacity)).toEqual([5, 9, 6]);
  commit();
  await slow;
  expect((await agree()).candidates.map(({ capacity }) => capacity)).toEqual([7, 9, 6]);
  expect((await whole()).candidates).toHaveLength(3);
});

test.each([["9:12:", "9:12:", false], ["9:12:10,11", "12:13:", false], ["9:12:10", "9:11:", true], ["99:100:", "7:9:8", true]])(
  "from snapshot %s to %s, gone back: %p",
  (before, now, expected) => expect(hasGoneBack(before, now)).toBe(expected),
);

test("changes are kept for an hour", async () => {
  const { prisma, ada, agree } = await aTeam();
  await prisma.agentMove.updateMany({ where: { agentId: ada }, data: { at: new Date(Date.now() - 3_700_000) } });
  await prisma.agent.update({ where: { id: ada }, data: { capacity: 7 } });
  await forgetMoves({ prisma });
  expect(await prisma.agentMove.count({ where: { agentId: ada } })).toBe(1);
  await agree();
});
