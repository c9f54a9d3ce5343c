import { connect } from "node:net";
import type { Core } from "../../api/parts";
import { send } from "../../api/send";
import { commandView } from "../../contract/commands";
import { eventView, liveView, messageView, noticeView } from "../../contract/journal";
import { ticketView } from "../../contract/ticket";
import { eventually } from "../support/eventually";
import { TEST_KEYS } from "../support/keys";
import { aJourney } from "./a-journey";
import type { Journey } from "./a-journey";

let journey: Journey;
beforeAll(async () => void (journey = await aJourney()));
afterAll(() => journey.close());

const headers = (key: string) => ({ "idempotency-key": key });

test("a ticket is put to wait, taken up, solved and closed; each answer is the ticket as recorded", async () => {
  const number = await journey.aTicket();
  const steps = [
    ["priority", { priority: "high", reason: "The card is in wrong hands." }, "PUT", "open"],
    ["wait", { text: "Which card is it?", until: "2999-01-01T00:00:00+01:00" }, "POST", "pending"],
    ["resumption", {}, "POST", "open"],
    ["hold", { reason: "The bank has to answer." }, "POST", "on-hold"],
    ["resolution", { text: "A new card is on its way." }, "POST", "solved"],
    ["reopening", { reason: "It was not." }, "POST", "open"],
    ["resolution", {}, "POST", "solved"],
    ["closure", {}, "POST", "closed"],
  ] as const;
  for (const [what, body, method, status] of steps) {
    const answer = await journey.act(number, what, { method, body });
    expect([what, answer.status, answer.body.status]).toEqual([what, 200, status]);
    const { version } = await journey.desk.state(number);
    expect(ticketView.parse(answer.body)).toMatchObject({ number, version });
  }
  const { body } = await journey.api.call("GET", `/tickets/${number}/events?limit=200`, { as: "auditor" });
  const events = (body.items as unknown[]).map((item) => eventView.parse(item));
  expect(events.map(({ version }) => version)).toEqual(events.map((_event, index) => index + 1));
  expect(events.find(({ kind }) => kind === "prioritised")?.actor.kind).toBe("system");
  expect(events.filter(({ reason }) => reason !== null).map(({ reason }) => reason)).toEqual([
    "The card is in wrong hands.",
    "The bank has to answer.",
    "It was not.",
  ]);
});

test("whoever hangs up before their body has come has asked for nothing", async () => {
  const number = await journey.aTicket();
  const { host, hostname, port } = new URL(journey.api.url);
  const head = [
    `POST /api/v1/tickets/${number}/resolution HTTP/1.1`,
    `Host: ${host}`,
    `Authorization: Bearer ${TEST_KEYS.agent}`,
    "Idempotency-Key: cut-off",
    "Content-Type: application/json",
    "Content-Length: 17",
  ];
  const noticed = journey.api.hangUp();
  const socket = connect(Number(port), hostname);
  await new Promise((written) => socket.write(`${head.join("\r\n")}\r\n\r\n`, written));
  socket.destroy();
  await noticed;
  const { status } = await journey.act(number, "resolution", { headers: headers("cut-off"), body: { text: "Done." } });
  expect(status).toBe(200);
});

test("409 when already closed; nothing is recorded", async () => {
  const number = await journey.aTicket({ status: "closed" });
  const before = await journey.desk.journal(number);
  for (const what of ["closure", "resolution", "resumption"]) {
    const { status, body } = await journey.act(number, what);
    expect([status, body.code, body.currentStatus]).toEqual([409, "ticket_closed", "closed"]);
  }
  expect(await journey.desk.journal(number)).toEqual(before);
});

test("a command that was done before its ticket closed is told as done, though its answer was lost and nobody is there to ask", async () => {
  const number = await journey.aTicket();
  const { body } = await journey.act(number, "resolution", { headers: headers("lost-answer") });
  await journey.act(number, "closure");
  await journey.desk.ended(number);
  const before = await journey.desk.journal(number);
  const { prisma, temporal } = journey.desk;
  const { bodySha256 } = await prisma.command.findUniqueOrThrow({ where: { scope_key: { scope: "staff:amara", key: "lost-answer" } } });
  // As the API goes on from a connection that broke: it had looked before the command was done.
  const by = { kind: "staff", id: "amara", role: "agent" } as const;
  const given = { key: "lost-answer", scope: "staff:amara", sha256: bodySha256, by, notAfter: Date.now() + 5_000, ifVersion: null };
  const parts = { prisma, temporal } as Core;
  expect(await send(parts, "resolve", number, { ...given, args: { message: null } })).toBe(body.version);
  const otherwise = (other: Partial<typeof given>) => send(parts, "resolve", number, { ...given, ...other, args: { message: null } });
  await expect(otherwise({ sha256: "0".repeat(64) })).rejects.toMatchObject({ code: "key_reused" });
  await expect(otherwise({ key: "never-given" })).rejects.toMatchObject({ code: "ticket_closed" });
  expect(await journey.desk.journal(number)).toEqual(before);
});

