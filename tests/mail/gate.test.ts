// One gate for all workers: the circuit, the rate, and what Temporal shows of who waits.
import { MockActivityEnvironment } from "@temporalio/testing";
import { createTransport } from "../../activities/mail/transport";
import { eventually } from "../support/eventually";
import { MailServer } from "../support/mail";
import { aStoredTicket, anOwedNotice } from "./a-mail";
import { aSendStage } from "./a-send-stage";
import type { SendStage } from "./a-send-stage";

let stage: SendStage;
/** Mails per second. */
const rate = 10;
beforeAll(async () => (stage = await aSendStage(rate)));
beforeEach(() => stage.reset());
afterAll(() => stage.close());

async function waiting(count: number) {
  const { prisma } = stage.database;
  const owed = [];
  for (let made = 0; made < count; made += 1) {
    const number = await aStoredTicket(prisma);
    owed.push({ number, notice: await anOwedNotice(prisma, number) });
  }
  return owed;
}

type Failure = Error & { readonly nextRetryDelay?: number };

async function refused(sending: Promise<unknown>): Promise<Failure> {
  return (await sending.then(() => new Error("it was sent"), (error: unknown) => error)) as Failure;
}

test("mails leave no faster than the rate, whoever sends them", async () => {
  const owed = await waiting(12);
  const startedAt = Date.now();
  const results = await Promise.allSettled(owed.map(({ number, notice }) => stage.send(number, [notice])));
  expect(results.every(({ status }) => status === "fulfilled")).toBe(true);
  const times = stage.server.mails.map(({ receivedAt }) => receivedAt).sort((a, b) => a - b);
  expect((times.at(-1) ?? 0) - startedAt).toBeGreaterThanOrEqual(11 * 100 - 60);
});

test("whoever oversleeps, as on a machine that stood still, does not leave together with all the others", async () => {
  const owed = await waiting(20);
  const startedAt = Date.now();
  const sendings = Promise.allSettled(owed.map(({ number, notice }) => stage.send(number, [notice])));
  const handedOut = async (): Promise<boolean> => {
    const [last] = await stage.database.prisma.$queryRaw<{ slot: Date | null }[]>`SELECT max(next_slot) AS slot FROM mail_gates`;
    return (last?.slot?.getTime() ?? 0) >= startedAt + (owed.length / rate) * 1_000;
  };
  await eventually(handedOut);
  const before = stage.server.mails.length;
  standStill(3_500);
  const thawedAt = Date.now();
  expect((await sendings).every(({ status }) => status === "fulfilled")).toBe(true);
  expect(stage.server.mails).toHaveLength(owed.length);
  const atOnce = stage.server.mails.slice(before).filter(({ receivedAt }) => receivedAt < thawedAt + 500);
  expect(atOnce.length).toBeLessThanOrEqual(10);
});

function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

test("three failures open the circuit: the others ask nobody, and are told when to come back, one after another", async () => {
  const gone = await MailServer.start();
  const { url } = gone;
  await gone.stop();
  stage.use(createTransport(url));
  const owed = await waiting(30);
  for (const { number, notice } of owed.slice(0, 3)) await refused(stage.send(number, [notice]));
  const { prisma } = stage.database;
  const opened = await prisma.mailGate.findUniqueOrThrow({ where: { name: "server" } });
  expect(opened.openUntil?.getTime()).toBeGreaterThan(opened.failingSince?.getTime() ?? Infinity);
  // Longer than this test takes on the busiest machine.
  await prisma.mailGate.update({ where: { name: "server" }, data: { openUntil: new Date(Date.now() + 60_000) } });
  const told = [];
  for (const { number, notice } of owed.slice(3)) told.push(await refused(stage.send(number, [notice])));
  expect(told.every((failure) => /^The mail server has taken nothing since .* UTC: \d+ before it, looked at again at .* UTC\.$/.test(failure.message))).toBe(true);
  for (const { notice } of owed.slice(3)) expect(await stage.row(notice)).toMatchObject({ state: "queued", attempts: 0 });
  const delays = told.map(({ nextRetryDelay }) => nextRetryDelay ?? 0);
  expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(1_000);
  // It answers again: one tries, and closes the circuit for all.
  stage.use(createTransport(stage.server.url));
  // For a second it would let others try first, as it has been tried.
  await prisma.mailGate.update({ where: { name: "server" }, data: { openUntil: new Date(Date.now() - 1_000) } });
  const [oldest] = owed;
  expect(await stage.send(oldest?.number ?? 0, oldest === undefined ? [] : [oldest.notice])).toMatchObject([{ state: "sent" }]);
  expect(await prisma.mailGate.findUniqueOrThrow({ where: { name: "server" } })).toMatchObject({ failures: 0, openUntil: null, failingSince: null });
});

