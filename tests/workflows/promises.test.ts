// How the promises are kept when processes end at the wrong moment and stores disagree: each case is brought about on real parts.
import { randomUUID } from "node:crypto";
import { rebear } from "../../relay/rebirth";
import { startUnstarted } from "../../relay/sweeps";
import { repair } from "../../workflows/messages";
import { aDesk, ingrid } from "../support/desk";
import type { Desk } from "../support/desk";
import { eventually } from "../support/eventually";

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
  await desk.startWorker();
});
afterAll(async () => await desk.close());

test("what follows a command by itself does not put off the look at its ticket", async () => {
  const number = await desk.openAssigned();
  await desk.command(number, "resolve", { message: null });
  await desk.until(number, ({ solution }) => typeof solution?.sentAt === "number");
  const { lookAt, updatedAt } = await desk.row(number);
  expect((lookAt?.getTime() ?? Infinity) - updatedAt.getTime()).toBeLessThanOrEqual(10_000);
});

test("a command that could not be recorded before its notAfter has no effect, and what came after it stands", async () => {
  const number = await desk.openAssigned();
  const { version } = await desk.state(number);
  const [tooLate, early] = [await desk.draft(number, "Too late."), await desk.draft(number, "In time.")];
  let asked: Promise<[string, { version: number }]> | undefined;
  await desk.prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM tickets WHERE number = ${number} FOR NO KEY UPDATE`;
    const notAfter = Date.now() + 800;
    asked = Promise.all([
      desk.refusal(desk.command(number, "note", { message: tooLate }, { notAfter })),
      desk.command(number, "note", { message: early }, { notAfter: notAfter + 60_000 }),
    ]);
    await eventually(() => recordsWait(notAfter));
  }, { timeout: 60_000 });
  const [late, inTime] = await asked!;
  expect(late).toBe("expired");
  expect(inTime).toEqual({ version: version + 1 });
});

/** Whether a record stands before a locked row, and by Postgres's clock it is later than that. */
async function recordsWait(instant: number): Promise<boolean> {
  const [row] = await desk.prisma.$queryRaw<{ wait: boolean }[]>`
    SELECT clock_timestamp() > ${new Date(instant)} AND EXISTS (
      SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS wait`;
  return row!.wait;
}

test("one key on two tickets has an effect on one of them only", async () => {
  const [one, other] = await Promise.all([desk.openAssigned(), desk.openAssigned()]);
  await desk.command(one, "hold", { reason: null, until: null }, { key: "shared" });
  expect(await desk.refusal(desk.command(other, "hold", { reason: null, until: null }, { key: "shared" }))).toBe("key_reused");
  expect((await desk.row(other)).status).toBe("open");
});

test("a record that can never succeed parks the ticket; commands are refused as stuck; repair goes on from there", async () => {
  const number = await desk.openAssigned();
  const missing = { id: randomUUID(), sha256: "0".repeat(64) };
  const parked = desk.refusal(desk.command(number, "note", { message: missing }, { notAfter: Date.now() + 60_000 }));
  expect(await parked).toBe("stuck");
  expect((await desk.row(number)).stuck).toContain("record");
  expect((await desk.live(number)).stuck).toContain("record");
  expect(await desk.refusal(desk.command(number, "resolve", { message: null }))).toBe("stuck");
  const data = { ...missing, ticket: number, text: "Here.", visibility: "internal", authorKind: "staff", authorId: "amara" };
  await desk.prisma.message.create({ data });
  await desk.namespace.client.workflow.getHandle(`ticket:${number}`).executeUpdate(repair, { args: [{ by: ingrid }] });
  await desk.command(number, "resolve", { message: null });
  expect((await desk.row(number)).stuck).toBeNull();
  expect((await desk.journal(number)).slice(-2)).toEqual(["noted", "resolved"]);
});

test("a run that another has replaced writes nothing, and ends", async () => {
  const number = await desk.openAssigned();
  const before = await desk.journal(number);
  await desk.prisma.ticket.update({ where: { number }, data: { epoch: 7 } });
  await expect(desk.command(number, "hold", { reason: null, until: null })).rejects.toThrow();
  await expect(desk.ended(number)).rejects.toThrow();
  expect(await desk.journal(number)).toEqual(before);
});

test("a ticket whose workflow was terminated is born again from its record and goes on, owing what it owed", async () => {
  desk.mail.fault = (stage) => (stage === "connect" ? 421 : undefined);
  const number = await desk.openAssigned();
  const handle = desk.namespace.client.workflow.getHandle(`ticket:${number}`);
  await handle.terminate("an operator's mistake");
  desk.mail.fault = () => undefined;
  // Temporal's list of running tickets may still hold it for a moment: the sweep comes again.
  await eventually(async () => {
    await rebear(desk.relay());
    return (await handle.describe()).status.name;
  }, (status) => status === "RUNNING");
  await desk.command(number, "resolve", { message: null });
  expect(await desk.row(number)).toMatchObject({ epoch: 2, status: "solved" });
  await desk.until(number, ({ solution }) => typeof solution?.sentAt === "number");
  // What the ended run had in hand just then is let go first.
  const owed = { where: { ticket: number, state: { not: "sent" } } };
  await eventually(() => desk.prisma.notice.count(owed), (count) => count === 0);
});

test("a command that comes before anybody has looked at the ticket follows its opening, sorting and assignment", async () => {
  await desk.stopWorker();
  const number = await desk.open();
  await desk.exists(number);
  const resolved = desk.command(number, "resolve", { message: null }, { notAfter: Date.now() + 60_000 });
  await desk.startWorker();
  await resolved;
  expect((await desk.journal(number)).slice(0, 6)).toEqual(["opened", "categorised", "prioritised", "policyApplied", "assigned", "resolved"]);
});

test("what was accepted while Temporal's workers were away lives as soon as they are back", async () => {
  await desk.stopWorker();
  const numbers = await Promise.all(Array.from({ length: 5 }, () => desk.open()));
  await desk.startWorker();
  await Promise.all(numbers.map((number) => desk.until(number, ({ assignee }) => assignee !== null)));
});

test("what was accepted, and whose run ended before anything of it was recorded, lives once more", async () => {
  await desk.stopWorker();
  const number = await desk.open();
  const { workflow } = desk.namespace.client;
  await eventually(() => workflow.getHandle(`ticket:${number}`).terminate("for the test").catch(() => null));
  await desk.startWorker();
  await desk.until(number, ({ createdAt }) => Date.now() > createdAt + 1_500);
  await startUnstarted(desk.relay());
  await desk.until(number, ({ assignee }) => assignee !== null);
});

test("a record builds on the row as it stands, though the worker remembers another state of the same version", async () => {
  const number = await desk.openAssigned();
  await desk.command(number, "note", { message: await desk.draft(number, "Remembered.") });
  await desk.prisma.$executeRaw`
    UPDATE tickets SET state = jsonb_set(state, '{ticket, category}', '"put-right"') WHERE number = ${number}`;
  await desk.command(number, "note", { message: await desk.draft(number, "Compared.") });
  expect((await desk.state(number)).category).toBe("put-right");
  expect((await desk.journal(number)).slice(-2)).toEqual(["noted", "noted"]);
});
