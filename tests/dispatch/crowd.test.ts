// Many tickets against few people, all at once, while people come and go. The bench does it with five hundred.
import { createChooseAssignee } from "../../activities/dispatch/choose";
import { crowd } from "../../bench/dispatch/crowd";
import { tickets } from "../../bench/dispatch/tickets";
import { inParallel } from "../../bin/demo/pool";
import { aDatabase } from "../support/database";
import type { TestDatabase } from "../support/database";

let database: TestDatabase;
beforeAll(async () => (database = await aDatabase()));
afterAll(() => database.drop());

test("no capacity is exceeded, no ticket is lost, nobody waits while somebody has room", async () => {
  const found = await crowd(database.prisma, { tickets: 60, agents: 4, capacity: 3, lanes: 16 });
  expect(found).toMatchObject({ solved: 60, exceeded: 0, starved: 0 });
  expect(found.inspections).toBeGreaterThan(0);
  expect(found.comings).toBeGreaterThan(0);
});

test("the same where they are asked, and some say no: nobody is asked for two at a time", async () => {
  const found = await crowd(database.prisma, { tickets: 40, agents: 4, capacity: 3, lanes: 16, asked: true });
  expect(found).toMatchObject({ solved: 40, exceeded: 0, askedTwice: 0, starved: 0 });
  expect(found.declined).toBeGreaterThan(0);
});

test("people of two teams, chosen for both at once: no capacity is exceeded, and who finds nobody waits in their own queue", async () => {
  const { prisma } = database;
  const [teams, ids] = [["left", "right"], ["una", "vic", "wim"]];
  await prisma.team.createMany({ data: teams.map((id) => ({ id, name: id })) });
  await prisma.agent.createMany({ data: ids.map((id) => ({ id, name: id, email: `${id}@shared.test`, role: "agent", capacity: 2, present: true })) });
  await prisma.teamMember.createMany({ data: teams.flatMap((teamId) => ids.map((agentId) => ({ teamId, agentId }))) });
  const choose = createChooseAssignee(prisma);
  const wish = { category: null, type: "question", priority: "normal", declined: [], lapsed: [], relaxed: false } as const;
  const numbers = await tickets(prisma, 16);
  // Six at a time: with more, a busy machine has no connection for the last of them in time.
  const chosen = await inParallel(numbers, 6, (number, at) =>
    choose({ number, epoch: 1, decision: `${number}-1-1`, team: teams[at % 2] ?? "", ...wish, since: Date.now() }),
  );
  const held = await prisma.reservation.groupBy({ by: ["agentId"], where: { agentId: { in: ids } }, _sum: { places: true } });
  expect(Object.fromEntries(held.map(({ agentId, _sum }) => [agentId, _sum.places]))).toEqual({ una: 2, vic: 2, wim: 2 });
  expect(chosen.filter(({ agent }) => agent !== null)).toHaveLength(6);
  expect(await prisma.waiter.count({ where: { ticket: { in: [...numbers] } } })).toBe(10);
  // Asked again under the same name, whoever has a place has the same one.
  const first = chosen.findIndex(({ agent }) => agent !== null);
  const again = { number: numbers[first] ?? 0, epoch: 1, decision: `${numbers[first]}-1-1`, team: teams[first % 2] ?? "", ...wish, since: Date.now() };
  expect(await choose(again)).toEqual(chosen[first]);
});
