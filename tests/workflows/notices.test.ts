// A person's notices on a real server: digests, quiet hours, and a run that ends when nothing waits.
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { weekdays, wallText } from "../../domain/opening-hours";
import { readerOptions, trialOptions } from "../../workflows/starts/errands";
import { aDesk } from "../support/desk";
import type { Desk } from "../support/desk";
import { eventually } from "../support/eventually";

const digestMs = 2_500;
let desk: Desk;
beforeAll(async () => {
  desk = await aDesk({ digestMs });
  await desk.startWorker();
});
afterAll(async () => await desk.close());

/** Somebody who gets every ticket whose subject holds their id. */
async function somebody(id: string): Promise<string> {
  await desk.team(id, { [id]: 10 });
  return `${id}@staff.test`;
}

async function noticesTo(id: string) {
  return await desk.prisma.notice.findMany({ where: { recipient: `agent:${id}` }, orderBy: [{ createdAt: "asc" }, { ticket: "asc" }] });
}

async function run(id: string) {
  const handle = desk.namespace.client.workflow.getHandle(readerOptions({ recipient: `agent:${id}` }).workflowId);
  await handle.result();
  return (await handle.fetchHistory()).events ?? [];
}

test("the first ticket is told at once, the next ones together", async () => {
  const address = await somebody("della");
  const first = await desk.open({ subject: "della" });
  await desk.mail.waitForMailsTo(address);
  const others = [await desk.open({ subject: "della" }), await desk.open({ subject: "della" })];
  for (const number of others) await desk.until(number, ({ assignee }) => assignee === "della");
  const [, digest] = await desk.mail.waitForMailsTo(address, 2);
  const [told, ...gathered] = await noticesTo("della");
  expect(told).toMatchObject({ ticket: first, heldUntil: null, state: "sent" });
  expect((digest?.receivedAt ?? 0) - (told?.sentAt?.getTime() ?? 0)).toBeGreaterThanOrEqual(digestMs);
  for (const number of others) expect(digest?.text).toContain(`#${number} della`);
  const events = await run("della");
  for (const { mail, heldBecause } of await noticesTo("della").then((rows) => rows.slice(1))) {
    expect({ mail, heldBecause }).toEqual({ mail: `digest.${gathered[0]?.id}`, heldBecause: "digest" });
  }
  // However often the mail server has put it off: what dies with its worker is begun again soon.
  for (const { activityTaskScheduledEventAttributes: activity } of events)
    if (activity) expect(Number(activity.retryPolicy?.maximumInterval?.seconds)).toBeLessThanOrEqual(30);
  // One timer for all of it, and nothing that polls.
  expect(events.filter(({ timerStartedEventAttributes: timer }) => timer !== null && timer !== undefined).length).toBeLessThanOrEqual(2);
});