test("409 with the current status for what is not possible in it", async () => {
  const number = await journey.aTicket();
  const { status, body } = await journey.act(number, "closure");
  expect([status, body.code, body.currentStatus]).toEqual([409, "not_allowed_now", "open"]);
});

test("409 when the requester has written since the version that was read", async () => {
  const number = await journey.aTicket();
  const { version } = await journey.ticket(number);
  const said = { text: "One more thing.", as: "requester" };
  expect((await journey.act(number, "messages", { body: said })).status).toBe(201);
  const { status, body } = await journey.act(number, "resolution", { body: { ifVersion: version } });
  expect([status, body.code]).toEqual([409, "requester_wrote"]);
});

test("422 for an instant that has passed", async () => {
  const number = await journey.aTicket();
  const { status, body } = await journey.act(number, "wait", { body: { until: "2001-01-01T00:00:00Z" } });
  expect([status, body.code, body.until]).toEqual([422, "instant_passed", "2001-01-01T00:00:00.000Z"]);
});

test("the same key gets the same answer for ever, whatever has happened since; with another body 422", async () => {
  const number = await journey.aTicket();
  const first = await journey.act(number, "resolution", { headers: headers("solve-it"), body: { text: "Done." } });
  await journey.act(number, "reopening", { body: { reason: "Not done." } });
  const again = await journey.act(number, "resolution", { headers: headers("solve-it"), body: { text: "Done." } });
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(again.body).toEqual(first.body);
  expect((await journey.ticket(number)).status).toBe("open");

  const different = { headers: headers("solve-it"), body: { text: "Really done." } };
  const other = await journey.act(number, "resolution", different);
  expect([other.status, other.body.code]).toEqual([422, "key_reused"]);
  const { body } = await journey.api.call("GET", "/commands/solve-it");
  const done = { state: "done", verb: "resolve", ticket: number, version: first.body.version };
  expect(commandView.parse(body)).toMatchObject(done);
});

test("a refused command may be tried again under its key", async () => {
  const number = await journey.aTicket();
  expect((await journey.act(number, "closure", { headers: headers("close-it") })).status).toBe(409);
  await journey.act(number, "resolution");
  expect((await journey.act(number, "closure", { headers: headers("close-it") })).status).toBe(200);
});

test("who assigns beyond a capacity is warned, and warned again when asking again", async () => {
  await journey.desk.prisma.agent.update({ where: { id: "ingrid" }, data: { capacity: 0 } });
  const number = await journey.aTicket();
  const call = { method: "PUT", body: { agent: "ingrid" }, headers: headers("to-ingrid") };
  const first = await journey.act(number, "assignee", call);
  expect([first.status, first.body.assignee, first.body.warnings]).toEqual([200, "ingrid", ["over_capacity"]]);
  expect((await journey.act(number, "assignee", call)).body).toEqual(first.body);
  const unassigned = await journey.act(number, "assignee", { method: "DELETE" });
  expect([unassigned.status, unassigned.body.assignee, unassigned.body.status]).toEqual([200, null, "open"]);
  const again = await journey.act(number, "assignee", { method: "DELETE" });
  expect([again.status, again.body.code]).toEqual([409, "nobody_assigned"]);
});

test("recategorising a ticket that somebody has moves it to no other team", async () => {
  const number = await journey.aTicket();
  const { team } = await journey.ticket(number);
  const category = await journey.desk.prisma.category.findFirstOrThrow({ where: { NOT: { teamId: team } } });
  const { status, body } = await journey.act(number, "category", { method: "PUT", body: { category: category.id } });
  expect([status, body.category, body.team]).toEqual([200, category.id, team]);
});

