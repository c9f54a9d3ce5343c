// Two tickets about the same, spam, and a ticket that is somebody else's: through the API, on two real workflows.
import { eventView, messageView } from "../../contract/journal";
import { ticketView } from "../../contract/ticket";
import { createRecord } from "../../activities/record/record";
import { fingerprint } from "../../api/fingerprint";
import { actorId } from "../../domain/actor";
import { decide } from "../../domain/decide";
import { isRefusal } from "../../domain/refusal";
import { acceptMail } from "../../inbound/accept";
import { commandCause } from "../../workflows/messages";
import { gather } from "../../activities/learn/gather";
import { amara } from "../support/desk";
import { aJourney } from "./a-journey";
import type { Journey } from "./a-journey";
import { eventually } from "../support/eventually";

let journey: Journey;
beforeAll(async () => void (journey = await aJourney()));
afterAll(() => journey.close());

const put = (body: object) => ({ method: "PUT", body });
const kinds = async (number: number) => (await journey.desk.journal(number)).slice(-2);
const texts = async (number: number) => (await journey.messages(number)).map(({ ticket, text }) => [ticket, text]);
const listed = async (query: string) =>
  ((await journey.api.call("GET", `/tickets?limit=200&${query}`)).body.items as { number: number }[]).map(({ number }) => number);