test("a mail at which the server breaks off lets another try when the pause is over", async () => {
  const { server, database } = stage;
  const { prisma } = database;
  const [poison, other] = await waiting(2);
  if (poison === undefined || other === undefined) throw new Error("nobody");
  server.fault = (at, about) => (at === "to" && about.startsWith(`${poison.number}.`) ? 421 : undefined);
  for (let attempt = 0; attempt < 3; attempt += 1) await refused(stage.send(poison.number, [poison.notice]));
  // Longer than this test takes on the busiest machine.
  await prisma.notice.update({ where: { id: poison.notice.id }, data: { attempts: 10 } });
  expect(await prisma.mailGate.findUniqueOrThrow({ where: { name: "server" } })).toMatchObject({ failures: 3 });
  await prisma.mailGate.update({ where: { name: "server" }, data: { openUntil: new Date(Date.now() - 1) } });
  expect((await refused(stage.send(poison.number, [poison.notice]))).nextRetryDelay).toBeGreaterThan(5_000);
  expect(await stage.row(poison.notice)).toMatchObject({ attempts: 10 });
  expect(await stage.send(other.number, [other.notice])).toMatchObject([{ state: "sent" }]);
});

test("one that dies while it tries holds mail up until it asks once more, and no longer", async () => {
  const { prisma } = stage.database;
  const [tries, waits] = await waiting(2);
  if (tries === undefined || waits === undefined) throw new Error("nobody");
  await prisma.mailGate.create({ data: { name: "server", failures: 3, openUntil: new Date(), failingSince: new Date() } });
  const sending = () => stage.send(tries.number, [tries.notice], new MockActivityEnvironment({ activityId: "tries" }));
  const real = createTransport(stage.server.url);
  let thaw = (): void => undefined;
  const frozen = new Promise<void>((resolve) => (thaw = resolve));
  const asked = new Promise<void>((resolve) =>
    stage.use({
      ...real,
      sendMail: async () => {
        resolve();
        await frozen;
        throw new Error("As the test wants it");
      },
    }),
  );
  const dead = sending().catch(() => undefined);
  await asked;
  stage.use(real);
  try {
    expect((await refused(stage.send(waits.number, [waits.notice]))).message).toMatch(/looked at again/);
    expect(await sending()).toMatchObject([{ state: "sent" }]);
    expect(await prisma.mailGate.findUniqueOrThrow({ where: { name: "server" } })).toMatchObject({ failures: 0, openUntil: null, trialBy: null });
  } finally {
    thaw();
    await dead;
  }
  expect(await stage.row(tries.notice)).toMatchObject({ state: "sent", attempts: 2 });
});

test("what is urgent does not stand behind what has waited", async () => {
  const { prisma } = stage.database;
  const owed = await waiting(60);
  await prisma.mailGate.create({ data: { name: "server", drainedAt: new Date(Date.now() + 60_000) } });
  const last = owed.at(-1);
  if (last === undefined) throw new Error("nobody");
  expect((await refused(stage.send(last.number, [last.notice]))).message).toMatch(/configured rate: \d+ before it/);
  expect(await stage.sendUrgently(last.number, [last.notice])).toMatchObject([{ state: "sent" }]);
});

test("a gate that can't be told keeps no taken mail from being noted: it leaves once", async () => {
  const { prisma } = stage.database;
  const [owed] = await waiting(1);
  if (owed === undefined) throw new Error("nobody");
  const real = createTransport(stage.server.url);
  const sendMail: typeof real.sendMail = async (mail) => {
    const taken = await real.sendMail(mail);
    await prisma.$executeRaw`ALTER TABLE mail_gates RENAME TO mail_gates_away`;
    return taken;
  };
  stage.use({ ...real, sendMail });
  const [sent] = await Promise.allSettled([stage.send(owed.number, [owed.notice])]);
  await prisma.$executeRaw`ALTER TABLE mail_gates_away RENAME TO mail_gates`;
  expect(sent).toMatchObject({ status: "fulfilled", value: [{ state: "sent" }] });
  expect(stage.server.mails).toHaveLength(1);
  real.close();
});
