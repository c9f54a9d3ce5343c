// Whole lives on real parts.
import { ticketWorkflowId } from "../../workflows/messages";
import { aDesk, ingrid } from "../support/desk";
import type { Desk } from "../support/desk";
import { eventually } from "../support/eventually";
import type { Fault } from "../support/mail";

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
  await desk.startWorker();
});
afterAll(async () => await desk.close());

const assigned = ({ assignee }: { assignee: string | null }): boolean => assignee !== null;

test("a ticket is opened, sorted, prioritised, assigned, answered, solved and closed, in at most 70 history events", async () => {
  const number = await desk.open();
  const allSent = async (count: number): Promise<void> => {
    await desk.mail.waitFor(() => desk.mail.mails.length >= count);
  };
  await allSent(2);
  await desk.command(number, "reply", { message: await desk.draft(number, "Under settings.") });
  await allSent(3);
  const by = await desk.requester(number);
  await desk.command(number, "requesterReply", { message: await desk.draft(number, "Thanks!", by) }, { by });
  await allSent(4);
  await desk.command(number, "resolve", { message: null });
  await desk.until(number, ({ solution }) => solution?.sentAt !== null && solution?.sentAt !== undefined);
  await desk.command(number, "close", {});
  await desk.ended(number);
  expect(await desk.journal(number)).toEqual([
    "opened",
    "categorised",
    "prioritised",
    "policyApplied",
    "assigned",
    "replied",
    "requesterReplied",
    "resolved",
    "noticeSent",
    "closed",
  ]);
  const { events } = await desk.namespace.client.workflow.getHandle(`ticket:${number}`).fetchHistory();
  // A task that waited too long for a busy worker is scheduled anew: two events which are this machine's, not the life's.
  const timedOut = events?.filter((event) => event.workflowTaskTimedOutEventAttributes).length ?? 0;
  expect((events?.length ?? 0) - 2 * timedOut).toBeLessThanOrEqual(70);
});

test("the requester is told once who has it", async () => {
  const number = await desk.open();
  const { assignee } = await desk.until(number, assigned);
  const { name } = await desk.prisma.agent.findUniqueOrThrow({ where: { id: assignee ?? "" } });
  const mail = await desk.mail.waitFor((mails) => mails.find(({ raw, to }) => raw.includes(`#${number}]`) && to[0]?.startsWith("kari")));
  expect(mail.text).toContain(name);
  const notices = await desk.prisma.notice.findMany({ where: { ticket: number, recipient: "requester" } });
  expect(notices.map(({ template }) => template)).toEqual(["acknowledgement"]);
});

test("a refused command leaves no trace in the journal nor in the history", async () => {
  const number = await desk.open();
  await desk.until(number, assigned);
  const before = await desk.journal(number);
  expect(await desk.refusal(desk.command(number, "close", {}))).toBe("not_allowed_now");
  expect(await desk.journal(number)).toEqual(before);
  const { events } = await desk.namespace.client.workflow.getHandle(`ticket:${number}`).fetchHistory();
  expect(events?.some(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) => accepted)).toBe(false);
});

test("a key given twice has one effect and the same answer; with another body it is refused", async () => {
  const number = await desk.open();
  await desk.until(number, assigned);
  const message = await desk.draft(number, "Once.");
  const answers = await Promise.all([
    desk.command(number, "note", { message }, { key: "once" }),
    desk.command(number, "note", { message }, { key: "once" }),
  ]);
  expect(answers[1]).toEqual(answers[0]);
  expect((await desk.journal(number)).filter((kind) => kind === "noted")).toHaveLength(1);
  expect(await desk.refusal(desk.command(number, "hold", { reason: null, until: null }, { key: "once" }))).toBe("key_reused");
});

test("a command past its notAfter is refused and never has an effect", async () => {
  const number = await desk.open();
  await desk.until(number, assigned);
  expect(await desk.refusal(desk.command(number, "resolve", { message: null }, { notAfter: Date.now() - 1 }))).toBe("expired");
  expect((await desk.row(number)).status).toBe("open");
});

test("a solved ticket is reopened by the requester's reply, and closed for good by their confirmation", async () => {
  const number = await desk.open();
  await desk.until(number, assigned);
  const by = await desk.requester(number);
  await desk.command(number, "resolve", { message: null });
  await desk.command(number, "requesterReply", { message: await desk.draft(number, "Not yet.", by) }, { by });
  expect((await desk.row(number)).status).toBe("open");
  await desk.command(number, "resolve", { message: await desk.draft(number, "Now it is.") });
  await desk.command(number, "confirm", {}, { by });
  await desk.ended(number);
  expect((await desk.row(number)).status).toBe("closed");
});

test("a refusal names the present status; ifVersion protects against the requester's words in between", async () => {
  const number = await desk.open();
  const { version } = await desk.until(number, assigned);
  const by = await desk.requester(number);
  await desk.command(number, "requesterReply", { message: await desk.draft(number, "One more thing.", by) }, { by });
  expect(await desk.refusal(desk.command(number, "resolve", { message: null }, { ifVersion: version }))).toBe("requester_wrote");
  await desk.command(number, "resolve", { message: null }, { ifVersion: version + 1 });
});

