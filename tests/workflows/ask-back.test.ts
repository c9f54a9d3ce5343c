// Asking back on a real server: one mail that lists what is missing, and the first human word ends the wait.
import { anApi } from "../api/an-api";
import type { TestApi } from "../api/an-api";
import { aDesk } from "../support/desk";
import type { Desk } from "../support/desk";

let desk: Desk;
let api: TestApi;
beforeAll(async () => {
  desk = await aDesk();
  api = await anApi({ database: desk.database, temporal: desk.temporal, prisma: desk.prisma, links: desk.links });
  for (const id of ["support", "operations"]) expect((await api.call("PUT", `/teams/${id}/ask-back`, { as: "admin", body: { types: ["bug"] } })).status).toBe(200);
  await desk.team("asking", { robin: 50 });
  expect((await api.call("PUT", "/teams/asking/ask-back", { as: "admin", body: { types: ["bug", "incident"] } })).body).toEqual({ types: ["bug", "incident"] });
  await desk.startWorker();
});
afterAll(async () => {
  await api.close();
  await desk.close();
});

const bug = { type: "bug", impact: null, urgency: null } as const;
const anIncomplete = (given: object = {}) => desk.open({ subject: "asking", text: "It breaks.\nVersion: 1.2", stated: bug, ...given });
const asked = (number: number) => desk.until(number, ({ waiting }) => waiting !== null && waiting.from !== null);
const fields = async (number: number) => (await api.call("GET", `/tickets/${number}/fields`)).body;
const page = (number: number) => new URL(desk.links.linkTo(number, Date.now())).pathname;
const post = (path: string, values: Record<string, string>) =>
  api.call("POST", path, { as: "nobody", body: new URLSearchParams(values).toString(), headers: { "content-type": "application/x-www-form-urlencoded" } });
const mails = async (number: number, template: string) => await desk.prisma.notice.count({ where: { ticket: number, template } });

test("what is missing is asked for once, in the requester's language, while the ticket goes its usual way and its first response runs", async () => {
  await desk.promise({ pending: { remindAfterMs: 3_600_000, solveAfterMs: 3_600_000 } });
  const sender = { email: "ada@example.test", name: "Ada", language: "de" };
  const number = await anIncomplete({ sender });
  const ticket = await asked(number);
  expect(ticket).toMatchObject({ askBack: "waiting", status: "open", assignee: "robin" });
  expect(ticket.clocks.firstResponse.ongoing).not.toBeNull();
  const event = await desk.prisma.event.findFirstOrThrow({ where: { ticket: number, kind: "askedBack" } });
  expect(event.facts).toEqual({ form: "bug", edition: 1, fields: ["steps", "expected", "seen"] });
  const mail = desk.mail.to("ada@example.test").find(({ subject }) => subject.includes("fehlen"));
  expect(mail?.text).toContain("• Schritte: Was Sie getan haben");
  expect(mail?.text).not.toContain("Version");
  expect((await desk.live(number)).next?.what).toContain("Ask the requester again");
  expect(await fields(number)).toMatchObject({ values: { version: "1.2" }, missing: ["steps", "expected", "seen"] });
});

test("the page behind the mail's link shows just those fields; what is sent there is filled in, said in the conversation, and ends the wait", async () => {
  const number = await anIncomplete();
  await asked(number);
  const { text } = await api.call("GET", page(number), { as: "nobody" });
  for (const key of ["steps", "expected", "seen"]) expect(text).toContain(`name="${key}"`);
  expect(text).not.toContain('name="version"');
  const sent = await post(`${page(number)}/fields`, { steps: "Open it.\nThen wait.", expected: "It opens.", seen: "It closes.", version: "9", nonsense: "x" });
  expect(sent.headers.get("location")).toContain("done=reply-received");
  expect(await desk.state(number)).toMatchObject({ askBack: "over", waiting: null, status: "open" });
  expect(await fields(number)).toMatchObject({ values: { steps: "Open it.\nThen wait.", seen: "It closes.", version: "1.2" }, missing: [] });
  expect((await api.call("GET", page(number), { as: "nobody" })).text).not.toContain('name="steps"');
  expect(await mails(number, "ask-back")).toBe(1);
});

test("any human answer ends the wait, also an incomplete one; nobody is asked twice", async () => {
  const number = await anIncomplete();
  await asked(number);
  await post(`${page(number)}/reply`, { text: "I don't know. Seen: it closes." });
  expect(await desk.state(number)).toMatchObject({ askBack: "over", waiting: null });
  await desk.command(number, "categorise", { category: "login", type: "incident", team: null });
  expect(await mails(number, "ask-back")).toBe(1);
});

