import { createHash, randomUUID } from "node:crypto";
import { TEST_KEYS } from "../support/keys";
import { aJourney } from "./a-journey";
import type { Journey } from "./a-journey";

let journey: Journey;
beforeAll(async () => void (journey = await aJourney()));
afterAll(() => journey.close());

function pageOf(number: number, madeAt = Date.now()): string {
  return new URL(journey.desk.links.linkTo(number, madeAt)).pathname;
}

const open = (path: string) => journey.api.call("GET", path, { as: "nobody" });
const post = (path: string, fields: Record<string, string> = {}) =>
  journey.api.call("POST", path, {
    as: "nobody",
    body: new URLSearchParams(fields).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });

const longAgo = () => Date.now() - 400 * 24 * 3_600_000;

test("shows the public conversation of its ticket alone, and keeps the link to itself", async () => {
  const number = await journey.aTicket();
  await journey.act(number, "messages", { body: { text: "A note <b>for us</b>", visibility: "internal" } });
  await journey.act(number, "messages", { body: { text: "We <b>look</b> into it." } });
  const { status, headers, text } = await open(pageOf(number));
  expect(status).toBe(200);
  expect(text).toContain("I lost my card in Oslo.");
  expect(text).toContain("We &#60;b&#62;look");
  expect(text).not.toContain("for us");
  expect(headers.get("content-type")).toMatch(/^text\/html/);
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect(headers.get("cache-control")).toBe("no-store");
  expect((await open("/r/style.css")).headers.get("content-type")).toMatch(/^text\/css/);
});

test("looking at it changes nothing", async () => {
  const number = await journey.aTicket({ status: "solved" });
  await journey.desk.until(number, ({ solution }) => typeof solution?.sentAt === "number");
  const before = await journey.desk.journal(number);
  await open(pageOf(number));
  for (const what of ["reply", "solved", "not-solved", "renewal"]) {
    expect((await open(`${pageOf(number)}/${what}`)).status).toBe(405);
  }
  expect(await journey.desk.journal(number)).toEqual(before);
});

test("a reply is on the ticket once, however often the button is pressed", async () => {
  const number = await journey.aTicket();
  const page = pageOf(number);
  const answers = await Promise.all([1, 2].map(() => post(`${page}/reply`, { text: "It was blue." })));
  for (const { status, headers } of answers) {
    expect([status, headers.get("location")]).toEqual([303, `${page}?done=reply-received`]);
  }
  const said = (await journey.messages(number)).filter(({ text }) => text === "It was blue.");
  expect(said).toMatchObject([{ author: { kind: "requester" } }]);
  expect((await open(`${page}?done=reply-received`)).text).toContain("It was blue.");
});

test("solved, thank you: closed; pressed again it says the same", async () => {
  const number = await journey.aTicket({ status: "solved" });
  const first = await post(`${pageOf(number)}/solved`);
  const again = await post(`${pageOf(number)}/solved`);
  expect([first.status, again.status]).toEqual([303, 303]);
  expect((await journey.ticket(number)).status).toBe("closed");
});

test("not solved: open again", async () => {
  const number = await journey.aTicket({ status: "solved" });
  expect((await post(`${pageOf(number)}/not-solved`)).status).toBe(303);
  expect((await journey.ticket(number)).status).toBe("open");
});

test("409 in plain words for what is not possible now", async () => {
  const number = await journey.aTicket();
  const { status, text } = await post(`${pageOf(number)}/solved`);
  expect(status).toBe(409);
  expect(text).toContain("<html");
});

