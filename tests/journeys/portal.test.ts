import { createHash, randomUUID } from "node:crypto";
import { keepFile } from "../../prisma/files";
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
    await keepFile(prisma, sha256, bytes);
    const { id } = await prisma.attachment.create({ data: { id: randomUUID(), messageId: message.id, position: 0, name, type, size: bytes.length, sha256 } });
    return id;
  };
  const [bill, note, theirs] = [await said(number, "public", "Rechnung ü.svg", "image/svg+xml"), await said(number, "internal", "note.txt", "text/plain"), await said(other, "public", "theirs.txt", "text/plain")];
  const { text: page } = await open(pageOf(number));
  expect(page).toContain(`${pageOf(number)}/files/${bill}`);
  expect(page).not.toContain(note);
  const { status, headers, text } = await open(`${pageOf(number)}/files/${bill}`);
  expect([status, text]).toEqual([200, "<svg>Rechnung ü.svg</svg>"]);
  expect(headers.get("content-type")).toBe("application/octet-stream");
  expect(headers.get("content-disposition")).toMatch(/^attachment; filename="Rechnung _.svg"; filename\*=UTF-8''Rechnung%20%C3%BC.svg$/);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("content-security-policy")).toContain("sandbox");
  for (const id of [note, theirs, randomUUID(), "not-an-id"]) expect((await open(`${pageOf(number)}/files/${id}`)).status).toBe(404);
  expect((await open(`${pageOf(number, longAgo())}/files/${bill}`)).status).toBe(410);
});
