// Clocks on a real server with real timers of milliseconds.
import { aDesk, ingrid, urgently } from "../support/desk";
import type { Desk } from "../support/desk";

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
  await desk.startWorker();
  // The first ticket of a worker waits for it to warm up; what follows is measured in parts of a second.
  await desk.openAssigned();
});
afterAll(async () => await desk.close());

const ms = (value: number) => ({ urgent: value, high: value, normal: value, low: value });
const calm = { firstResponseMs: ms(9e8), resolutionMs: ms(9e8), managerAfterMs: 9e8, autoCloseMs: 9e8 };

test("a first response that is late: the assignee is reminded, the lead hears of the breach, then the manager; each once", async () => {
  const promisedMs = 60_000;
  await desk.promise({ ...calm, firstResponseMs: ms(promisedMs), managerAfterMs: 1_500 });
  const number = await desk.open();
  const { createdAt } = await desk.until(number, ({ assignee }) => assignee !== null);
  // However long that took: from here on it is short.
  const dueAt = Date.now() + 2_000;
  const reason = await desk.draft(number, "For the test.", ingrid, "reason");
  const drawnIn = { metric: "firstResponse", cycle: 1, creditMs: dueAt - createdAt - promisedMs, of: null, reason } as const;
  await desk.command(number, "correct", drawnIn, { by: ingrid });
  const ticket = await desk.until(number, ({ escalation }) => escalation === 2);
  const chain = (await desk.journal(number)).filter((kind) => ["reminded", "breached", "escalated"].includes(kind));
  expect(chain).toEqual(["reminded", "breached", "escalated", "escalated"]);
  expect(ticket.clocks.firstResponse.ongoing?.breach?.at).toBe(dueAt);
  const told = await desk.prisma.notice.findMany({ where: { ticket: number, template: { in: ["reminder", "escalation"] } }, orderBy: { version: "asc" } });
  const { leadId, managerId } = await desk.prisma.team.findUniqueOrThrow({ where: { id: ticket.team ?? "" } });
  expect(told.map(({ recipient }) => recipient)).toEqual([`agent:${ticket.assignee}`, `agent:${leadId}`, `agent:${managerId}`]);
  expect(await desk.row(number)).toMatchObject({ breached: true, escalation: 2 });
});

test("a reply in time: nobody is reminded of the first response", async () => {
  await desk.promise({ ...calm, firstResponseMs: ms(3_000), resolutionMs: ms(9e7) });
  const number = await desk.open();
  await desk.exists(number);
  await desk.command(number, "reply", { message: await desk.draft(number, "Here you are.") });
  const { clocks } = await desk.state(number);
  expect(clocks.firstResponse).toMatchObject({ ongoing: null, firstBreached: null });
  expect((await desk.live(number)).next?.what).toContain("resolution");
});

test("pending stops the resolution clock: what was left before is left after", async () => {
  await desk.promise({ ...calm, resolutionMs: ms(60_000) });
  const number = await desk.openAssigned();
  await desk.command(number, "wait", { message: null, reason: null, until: null });
  const paused = await desk.state(number);
  expect((await desk.row(number)).deadline?.getTime()).toBe(paused.createdAt + 9e8);
  await desk.command(number, "resume", {});
  const resumed = await desk.state(number);
  const pausedMs = resumed.updatedAt - paused.updatedAt;
  expect((await desk.row(number)).deadline?.getTime()).toBe(resumed.createdAt + 60_000 + pausedMs);
});

test("a wait with an instant ends by itself, and the assignee is told", async () => {
  await desk.promise(calm);
  const number = await desk.open();
  const { assignee } = await desk.until(number, (ticket) => ticket.assignee !== null);
  await desk.command(number, "hold", { reason: null, until: Date.now() + 300 });
  await desk.until(number, ({ status }) => status === "open");
  const told = await desk.prisma.notice.findMany({ where: { ticket: number, template: "resumed" } });
  expect(told.map(({ recipient }) => recipient)).toEqual([`agent:${assignee}`]);
});

test("a solved ticket is closed by itself, counted from the mail that said so", async () => {
  await desk.promise({ ...calm, autoCloseMs: 400 });
  const number = await desk.openAssigned();
  await desk.command(number, "resolve", { message: null });
  await desk.ended(number);
  const ticket = await desk.state(number);
  expect(ticket.status).toBe("closed");
  expect(ticket.updatedAt).toBeGreaterThanOrEqual((ticket.solution?.sentAt ?? Infinity) + 400);
});