test("a solution is rated once, from one star to five; what is said stays with us, and counts for whoever solved it", async () => {
  const number = await journey.aTicket({ status: "solved" });
  const page = pageOf(number);
  expect((await open(page)).text).toContain(`action="${page}/rating"`);
  expect((await post(`${page}/rating`, { stars: "6" })).status).toBe(422);
  const { status, headers } = await post(`${page}/rating`, { stars: "4", text: " Quick! " });
  expect([status, headers.get("location")]).toEqual([303, `${page}?done=rated`]);
  expect((await post(`${page}/rating`, { stars: "1" })).status).toBe(409);
  expect((await open(page)).text).not.toContain("/rating");
  const { body } = await journey.api.call("GET", `/tickets/${number}/ratings`, { as: "agent" });
  const { assigneeId, category } = await journey.desk.row(number);
  expect(body.items).toMatchObject([{ cycle: 1, stars: 4, comment: "Quick!", agent: assigneeId }]);
  const where = { agentId_categoryId: { agentId: assigneeId ?? "", categoryId: category ?? "" } };
  expect(await journey.desk.prisma.result.findUniqueOrThrow({ where })).toMatchObject({ rated: expect.closeTo(1), stars: expect.closeTo(4) });
  await post(`${page}/not-solved`);
  expect((await post(`${page}/rating`, { stars: "1" })).status).toBe(409);
});

test("a reply to a closed ticket opens its follow-up", async () => {
  const number = await journey.aTicket({ status: "closed" });
  const page = pageOf(number);
  const { headers } = await post(`${page}/reply`, { text: "It happened again." });
  expect(headers.get("location")).toBe(`${page}?done=follow-up`);
  const { followedUpBy } = await journey.ticket(number);
  expect(followedUpBy).not.toBeNull();
  expect((await open(`${page}?done=follow-up`)).text).toContain(`#${followedUpBy}`);
});

test.each(["", " \n ", "a\0b"])("422 for the reply %j, and the text is kept", async (text) => {
  const number = await journey.aTicket();
  expect((await post(`${pageOf(number)}/reply`, { text })).status).toBe(422);
});

test("503 while nobody takes it, and the text is kept", async () => {
  const number = await journey.aTicket();
  await journey.desk.stopWorker();
  const { status, text } = await post(`${pageOf(number)}/reply`, { text: "Is anybody there?" });
  await journey.desk.startWorker();
  expect(status).toBe(503);
  expect(text).toContain("Is anybody there?");
});

test("404 for a made-up link", async () => {
  expect((await open("/r/none")).status).toBe(404);
  const page = pageOf(1_001);
  expect((await open(`${page.slice(0, -1)}${page.endsWith("x") ? "y" : "x"}`)).status).toBe(404);
});