const pageOf = async (number: number) => {
  const { formerRequesters } = await journey.desk.state(number);
  return new URL(journey.desk.links.linkTo(number, Date.now(), formerRequesters)).pathname;
};
const open = async (path: string) => await journey.api.call("GET", path, { as: "nobody" });
const replyOn = async (path: string, text: string) =>
  await journey.api.call("POST", `${path}/reply`, {
    as: "nobody",
    body: new URLSearchParams({ text }).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
const aMail = (given: { sender: string; id: string; body: string; inReplyTo?: string }) => {
  const reference = given.inReplyTo === undefined ? [] : [`In-Reply-To: ${given.inReplyTo}`];
  const head = [`From: Lise <${given.sender}>`, "To: support@perdura.localhost", "Subject: My card", `Message-ID: ${given.id}`, ...reference];
  return Buffer.from([...head, "", given.body, ""].join("\r\n"));
};
const becomes = async (raw: Buffer) => {
  const { prisma } = journey.desk;
  const { id } = await acceptMail(prisma, { mailbox: "support", source: "smtp", raw, receivedAt: new Date() });
  return await eventually(() => prisma.rawMail.findUniqueOrThrow({ where: { id } }), ({ state }) => state === "done" || state === "quarantined");
};
/** Both runs know what Postgres has. */
const isLevel = async (number: number) =>
  await eventually(async () => (await journey.desk.live(number)).recordedVersion === (await journey.desk.row(number)).version);

test("merged: one transaction closes the source and puts its words into the target, whose run goes on with them", async () => {
  const [source, target] = [await journey.aTicket(), await journey.aTicket()];
  await journey.act(target, "messages", { body: { text: "We look into it." } });
  const { status, body } = await journey.act(source, "merge", { body: { into: target, reason: "The same card." } });
  expect([status, body.status, body.mergedInto]).toEqual([200, "closed", target]);
  expect(await journey.ticket(target)).toMatchObject({ status: "open", merged: [source] });
  expect(await journey.desk.journal(source)).toEqual(expect.arrayContaining(["merged"]));
  await isLevel(target);
  // The source's words are the oldest that nobody has answered; and nobody has been sent a mail.
  const { clocks } = (await journey.desk.live(target)).ticket;
  expect(clocks.nextResponse.ongoing?.startedAt).toBe((await journey.desk.state(source)).createdAt);
  expect((await journey.desk.state(source)).clocks.resolution.past.at(-1)?.ended).toMatchObject({ how: "cancelled", by: "merged" });
  await journey.desk.ended(source);
  const version = (await journey.desk.state(source)).version;
  expect(await journey.desk.prisma.notice.count({ where: { ticket: source, version } })).toBe(0);
  const shown = await texts(target);
  expect(shown).toEqual([[source, "I lost my card in Oslo."], [target, "I lost my card in Oslo."], [target, "We look into it."]]);
  expect(await listed("")).not.toContain(source);
  expect(await listed("aside=merged")).toContain(source);
  // Its place is free.
  expect(await journey.desk.prisma.reservation.count({ where: { ticket: source } })).toBe(0);
});

test("pages of a thread hold each message once, in the order in which they were said", async () => {
  const [source, target] = [await journey.aTicket(), await journey.aTicket()];
  for (const text of ["One.", "Two."]) {
    await journey.act(source, "messages", { body: { text: `${text} here` } });
    await journey.act(target, "messages", { body: { text: `${text} there` } });
  }
  await journey.act(source, "merge", { body: { into: target } });
  const seen: string[] = [];
  for (let next: string | null = ""; next !== null; ) {
    const { body } = await journey.api.call("GET", `/tickets/${target}/messages?limit=1${next === "" ? "" : `&cursor=${next}`}`);
    seen.push(...(body.items as unknown[]).map((item) => messageView.parse(item).text));
    next = body.next as string | null;
  }
  expect(seen.slice(-4)).toEqual(["One. here", "One. there", "Two. here", "Two. there"]);
  expect(seen).toHaveLength(6);
});

test("what is said to the source reaches the target, whoever of the two requesters says it; nobody reads the other's words", async () => {
  const [source, target] = [await journey.aTicket({ email: "ola@customer.example" }), await journey.aTicket({ email: "kari@customer.example" })];
  expect((await journey.act(source, "merge", { body: { into: target } })).body.code).toBe("other_requester");
  expect((await journey.act(source, "merge", { body: { into: target, otherRequester: true } })).status).toBe(422);
  expect(await kinds(source)).not.toContain("merged");
  const known = { into: target, otherRequester: true, reason: "They are married." };
  expect((await journey.act(source, "merge", { body: known })).status).toBe(200);
  expect((await replyOn(await pageOf(source), "It is Ola.")).headers.get("location")).toMatch(/done=follow-up$/);
  expect((await texts(target)).at(-1)).toEqual([target, "It is Ola."]);
  const theirs = (await open(await pageOf(target))).text;
  expect([theirs.includes("It is Ola."), theirs.includes(`#${target}`)]).toEqual([true, true]);
  expect((await open(await pageOf(source))).text).not.toContain("It is Ola.");
  const asked = await journey.act(source, "messages", { body: { text: "On the phone, too.", as: "requester" } });
  expect(messageView.parse(asked.body).ticket).toBe(target);
});

test("mails that answer the source reach the target; thanks by mail leave it solved", async () => {
  const mail = { sender: "lise@customer.example", id: "<first@customer.example>" };
  const source = (await becomes(aMail({ ...mail, body: "It is lost." }))).ticket ?? 0;
  await journey.desk.until(source, ({ assignee }) => assignee !== null);
  const target = await journey.aTicket();
  const known = { into: target, otherRequester: true, reason: "They share the card." };
  expect((await journey.act(source, "merge", { body: known })).status).toBe(200);
  const answer = { sender: mail.sender, inReplyTo: mail.id };
  const { version } = await journey.desk.state(target);
  expect(await becomes(aMail({ ...answer, id: "<second@customer.example>", body: "Any news?" }))).toMatchObject({ ticket: target, outcome: "added" });
  await journey.desk.until(target, ({ requesterWroteAt }) => requesterWroteAt > version);
  const { requesterId } = await journey.desk.row(source);
  expect((await journey.messages(target)).at(-1)).toMatchObject({ ticket: target, text: "Any news?", author: { id: requesterId } });
  await journey.act(target, "resolution");
  await becomes(aMail({ ...answer, id: "<third@customer.example>", body: "Thank you so much!" }));
  expect(await journey.desk.until(target, ({ thanked }) => thanked)).toMatchObject({ status: "solved" });
});

test("one requester has one page for what was merged", async () => {
  const [source, target] = [await journey.aTicket(), await journey.aTicket()];
  await journey.act(target, "messages", { body: { text: "For both." } });
  const link = await pageOf(source);
  await journey.act(source, "merge", { body: { into: target } });
  const page = await open(link);
  expect([page.status, page.text.includes("For both.")]).toEqual([200, true]);
});

test("chains are followed to their end; a circle, a closed ticket, itself and one that isn't there are refused", async () => {
  const [first, second, third] = [await journey.aTicket(), await journey.aTicket(), await journey.aTicket({ status: "open" })];
  await journey.act(second, "merge", { body: { into: third } });
  const { body } = await journey.act(first, "merge", { body: { into: second } });
  expect(body.mergedInto).toBe(third);
  const codeOf = async (into: number) => (await journey.act(third, "merge", { body: { into } })).body.code;
  expect([await codeOf(third), await codeOf(second), await codeOf(999_999)]).toEqual(["merge_into_itself", "merge_into_itself", "not_found"]);
  const closed = await journey.aTicket({ status: "closed" });
  expect(await codeOf(closed)).toBe("target_closed");
  expect((await journey.act(closed, "merge", { body: { into: third } })).body.code).toBe("ticket_closed");
  expect(new Set((await texts(third)).map(([ticket]) => ticket))).toEqual(new Set([first, second, third]));
});

test("two that are merged into each other at once: one of them is, and neither is lost", async () => {
  const [one, other] = [await journey.aTicket(), await journey.aTicket()];
  const answers = await Promise.all([
    journey.act(one, "merge", { body: { into: other } }),
    journey.act(other, "merge", { body: { into: one } }),
  ]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
  const stands = (await journey.ticket(one)).status === "closed" ? other : one;
  expect(await journey.ticket(stands)).toMatchObject({ status: "open", merged: [stands === one ? other : one] });
});

test("undone, the source is as it was, with somebody's place, and the target without its words; with both stand their journals", async () => {
  const [source, target] = [await journey.aTicket(), await journey.aTicket()];
  const before = await journey.desk.state(source);
  await journey.act(source, "merge", { body: { into: target } });
  await journey.desk.ended(source);
  const { status, body } = await journey.act(source, "merge", { method: "DELETE", body: { reason: "Two cards." } });
  expect([status, body.status, body.mergedInto, body.assignee]).toEqual([200, before.status, null, before.assignee]);
  expect(await journey.ticket(target)).toMatchObject({ merged: [] });
  expect((await texts(target)).map(([ticket]) => ticket)).toEqual([target]);
  expect(await journey.desk.prisma.reservation.count({ where: { ticket: source, confirmed: true } })).toBe(1);
  const resolution = (await journey.desk.state(source)).clocks.resolution.ongoing;
  expect([resolution?.number, resolution?.ended]).toEqual([1, null]);
  await isLevel(target);
  expect([(await kinds(source)).at(-1), (await kinds(target)).at(-1)]).toEqual(["unmerged", "released"]);
  expect((await journey.act(source, "merge", { method: "DELETE", body: {} })).body.code).toBe("not_allowed_now");
  const events = (await journey.api.call("GET", `/tickets/${target}/events`)).body.items as unknown[];
  expect(events.map((event) => eventView.parse(event)).at(-1)).toMatchObject({ kind: "released", facts: { source } });
});

test("an attempt that recorded a merge and died: the command finds it done, once, on both", async () => {
  const [source, target] = [await journey.aTicket(), await journey.aTicket()];
  const { desk } = journey;
  const by = amara;
  const key = `merge-${source}`;
  const body = { into: target };
  const sha256 = fingerprint({ verb: "merge", number: source, body });
  const ticket = await desk.state(source);
  const cause = commandCause({ scope: actorId(by), key });
  const at = Date.now();
  const decided = decide(ticket, { verb: "merge", args: { into: target, otherRequester: false, reason: null } }, { by, at, cause });
  if (isRefusal(decided)) throw new Error(decided.message);
  const { number, intakeId, version } = ticket;
  const command = { cause, scope: actorId(by), key, verb: "merge", sha256, notAfter: at + 5_000 };
  const { epoch } = await desk.row(source);
  const input = { number, intakeId, epoch, version, at, events: [decided.event], commands: [command] };
  const record = createRecord(desk.prisma);
  expect(await record(input)).toMatchObject({ kind: "written" });
  expect(await record(input)).toMatchObject({ kind: "found" });
  expect((await journey.act(source, "merge", { body, headers: { "idempotency-key": key } })).body.mergedInto).toBe(target);
  await Promise.all([desk.ended(source), isLevel(target)]);
  const [theirs, ours] = [await desk.journal(source), await desk.journal(target)];
  expect([theirs.filter((kind) => kind === "merged"), ours.filter((kind) => kind === "absorbed")]).toEqual([["merged"], ["absorbed"]]);
});

test("what the target refuses when it is to be recorded leaves no trace on either", async () => {
  const [source, target] = [await journey.aTicket(), await journey.aTicket({ email: "else@customer.example" })];
  const before = [await journey.desk.journal(source), await journey.desk.journal(target)];
  expect((await journey.act(source, "merge", { body: { into: target, reason: "Not said." } })).body.code).toBe("other_requester");
  expect([await journey.desk.journal(source), await journey.desk.journal(target)]).toEqual(before);
  // And it goes on as if nothing had been asked.
  expect((await journey.act(source, "resolution")).status).toBe(200);
});

test("told again at once, a target's run has taken up what was recorded for it", async () => {
  const [source, target] = [await journey.aTicket(), await journey.aTicket()];
  await journey.act(source, "merge", { body: { into: target } });
  expect((await journey.act(target, "messages", { body: { text: "Seen." } })).status).toBe(201);
  const journal = await journey.desk.journal(target);
  expect(journal.filter((kind) => kind === "absorbed")).toHaveLength(1);
  expect(journal.at(-1)).toBe("replied");
});

test("spam: no mail, no place, no lesson; later ones of that address are marked, never dropped; and it can be undone", async () => {
  const email = "spam@customer.example";
  const number = await journey.aTicket({ email });
  await journey.act(number, "resolution");
  const { status, body } = await journey.act(number, "spam", put({}));
  expect([status, body.status, body.spam, body.deadline]).toEqual([200, "closed", true, null]);
  const { version } = await journey.desk.state(number);
  expect(await journey.desk.prisma.notice.count({ where: { ticket: number, OR: [{ version }, { state: "queued", holder: null }] } })).toBe(0);
  expect((await gather(journey.desk.prisma)).map((one) => one.number)).not.toContain(number);
  expect(await listed("")).not.toContain(number);
  expect(await listed("aside=spam")).toContain(number);
  const later = await journey.aTicket({ email });
  expect(await journey.ticket(later)).toMatchObject({ looksLikeSpam: true, spam: false });
  expect((await journey.act(number, "reopening", { as: "lead", body: { reason: "No." } })).body.code).toBe("not_allowed_now");
  await journey.desk.ended(number);
  const back = await journey.act(number, "spam", { method: "DELETE", body: { reason: "A customer." } });
  expect([back.status, back.body.status, back.body.spam]).toEqual([200, "solved", false]);
  expect(await journey.ticket(later)).toMatchObject({ looksLikeSpam: false });
});

test("a mail that had been tried in vain is withdrawn with its ticket, and owed again when that is no spam", async () => {
  const { mail, prisma } = journey.desk;
  const email = "patient@customer.example";
  const number = await journey.aTicket({ email });
  await mail.waitFor((mails) => mails.find(({ to }) => to.includes(email)), "the acknowledgement");
  mail.fault = (stage, about) => (stage === "to" && about === email ? 451 : undefined);
  await journey.act(number, "messages", { body: { text: "Words that must arrive." } });
  const withdrawn = async () => await prisma.notice.count({ where: { ticket: number, recipient: "requester", state: "withdrawn" } });
  const tried = async () => (await prisma.notice.count({ where: { ticket: number, lastError: { not: null }, state: "queued", holder: null } })) > 0;
  await eventually(tried);
  await journey.act(number, "spam", put({}));
  expect(await withdrawn()).toBe(1);
  mail.fault = () => undefined;
  await journey.act(number, "spam", { method: "DELETE", body: {} });
  expect(await withdrawn()).toBe(0);
});

test("what is no spam after all is given to somebody again", async () => {
  const number = await journey.aTicket();
  const { createdAt } = await journey.desk.state(number);
  await journey.act(number, "spam", put({}));
  expect(await journey.desk.prisma.reservation.count({ where: { ticket: number } })).toBe(0);
  await journey.act(number, "spam", { method: "DELETE", body: {} });
  const { clocks, status } = await journey.desk.until(number, ({ assignee }) => assignee !== null);
  expect([status, clocks.resolution.ongoing?.startedAt]).toEqual(["open", createdAt]);
});

test("another requester: known or new; the former one's link is dead, the new one's opens, in their language", async () => {
  const number = await journey.aTicket({ email: "former@customer.example" });
  const former = await pageOf(number);
  const wish = { requester: { email: "Neu@customer.example", name: "Neu", language: "de" }, reason: "She wrote for him." };
  const { status, body } = await journey.act(number, "requester", put(wish));
  expect([status, ticketView.parse(body).requester]).toMatchObject([200, { email: "Neu@customer.example", name: "Neu", language: "de" }]);
  expect([(await open(former)).status, (await open(await pageOf(number))).status]).toEqual([404, 200]);
  await journey.act(number, "messages", { body: { text: "Guten Tag." } });
  await journey.desk.mail.waitFor((mails) => mails.find(({ to, raw }) => to.includes("Neu@customer.example") && raw.includes("Guten Tag.")));
  await journey.desk.until(number, ({ policy, matching }) => policy !== null && matching === null);
  const again = await journey.act(number, "requester", put({ ...wish, requester: { email: "neu@customer.example" } }));
  expect(again.body.code).toBe("not_allowed_now");
  expect((await journey.act(number, "requester", put({ requester: wish.requester }))).status).toBe(422);
  expect((await journey.act(999_999, "requester", put({ ...wish, requester: { email: "ghost@customer.example" } }))).status).toBe(404);
  expect(await journey.desk.prisma.requester.count({ where: { email: "ghost@customer.example" } })).toBe(0);
});

test("thanks on the page leave a solved ticket solved; one action reopens it", async () => {
  const number = await journey.aTicket({ status: "solved" });
  await replyOn(await pageOf(number), "Thank you so much!");
  expect(await journey.ticket(number)).toMatchObject({ status: "solved", thanked: true });
  expect((await journey.act(number, "reopening", { body: { reason: "There was more." } })).body).toMatchObject({ status: "open", thanked: false });
});

test("only who works here may set aside, and an auditor may not", async () => {
  const number = await journey.aTicket();
  for (const [what, method] of [["merge", "POST"], ["merge", "DELETE"], ["spam", "PUT"], ["spam", "DELETE"], ["requester", "PUT"]] as const) {
    expect((await journey.act(number, what, { method, as: "auditor", body: {} })).status).toBe(403);
    expect((await journey.act(number, what, { method, as: "nobody", body: {} })).status).toBe(401);
  }
});