test("in quiet hours staff are told of nothing but what wakes; then of all of it at once", async () => {
  const address = await somebody("quinn");
  const day = 86_400_000;
  const from = Date.now() % day;
  const until = Date.now() + 5_000;
  const tonight = [[wallText(from), wallText(from + until - Date.now())]];
  const quietHours = Object.fromEntries(weekdays.map((weekday) => [weekday, tonight]));
  await desk.prisma.agent.update({ where: { id: "quinn" }, data: { quietHours, timeZone: "UTC" } });
  const numbers = [await desk.open({ subject: "quinn" }), await desk.open({ subject: "quinn" })];
  for (const number of numbers) await desk.until(number, ({ assignee }) => assignee === "quinn");
  const alarm = { id: randomUUID(), ticket: numbers[0] ?? 0, version: 0, template: "escalation", recipient: "agent:quinn", wake: true };
  await desk.prisma.$transaction([
    desk.prisma.notice.create({ data: alarm }),
    desk.prisma.outbox.create({ data: { kind: "urgent", subject: "agent:quinn", payload: {} } }),
    desk.prisma.$executeRaw`SELECT pg_notify('perdura_outbox', '')`,
  ]);
  const [woken] = await desk.mail.waitForMailsTo(address);
  expect(woken?.headers["message-id"]).toContain(alarm.id);
  expect(woken?.receivedAt).toBeLessThan(until);
  // It stands behind no others: its queue is another.
  const urgent = desk.namespace.client.workflow.getHandle(readerOptions({ recipient: "agent:quinn", urgent: true }).workflowId);
  await urgent.result();
  const queues = ((await urgent.fetchHistory()).events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.taskQueue?.name ?? []);
  expect(queues).toEqual(["mail-urgent"]);
  const waiting = async () => (await noticesTo("quinn")).filter(({ wake }) => !wake);
  // Whoever tells of what wakes is not whoever tells of the rest, and may be the first to have looked.
  const held = await eventually(waiting, (notices) => notices.every(({ heldBecause }) => heldBecause !== null));
  expect(held.map(({ state, heldBecause }) => ({ state, heldBecause }))).toEqual([
    { state: "queued", heldBecause: "quiet-hours" },
    { state: "queued", heldBecause: "quiet-hours" },
  ]);
  expect(Math.abs((held[0]?.heldUntil?.getTime() ?? 0) - until)).toBeLessThan(50);
  const [, morning] = await desk.mail.waitForMailsTo(address, 2);
  expect(morning?.receivedAt).toBeGreaterThanOrEqual(held[0]?.heldUntil?.getTime() ?? Infinity);
  for (const number of numbers) expect(morning?.text).toContain(`#${number} quinn`);
  await run("quinn");
  expect(desk.mail.to(address)).toHaveLength(2);
});

test("a ticket ends without its staff having been told: that is their own workflow's duty", async () => {
  await somebody("wendy");
  const allDay = [["00:00", "24:00"]];
  await desk.prisma.agent.update({ where: { id: "wendy" }, data: { quietHours: Object.fromEntries(weekdays.map((day) => [day, allDay])) } });
  const number = await desk.open({ subject: "wendy" });
  await desk.until(number, ({ assignee }) => assignee === "wendy");
  await desk.command(number, "resolve", { message: null });
  await desk.command(number, "close", {});
  await desk.ended(number);
  const [notice] = await noticesTo("wendy");
  expect(notice).toMatchObject({ ticket: number, state: "queued" });
});

test("a webhook that never answers delays no mail and no other webhook; a trial says what came back", async () => {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(request.url ?? "");
    if (request.url !== "/silent") response.writeHead(202).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const number = await desk.openAssigned();
  for (const id of ["silent", "brisk"]) {
    const secret = desk.seals.seal(`whsec_${randomBytes(32).toString("base64")}`, id);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${id}`;
    await desk.prisma.webhook.create({ data: { id, url, secret } });
    const notice = { id: `${number}.1.${id}`, ticket: number, version: 1, template: "escalation", recipient: `webhook:${id}` };
    await desk.prisma.notice.create({ data: notice });
    await desk.prisma.outbox.create({ data: { kind: "webhook", subject: notice.id, payload: {} } });
  }
  const { client } = desk.namespace;
  const brisk = client.workflow.getHandle(`webhook:${number}.1.brisk`);
  await desk.startedWorkflow(brisk.workflowId);
  expect(await brisk.result()).toBe("sent");
  const trial = await client.workflow.execute("webhookTrial", trialOptions("brisk", randomUUID()));
  expect(trial).toMatchObject({ delivered: true, status: 202, error: null });
  await desk.command(number, "resolve", { message: null });
  await desk.until(number, ({ solution }) => solution?.sentAt !== null && solution !== null);
  expect(await desk.prisma.notice.findUniqueOrThrow({ where: { id: `${number}.1.silent` } })).toMatchObject({ state: "sending", attempts: 1 });
  expect(heard.filter((path) => path === "/silent")).toHaveLength(1);
  await client.workflow.getHandle(`webhook:${number}.1.silent`).terminate("The test is over");
  server.closeAllConnections();
  server.close();
});