test("an expired link shows nothing, does nothing, and is renewed by mail once", async () => {
  const number = await journey.aTicket();
  const page = pageOf(number, longAgo());
  const shown = await open(page);
  expect(shown.status).toBe(410);
  expect(shown.text).not.toContain("Card lost");
  expect((await post(`${page}/reply`, { text: "Hello?" })).status).toBe(410);

  const asked = await Promise.all([1, 2, 3].map(() => post(`${page}/renewal`)));
  expect(asked.map(({ status }) => status)).toEqual([200, 200, 200]);
  const { prisma, mail } = journey.desk;
  expect(await prisma.notice.count({ where: { ticket: number, template: "new-link" } })).toBe(1);
  await mail.waitFor((mails) => mails.find(({ text }) => /\/r\//.test(text) && text.includes(String(number))));
});

test("files of public messages can be saved, and no others: not a note's, not another ticket's", async () => {
  const { prisma } = journey.desk;
  const [number, other] = [await journey.aTicket(), await journey.aTicket({ email: "other@customer.example" })];
  const said = async (ticket: number, visibility: "public" | "internal", name: string, type: string): Promise<string> => {
    const message = (await journey.act(ticket, "messages", { body: { text: "See the file.", visibility } })).body as { id: string };
    const bytes = Buffer.from(`<svg>${name}</svg>`);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await journey.desk.files.keep([{ sha256, bytes }]);
    const { id } = await prisma.attachment.create({ data: { id: randomUUID(), messageId: message.id, position: 0, name, type, size: bytes.length, sha256 } });
    return id;
  };
  const [bill, note, theirs] = [await said(number, "public", "Rechnung ü.svg", "image/svg+xml"), await said(number, "internal", "note.txt", "text/plain"), await said(other, "public", "theirs.txt", "text/plain")];
  const path = pageOf(number);
  const { text: page } = await open(path);
  expect(page).toContain(`${path}/files/${bill}`);
  expect(page).not.toContain(note);
  const { status, headers, text } = await open(`${path}/files/${bill}`);
  expect([status, text]).toEqual([200, "<svg>Rechnung ü.svg</svg>"]);
  expect(headers.get("content-type")).toBe("application/octet-stream");
  expect(headers.get("content-disposition")).toMatch(/^attachment; filename="Rechnung _.svg"; filename\*=UTF-8''Rechnung%20%C3%BC.svg$/);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("content-security-policy")).toContain("sandbox");
  for (const id of [note, theirs, randomUUID(), "not-an-id"]) expect((await open(`${path}/files/${id}`)).status).toBe(404);
  expect((await open(`${pageOf(number, longAgo())}/files/${bill}`)).status).toBe(410);
});

/** Brings a file to a ticket; the answer. */
async function bring(number: number, name: string, bytes: string | Buffer, { as = "agent", type = "application/octet-stream" }: { as?: keyof typeof TEST_KEYS; type?: string } = {}) {
  const address = `${journey.api.url}/api/v1/tickets/${number}/attachments?name=${encodeURIComponent(name)}`;
  const response = await fetch(address, { method: "POST", headers: { authorization: `Bearer ${TEST_KEYS[as]}`, "content-type": type }, body: bytes });
  return { status: response.status, body: (await response.json()) as { id: string; code?: string; errors?: { field: string; code: string }[] } };
}

const pdf = "%PDF-1.7\n%a bill\n";

test("what staff attach to a reply leaves with its mail and stands on the requester's page; a note's files do neither", async () => {
  const { mail } = journey.desk;
  const email = `files-${randomUUID()}@customer.example`;
  const number = await journey.aTicket({ email });
  const [bill, plan, secret] = [await bring(number, "../Rechnung ü.txt", pdf, { type: "text/plain" }), await bring(number, "plan.svg", "<svg></svg>"), await bring(number, "margin.csv", "a,b\n", { type: "text/csv" })];
  expect(bill).toMatchObject({ status: 201, body: { name: "Rechnung ü.txt", type: "application/pdf", size: pdf.length } });
  const uploads = [plan.body.id, bill.body.id];
  const said = await journey.act(number, "messages", { body: { text: "Here they are.", attachments: uploads } });
  expect(said).toMatchObject({ status: 201, body: { attachments: [{ name: "plan.svg", type: "image/svg+xml", inline: false }, { name: "Rechnung ü.txt" }] } });
  const note = await journey.act(number, "messages", { body: { text: "Not for them.", visibility: "internal", attachments: [secret.body.id] } });
  const { raw } = await mail.waitFor((mails) => mails.find(({ to, text }) => to.includes(email) && text.includes("Here they are.")));
  expect(raw.indexOf("plan.svg")).toBeLessThan(raw.indexOf(Buffer.from(pdf).toString("base64")));
  expect(raw).toContain("Content-Type: application/pdf");
  expect(raw.match(/Content-Disposition: attachment/g)).toHaveLength(2);
  const [, second] = said.body.attachments as { id: string }[];
  const [hidden] = note.body.attachments as { id: string }[];
  const path = pageOf(number);
  const { text: page } = await open(path);
  expect(page).toContain(`${path}/files/${second?.id}`);
  expect(page).not.toContain("margin.csv");
  expect(await open(`${path}/files/${second?.id}`)).toMatchObject({ status: 200, text: pdf });
  expect((await open(`${path}/files/${hidden?.id}`)).status).toBe(404);
  expect(await journey.api.call("GET", `/tickets/${number}/attachments/${hidden?.id}`)).toMatchObject({ status: 200, text: "a,b\n" });
  expect((await journey.messages(number)).map(({ attachments }) => attachments.map(({ name }) => name))).toEqual([[], ["plan.svg", "Rechnung ü.txt"], ["margin.csv"]]);
  expect((await journey.api.call("GET", `/tickets/${await journey.aTicket()}/attachments/${second?.id}`)).status).toBe(404);
});

test("a reply that may be taken back keeps its files until it leaves, and what answers with a solution has its own", async () => {
  const { prisma, mail } = journey.desk;
  const email = `undo-${randomUUID()}@customer.example`;
  const number = await journey.aTicket({ email });
  const { team } = await journey.ticket(number);
  await prisma.team.update({ where: { id: team ?? "" }, data: { undoMs: 600_000 } });
  const { id } = (await bring(number, "first.txt", "first")).body;
  const waiting = await journey.act(number, "messages", { body: { text: "Wait for it.", attachments: [id] } });
  expect(waiting.body).toMatchObject({ leavesAt: expect.any(String) as string, attachments: [{ name: "first.txt" }] });
  const [file] = waiting.body.attachments as { id: string }[];
  expect((await journey.api.call("GET", `/tickets/${number}/attachments/${file?.id}`)).text).toBe("first");
  expect((await open(pageOf(number))).text).not.toContain("first.txt");
  // The same upload once more, with what makes the first reply leave at once.
  expect((await journey.act(number, "resolution", { body: { text: "Solved.", attachments: [id] } })).status).toBe(200);
  await prisma.team.update({ where: { id: team ?? "" }, data: { undoMs: 0 } });
  for (const words of ["Wait for it.", "Solved."]) {
    const { raw } = await mail.waitFor((mails) => mails.find(({ to, text }) => to.includes(email) && text.includes(words)));
    expect(raw).toContain(Buffer.from("first").toString("base64"));
  }
});

test("a command tried again under its key has its files once", async () => {
  const number = await journey.aTicket();
  const { id } = (await bring(number, "once.txt", "once")).body;
  const call = { body: { text: "Once.", attachments: [id] }, headers: { "Idempotency-Key": randomUUID() } };
  const first = await journey.act(number, "messages", call);
  await journey.desk.prisma.upload.delete({ where: { id } });
  expect((await journey.act(number, "messages", call)).body).toEqual(first.body);
  expect((await journey.messages(number)).flatMap(({ attachments }) => attachments)).toHaveLength(1);
});

test("422 for a file of a colleague's, of another ticket, of yesterday, or for too much of it; 413 and 403 before it is taken in", async () => {
  const { prisma } = journey.desk;
  const [number, other] = [await journey.aTicket(), await journey.aTicket()];
  const [mine, theirs, elsewhere, old] = [await bring(number, "a", "a"), await bring(number, "b", "b", { as: "lead" }), await bring(other, "c", "c"), await bring(number, "d", "d")];
  await prisma.upload.update({ where: { id: old.body.id }, data: { createdAt: new Date(Date.now() - 86_400_000) } });
  const saying = async (attachments: readonly string[], more: object = {}) => await journey.act(number, "messages", { body: { text: "Hm.", attachments, ...more } });
  for (const { body } of [theirs, elsewhere, old]) {
    expect(await saying([mine.body.id, body.id])).toMatchObject({ status: 422, body: { code: "invalid", errors: [{ field: "attachments.1", code: "unknown" }] } });
  }
  const large = await Promise.all(["e", "f"].map(async (letter) => (await bring(number, letter, letter.repeat(600_000))).body.id));
  expect(await saying(large)).toMatchObject({ status: 422, body: { errors: [{ field: "attachments", code: "too_big" }] } });
  expect(await saying([mine.body.id], { as: "requester" })).toMatchObject({ status: 422, body: { errors: [{ field: "attachments" }] } });
  expect(await journey.act(number, "resolution", { body: { attachments: [mine.body.id] } })).toMatchObject({ status: 422, body: { errors: [{ field: "attachments" }] } });
  expect(await bring(number, "g", "g".repeat(1_000_001))).toMatchObject({ status: 413, body: { code: "too_large" } });
  expect(await bring(number, "h", "")).toMatchObject({ status: 422, body: { errors: [{ field: "body", code: "empty" }] } });
  expect(await bring(number, "", "i")).toMatchObject({ status: 422, body: { errors: [{ field: "name" }] } });
  expect((await bring(number, "j", "j", { as: "auditor" })).status).toBe(403);
  expect((await bring(999_999, "k", "k")).status).toBe(404);
  expect((await journey.messages(number)).flatMap(({ attachments }) => attachments)).toEqual([]);
});
