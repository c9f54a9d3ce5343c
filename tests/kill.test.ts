// What kill -9 may do to a worker, and may not do to a ticket.
import { check, readTeams } from "../bin/demo/check";
import { live, type Stage } from "../bin/demo/life";
import { play, sceneNames, type Scene } from "../bin/demo/scenes";
import { ticketWorkflowId } from "../workflows/messages";
import { TEST_KEYS } from "./support/keys";
import { aProduct, type TestProduct } from "./support/product";

const lives = 20;
/** Of the eighty steps that twenty lives take: some tickets are just opened then, some are about to close. */
const killAfterSteps = 40;

let product: TestProduct;
beforeAll(async () => (product = await aProduct()), 60_000);
afterAll(() => product.stop(), 60_000);

test("killed in the middle of twenty lives: each ends as it should, every event and every mail once", async () => {
  const numbers = await liveAll(async () => {
    product.worker.process.kill("SIGKILL");
    await product.startWorker();
  });
  const { workflow } = product.temporal.client;
  await Promise.all(numbers.map((number) => workflow.getHandle(ticketWorkflowId(number)).result()));

  expect(new Set(numbers).size).toBe(lives);
  const teams = await readTeams(product.desk, TEST_KEYS.auditor);
  for (const [index, number] of numbers.entries()) {
    const { wrong } = await check(product.desk, TEST_KEYS.auditor, teams, number, messageOf(index).text);
    expect(wrong).toEqual([]);
    expect(await commandsOf(number)).toEqual(commandsGiven(index));
  }
  await expectEveryMailOnce();
}, 300_000);

test.each(sceneNames)("%s, killed while it is told: it ends as it should", async (name) => {
  const scene: Scene = { name, text: "I ordered a week ago.", email: `${name.replace(" ", "-")}@example.test` };
  let restarted: Promise<unknown> | undefined;
  const number = await play(product.desk, TEST_KEYS, scene, () => {
    product.worker.process.kill("SIGKILL");
    restarted = product.startWorker();
  });
  await restarted;
  await product.temporal.client.workflow.getHandle(ticketWorkflowId(number)).result();
  const teams = await readTeams(product.desk, TEST_KEYS.auditor);
  expect((await check(product.desk, TEST_KEYS.auditor, teams, number, scene.text)).wrong).toEqual([]);
}, 240_000);

/** Twenty lives at once; `onMidway` runs while they go on. */
async function liveAll(onMidway: () => Promise<void>): Promise<readonly number[]> {
  let steps = 0;
  let midway: Promise<void> | undefined;
  const onStage = (_stage: Stage): void => {
    steps += 1;
    if (steps === killAfterSteps) midway = onMidway();
  };
  const numbers = await Promise.all(
    Array.from({ length: lives }, (_, index) => {
      const life = { index, message: messageOf(index), email: `customer-${index}@example.test` };
      return live(product.desk, TEST_KEYS.agent, life, onStage);
    }),
  );
  await midway;
  return numbers;
}

function messageOf(index: number) {
  return { subject: `Request ${index}`, text: `What I ask, number ${index}.`, language: undefined };
}

/** What people did, in order: every command that was answered stands in the journal, and stands there once. */
async function commandsOf(ticket: number): Promise<readonly string[]> {
  const where = { ticket, cause: { startsWith: "command:" } };
  const events = await product.database.prisma.event.findMany({ where, orderBy: { version: "asc" } });
  return events.map(({ kind }) => kind);
}

function commandsGiven(index: number): readonly string[] {
  const more = index % 3 === 0 ? ["requesterReplied", "replied"] : [];
  return ["replied", ...(index % 6 === 0 ? ["pended"] : []), ...more, "resolved", "closed"];
}

/**
 * A mail server's "accepted" and our note of it are two acts: a kill between them leaves a notice that must be sent
 * again, under the same Message-ID. So a copy needs a second attempt; a notice that was attempted once came once.
 */
async function expectEveryMailOnce(): Promise<void> {
  const copies = new Map<string, number>();
  for (const { headers } of product.mail.mails) {
    const id = headers["message-id"]?.replace(/^<|\.[a-z2-7]{16}@.*$/g, "") ?? "";
    copies.set(id, (copies.get(id) ?? 0) + 1);
  }
  const notices = await product.database.prisma.notice.findMany();
  for (const { id, state, attempts } of notices) {
    expect([id, state]).toEqual([id, "sent"]);
    expect(copies.get(id)).toBeGreaterThanOrEqual(1);
    expect(copies.get(id)).toBeLessThanOrEqual(attempts);
  }
  expect([...copies.keys()].sort()).toEqual(notices.map(({ id }) => id).sort());
}