test("ten commands at once are all answered, in one order, without a gap", async () => {
  const number = await desk.open();
  await desk.until(number, assigned);
  const drafts = await Promise.all(Array.from({ length: 10 }, (_, at) => desk.draft(number, `Note ${at}`)));
  const answers = await Promise.all(drafts.map((message) => desk.command(number, "note", { message })));
  const versions = answers.map(({ version }) => version).sort((a, b) => a - b);
  expect(versions).toEqual(versions.map((_, at) => (versions[0] ?? 0) + at));
});

test("a notice asked for once more while the rest of its sending is under way goes out, and what came of the first try does not stop it", async () => {
  const email = "refused-once@example.test";
  const [acknowledgement, last] = [aGate(), aGate()];
  const answers: ReturnType<Fault>[] = [acknowledgement.opened, 550, last.opened];
  desk.mail.fault = (stage, about) => (stage === "to" && about === email ? answers.shift() : undefined);
  const number = await desk.open({ sender: { email, name: "Kari", language: "en" } });
  await desk.until(number, assigned);
  for (const text of ["Refused.", "Taken."]) await desk.command(number, "reply", { message: await desk.draft(number, text) });
  acknowledgement.open();
  const { id } = await theFailedNotice(number);
  await desk.command(number, "retryNotice", { notice: id });
  last.open();
  const mails = await desk.mail.waitForMailsTo(email, 3);
  expect(mails.slice(1).map(({ text }) => /Refused|Taken/u.exec(text)?.[0])).toEqual(["Taken", "Refused"]);
});

function aGate() {
  let open = (): void => undefined;
  const opened = new Promise<undefined>((resolve) => {
    open = () => resolve(undefined);
  });
  return { opened, open };
}

async function theFailedNotice(ticket: number) {
  return await eventually(() => desk.prisma.notice.findFirst({ where: { ticket, state: "failed" } }));
}

test("a Postgres that refuses at once is tried for a second, then waited for in sight: one event, however long it lasts", async () => {
  const number = await desk.open();
  await desk.until(number, assigned);
  const { prisma } = desk.database;
  await prisma.$executeRaw`
    CREATE FUNCTION refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.kind = 'noted' THEN RAISE EXCEPTION 'not now' USING ERRCODE = 'cannot_connect_now'; END IF;
      RETURN NEW;
    END $$`;
  await prisma.$executeRaw`CREATE TRIGGER refuses BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION refuses()`;
  const noted = desk.command(number, "note", { message: await desk.draft(number, "Not now.") }, { notAfter: Date.now() + 60_000 });
  const handle = desk.namespace.client.workflow.getHandle(ticketWorkflowId(number));
  try {
    const waits = async () => ((await handle.describe()).raw.pendingActivities ?? []).some(({ activityType }) => activityType?.name === "record");
    await eventually(waits, undefined, { withinMs: 20_000 });
  } finally {
    await prisma.$executeRaw`DROP TRIGGER refuses ON events`;
  }
  await noted;
  expect(await desk.journal(number)).toContain("noted");
});

test("a long life goes on through continue-as-new: nothing is lost, doubled or out of order", async () => {
  const email = "kari@long-lives.test";
  const number = await desk.open({ sender: { email, name: "Kari", language: "en" } });
  await desk.until(number, assigned);
  for (let at = 0; at < 24; at += 1) {
    await desk.command(number, "reply", { message: await desk.draft(number, `Reply ${at}.`) });
  }
  await desk.command(number, "resolve", { message: null });
  await desk.until(number, ({ solution }) => typeof solution?.sentAt === "number");
  await desk.command(number, "close", {}, { by: ingrid });
  await desk.ended(number);
  expect((await desk.journal(number)).filter((kind) => kind === "replied")).toHaveLength(24);
  const runs = new Set<string>();
  for await (const { runId } of desk.namespace.client.workflow.list({ query: `WorkflowId = "ticket:${number}"` })) runs.add(runId);
  expect(runs.size).toBeGreaterThan(1);
  const replies = desk.mail.to(email).filter(({ raw }) => /Reply \d+\./u.test(raw));
  expect(replies.map(({ raw }) => /Reply (\d+)\./u.exec(raw)?.[1])).toEqual(Array.from({ length: 24 }, (_, at) => String(at)));
});

test("a mailing that fails at the moment when its run is carried on is for the next run", async () => {
  const email = "held@long-lives.test";
  const gate = aGate();
  const answers: ReturnType<Fault>[] = [undefined, gate.opened.then(() => 421)];
  desk.mail.fault = (stage, about) => (stage === "to" && about === email ? answers.shift() : undefined);
  const number = await desk.open({ sender: { email, name: "Kari", language: "en" } });
  await desk.mail.waitForMailsTo(email, 1);
  await desk.command(number, "reply", { message: await desk.draft(number, "At last.") });
  const handle = desk.namespace.client.workflow.getHandle(ticketWorkflowId(number));
  const isStopped = async () => (await handle.fetchHistory()).events?.some((event) => event.activityTaskCancelRequestedEventAttributes) ?? false;
  while (!(await isStopped())) await desk.command(number, "note", { message: await desk.draft(number, "A note.") });
  gate.open();
  const [, reply] = await desk.mail.waitForMailsTo(email, 2);
  expect(reply?.text).toContain("At last.");
});