test("messages are answered as they are read; a note is staff's alone", async () => {
  const number = await journey.aTicket();
  const note = await journey.act(number, "messages", { body: { text: "Sounds upset.", visibility: "internal" } });
  const reply = await journey.act(number, "messages", { body: { text: "We look into it." } });
  expect([note.status, reply.status]).toEqual([201, 201]);
  const author = { kind: "staff", id: "amara" };
  expect(messageView.parse(reply.body)).toMatchObject({ ticket: number, author, visibility: "public" });
  expect((await journey.messages(number)).slice(1)).toEqual([note.body, reply.body]);
});

test("a closed ticket is reopened by a lead with a reason, and by nobody else", async () => {
  const number = await journey.aTicket({ status: "closed" });
  const body = { reason: "Closed by mistake." };
  const refused = await journey.act(number, "reopening", { body });
  expect([refused.status, refused.body.code]).toEqual([409, "ticket_closed"]);
  const reopened = await journey.act(number, "reopening", { as: "lead", body });
  expect([reopened.status, reopened.body.status]).toEqual([200, "open"]);
  expect((await journey.act(number, "resolution")).status).toBe(200);
});

test("of many commands at once each is done, refused with 429, or told of by its key; no other is recorded", async () => {
  const number = await journey.aTicket();
  const before = (await journey.messages(number)).length;
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) => journey.act(number, "messages", { body: { text: `Note ${index}` } })),
  );
  const having = (status: number) => answers.filter((answer) => answer.status === status);
  const unknown = having(503);
  expect(having(201).length + having(429).length + unknown.length).toBe(30);
  expect(having(429).every(({ headers }) => headers.has("retry-after"))).toBe(true);
  const outcomes = await Promise.all(unknown.map(({ body }) => settledOutcome(body.key as string)));
  const done = having(201).length + outcomes.filter((state) => state === "done").length;
  expect((await journey.messages(number)).length - before).toBe(done);
});

async function settledOutcome(key: string): Promise<unknown> {
  return await eventually(async () => (await journey.api.call("GET", `/commands/${key}`)).body.state, (state) => state !== "pending");
}

test("a ticket's own answer: what happens next and what is still to be sent", async () => {
  const number = await journey.aTicket();
  const { body } = await journey.api.call("GET", `/tickets/${number}/live`);
  const own = liveView.parse(body);
  expect(own).toMatchObject({ stale: false, status: "open", epoch: 1, stuck: null });
  expect(own.next?.at).toMatch(/Z$/);
});

describe("notices", () => {
  test("read with state and recipient; one that was sent is not sent again", async () => {
    const number = await journey.aTicket();
    const { desk } = journey;
    await journey.act(number, "resolution");
    await desk.until(number, ({ solution }) => typeof solution?.sentAt === "number");
    const { body } = await journey.api.call("GET", `/tickets/${number}/notices`);
    const notices = (body.items as unknown[]).map((item) => noticeView.parse(item));
    const solved = notices.find(({ template }) => template === "solved");
    expect(solved).toMatchObject({ state: "sent", recipient: { kind: "requester", email: "kari@customer.example" } });
    const again = await journey.api.call("POST", `/notices/${solved?.id}/retry`);
    expect([again.status, again.body.code]).toEqual([409, "not_allowed_now"]);
  });

  test("404 for none", async () => {
    expect((await journey.api.call("POST", "/notices/none/retry")).status).toBe(404);
  });

  test.each(["open", "closed"] as const)("one that failed is sent on request: %s ticket", async (status) => {
    const { mail } = journey.desk;
    const email = `refused-${status}@customer.example`;
    mail.fault = (stage, about) => (stage === "to" && about === email ? 550 : undefined);
    const notice = await failedNotice(await journey.aTicket({ status, email }));
    mail.fault = () => undefined;
    const retry = () => journey.api.call("POST", `/notices/${notice.id}/retry`, { headers: headers(`once-more-${status}`) });
    expect((await retry()).status).toBe(200);
    await mail.waitFor((mails) => mails.find(({ to }) => to.includes(email)));
    expect((await retry()).status).toBe(200);
  });
});

async function failedNotice(ticket: number): Promise<{ id: string }> {
  return await eventually(() => journey.desk.prisma.notice.findFirst({ where: { ticket, state: "failed" } }));
}

test("503 while no worker is there; the key tells that nothing was done", async () => {
  const number = await journey.aTicket();
  const before = await journey.desk.journal(number);
  await journey.desk.stopWorker();
  const startedAt = performance.now();
  const { status, body } = await journey.act(number, "resolution", { headers: headers("nobody-there") });
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect([status, body.code, body.key]).toEqual([503, "unavailable", "nobody-there"]);
  const scope_key = { scope: "staff:amara", key: "nobody-there" };
  await journey.desk.prisma.command.update({ where: { scope_key }, data: { notAfter: new Date(0) } });
  expect((await journey.api.call("GET", "/commands/nobody-there")).body.state).toBe("none");
  await journey.desk.startWorker();
  expect(await journey.desk.journal(number)).toEqual(before);
});