test("staff waive it, or answer; 409 when there is nothing to waive", async () => {
  const number = await anIncomplete();
  await asked(number);
  expect((await api.call("DELETE", `/tickets/${number}/ask-back`)).body).toMatchObject({ number, status: "open" });
  const again = await api.call("DELETE", `/tickets/${number}/ask-back`);
  expect([again.status, again.body.code]).toEqual([409, "not_allowed_now"]);
  expect((await desk.live(number)).next?.what).not.toContain("requester");
});

test("without an answer it is asked again, then solved as unanswered; a word from the requester reopens it", async () => {
  await desk.promise({ pending: { remindAfterMs: 200, solveAfterMs: 200 } });
  const number = await anIncomplete();
  await desk.until(number, ({ status }) => status === "solved");
  expect(await desk.journal(number)).toEqual(expect.arrayContaining(["askedBack", "noticeSent", "requesterReminded", "resolved"]));
  const resolved = await desk.prisma.event.findFirstOrThrow({ where: { ticket: number, kind: "resolved" } });
  expect(resolved.facts).toMatchObject({ how: "no answer" });
  await post(`${page(number)}/reply`, { text: "Here I am." });
  expect(await desk.state(number)).toMatchObject({ status: "open", askBack: "over", solution: null });
});

test("what earlier tickets tell is not asked for again: a person's own, or their organisation's, as the field has it", async () => {
  await desk.promise({});
  const { body } = await api.call("GET", "/forms/bug/editions/1");
  const remembers: Record<string, string> = { version: "requester", expected: "organisation" };
  const changed = (body.fields as { key: string }[]).map((field) => ({ ...field, remembered: remembers[field.key] ?? null }));
  const { title } = body;
  expect((await api.call("POST", "/forms/bug/editions", { as: "admin", body: { title, fields: changed } })).status).toBe(201);
  await desk.prisma.organisation.create({ data: { id: "acme", name: "Acme", domains: ["acme.test"] } });
  const from = (email: string, text: string) => anIncomplete({ sender: { email, name: null, language: null }, text });
  const lacks = async (number: number) => (await desk.until(number, ({ askBack }) => askBack !== null), (await fields(number)).missing);
  expect(await lacks(await from("ada@acme.test", "Steps: a\nExpected: b\nVersion: 7"))).toEqual(["seen"]);
  expect(await lacks(await from("ada@acme.test", "Again."))).toEqual(["steps", "seen"]);
  expect(await lacks(await from("bob@acme.test", "For me, too."))).toEqual(["steps", "seen", "version"]);
  expect(await lacks(await from("eve@elsewhere.test", "For me, too."))).toEqual(["steps", "expected", "seen", "version"]);
});

test("what lacks nothing as it came is judged again as what it turns out to be", async () => {
  const number = await anIncomplete({ stated: { type: "question", impact: null, urgency: null } });
  expect(await desk.until(number, ({ assignee }) => assignee === "robin")).toMatchObject({ askBack: null });
  await desk.command(number, "categorise", { category: "malfunction", type: "bug", team: "asking" });
  expect(await desk.until(number, ({ askBack }) => askBack === "waiting")).toMatchObject({ type: "bug", assignee: "robin" });
  expect(await mails(number, "ask-back")).toBe(1);
});

test("a VIP is never asked, by themselves or by their organisation", async () => {
  const sender = { email: "ceo@vip.test", name: null, language: null };
  const first = await anIncomplete({ sender });
  await desk.until(first, ({ askBack }) => askBack === "waiting");
  await api.call("PUT", "/vips", { as: "admin", body: { of: { requester: "ceo@vip.test" }, vip: true } });
  await desk.prisma.organisation.create({ data: { id: "grand", name: "Grand", domains: ["grand.test"], vip: true } });
  for (const email of ["ceo@vip.test", "page@grand.test"]) {
    const number = await anIncomplete({ sender: { ...sender, email } });
    expect(await desk.until(number, ({ assignee }) => assignee !== null)).toMatchObject({ askBack: null });
    expect(await desk.journal(number)).not.toContain("askedBack");
  }
});

test("nobody is asked for an urgent ticket, one that staff opened, one that lacks nothing, or where the team does not ask", async () => {
  await desk.promise({});
  const byStaff = { kind: "staff", id: "amara", role: "agent" } as const;
  const numbers = await Promise.all([
    anIncomplete({ openedBy: byStaff }),
    anIncomplete({ openedBy: byStaff, stated: { type: "bug", impact: "high", urgency: "high" } }),
    anIncomplete({ text: "Steps: a\nExpected: b\nSeen: c\nVersion: 1" }),
    anIncomplete({ form: { edition: 1, values: { steps: "a", expected: "b", seen: "c", version: "1" } } }),
    anIncomplete({ stated: { type: "request", impact: null, urgency: null } }),
    anIncomplete({ subject: "An order", stated: { type: "incident", impact: null, urgency: null } }),
  ]);
  for (const number of numbers) {
    expect((await desk.until(number, ({ version }) => version > 3)).askBack).toBeNull();
    expect(await mails(number, "ask-back")).toBe(0);
  }
});
