// Many tickets against few people, all at once, while people come and go. The bench does it with five hundred.
import { crowd } from "../../bench/dispatch/crowd";
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