test("never when that mail failed: staff are told instead", async () => {
  await desk.promise({ ...calm, autoCloseMs: 100 });
  const number = await desk.open({ sender: { email: "gone@example.test", name: null, language: "en" } });
  const { assignee } = await desk.until(number, (ticket) => ticket.assignee !== null);
  await desk.mail.waitForMailsTo("gone@example.test");
  desk.mail.fault = (stage, about) => (stage === "to" && about === "gone@example.test" ? 550 : undefined);
  await desk.command(number, "resolve", { message: null }, { by: ingrid });
  await desk.until(number, ({ solution }) => solution?.undelivered === true);
  desk.mail.fault = () => undefined;
  const told = await desk.prisma.notice.findMany({ where: { ticket: number, template: "undelivered" } });
  expect(told.map(({ recipient }) => recipient)).toEqual([`agent:${assignee}`]);
  expect((await desk.live(number)).next).toBeNull();
  const { solution } = await desk.state(number);
  await desk.command(number, "retryNotice", { notice: `${number}.${solution?.version}.1` });
  await desk.ended(number);
  expect((await desk.row(number)).status).toBe("closed");
});

test("who never answers is asked once more, then the ticket is solved without an answer; an answer in time ends it", async () => {
  await desk.promise({ ...calm, pending: { remindAfterMs: 1_000, solveAfterMs: 1_500 } });
  const [silent, answering] = await Promise.all([desk.open(), desk.open()]);
  await Promise.all([silent, answering].map((number) => desk.until(number, ({ assignee }) => assignee !== null)));
  for (const number of [silent, answering]) {
    await desk.command(number, "wait", { message: await desk.draft(number, "Which one?"), reason: null, until: null });
  }
  const asked = await desk.until(answering, ({ waiting }) => waiting?.stage === "reminded");
  expect(asked.status).toBe("pending");
  await desk.command(answering, "requesterReply", { message: await desk.draft(answering, "This one.") }, { by: await desk.requester(answering) });
  const solved = await desk.until(silent, ({ status }) => status === "solved");
  const events = await desk.prisma.event.findMany({ where: { ticket: silent }, orderBy: { version: "asc" } });
  const [reminded, resolved] = ["requesterReminded", "resolved"].map((kind) => events.find((event) => event.kind === kind));
  expect(resolved?.facts).toMatchObject({ how: "no answer" });
  // Each window counts from the mail before it, as it really left.
  const left = events.filter(({ kind }) => kind === "noticeSent").map(({ facts }) => (facts as { sentAt: number }).sentAt);
  expect((reminded?.at.getTime() ?? 0) - (left[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
  expect((resolved?.at.getTime() ?? 0) - (left[1] ?? 0)).toBeGreaterThanOrEqual(1_500);
  const told = await desk.prisma.notice.findMany({ where: { ticket: silent, recipient: "requester" }, orderBy: { version: "asc" } });
  expect(told.map(({ template }) => template)).toEqual(expect.arrayContaining(["pending", "still-waiting", "solved"]));
  expect(solved.solution).not.toBeNull();
  expect((await desk.state(answering)).status).toBe("open");
  expect((await desk.live(answering)).next?.what ?? "").not.toContain("unanswered");
});

test("what fell due while every worker was away happens at once on return, with its true instants", async () => {
  await desk.promise({ ...calm, firstResponseMs: ms(900), managerAfterMs: 100 });
  const number = await desk.open({ stated: urgently });
  await desk.until(number, ({ policy }) => policy !== null);
  await desk.stopWorker();
  const due = (await desk.state(number)).createdAt + 1_000;
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - Date.now())));
  await desk.startWorker();
  const ticket = await desk.until(number, ({ escalation }) => escalation === 2);
  expect(ticket.clocks.firstResponse.ongoing?.breach?.at).toBe(ticket.createdAt + 900);
});

test("a reply that comes after a target was missed unseen does not hide the breach", async () => {
  await desk.promise({ ...calm, firstResponseMs: ms(900), managerAfterMs: 60_000 });
  const number = await desk.open();
  await desk.until(number, ({ policy }) => policy !== null);
  await desk.stopWorker();
  const message = await desk.draft(number, "Sorry to be late.");
  const replied = desk.command(number, "reply", { message }, { notAfter: Date.now() + 60_000 });
  const due = (await desk.state(number)).createdAt + 1_000;
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - Date.now())));
  await desk.startWorker();
  await replied;
  expect((await desk.journal(number)).slice(-3)).toEqual(["breached", "escalated", "replied"]);
});

test("an acknowledgement goes out even when nobody is free, and says so only once", async () => {
  await desk.promise({ ...calm, acknowledgeAfterMs: 150 });
  await desk.team("deserted", {});
  const number = await desk.open({ subject: "deserted" });
  await desk.until(number, ({ acknowledgement }) => acknowledgement === "sent");
  expect(await desk.journal(number)).toEqual(["opened", "categorised", "prioritised", "policyApplied", "queued", "acknowledged"]);
});