describe("a team whose replies may be taken back", () => {
  const undo = async (undoMs: number) => void (await journey.desk.prisma.team.updateMany({ data: { undoMs } }));
  afterAll(async () => await undo(0));

  test("taken back, the requester never hears of it, and 409 afterwards; repeated, it is the same answer", async () => {
    await undo(600_000);
    const email = "undo-1@customer.example";
    const number = await journey.aTicket({ email });
    const call = { headers: headers("undo-once"), body: { text: "It left on Mnday." } };
    const said = await journey.act(number, "messages", call);
    expect(said.status).toBe(201);
    const { id, leavesAt } = messageView.parse(said.body);
    expect(Date.parse(leavesAt ?? "")).toBeGreaterThan(Date.now() + 500_000);
    expect((await journey.act(number, "messages", call)).body).toEqual(said.body);
    expect((await journey.act(number, "outgoing-replies", { method: "GET" })).body.items).toEqual([said.body]);
    expect((await journey.messages(number)).map(({ text }) => text)).not.toContain("It left on Mnday.");
    expect((await journey.api.call("GET", `/tickets/${number}/live`)).body).toMatchObject({ next: { what: expect.stringContaining("unless it is taken back") } });
    expect((await journey.act(number, `messages/${id}/withdrawal`, { as: "auditor" })).status).toBe(403);
    expect((await journey.act(number, `messages/${id}/withdrawal`)).status).toBe(200);
    expect((await journey.act(number, `messages/${id}/withdrawal`)).body).toMatchObject({ status: 409, code: "no_such_message" });
    expect((await journey.act(number, "outgoing-replies", { method: "GET" })).body.items).toEqual([]);
    await journey.act(number, "resolution", { body: { text: "It left on Monday." } });
    const mails = await journey.desk.mail.waitForMailsTo(email, 2);
    expect(mails.map(({ text }) => text).join()).toContain("It left on Monday.");
    expect(mails.map(({ text }) => text).join()).not.toContain("Mnday");
    const kinds = await journey.desk.journal(number);
    expect(kinds.filter((kind) => ["replyDelayed", "replyWithdrawn", "replied", "resolved"].includes(kind))).toEqual(["replyDelayed", "replyWithdrawn", "resolved"]);
  });

  test("nobody reads that it is solved before the reply that waits; the reply then can't be taken back", async () => {
    await undo(600_000);
    const email = "undo-2@customer.example";
    const number = await journey.aTicket({ email });
    const { id } = (await journey.act(number, "messages", { body: { text: "Restart the router." } })).body as { id: string };
    await journey.act(number, "resolution");
    const mails = await journey.desk.mail.waitForMailsTo(email, 3);
    const [reply, solved] = mails.slice(-2);
    expect(reply?.text).toContain("Restart the router.");
    expect(solved?.text).not.toContain("Restart the router.");
    expect((await journey.act(number, `messages/${id}/withdrawal`)).body).toMatchObject({ status: 409, code: "no_such_message" });
  });

  test("left alone it leaves when its time is over; the wait stands in the Temporal UI", async () => {
    await undo(1_500);
    const email = "undo-3@customer.example";
    const number = await journey.aTicket({ email });
    const { leavesAt } = (await journey.act(number, "messages", { body: { text: "Restart the modem." } })).body as { leavesAt: string };
    const mail = (await journey.desk.mail.waitForMailsTo(email, 2)).at(-1);
    expect(mail?.text).toContain("Restart the modem.");
    expect(mail?.receivedAt).toBeGreaterThanOrEqual(Date.parse(leavesAt));
    expect((await journey.messages(number)).at(-1)).toMatchObject({ text: "Restart the modem.", author: { kind: "staff" }, leavesAt: null });
    const { events } = await journey.desk.namespace.client.workflow.getHandle(`ticket:${number}`).fetchHistory();
    const summaries = (events ?? []).filter(({ timerStartedEventAttributes: timer }) => timer !== null && timer !== undefined).map(({ userMetadata }) => Buffer.from(userMetadata?.summary?.data ?? []).toString());
    expect(summaries.join("\n")).toMatch(/Send the reply to the requester in .* unless it is taken back/);
  });
});
