// What staff may know and change of mails that go out: the ledger, the desk's own words, suspended addresses.
import { randomUUID } from "node:crypto";
import { aStoredTicket, anOwedNotice } from "../mail/a-mail";
import { anApi } from "./an-api";
import type { TestApi } from "./an-api";

let api: TestApi;
beforeAll(async () => (api = await anApi()));
afterAll(async () => await api.close());

const admin = (method: string, path: string, body?: unknown) => api.call(method, path, { as: "admin", body });
const errors = (body: Readonly<Record<string, unknown>>) => (body["errors"] as { field: string; code: string }[]).map(({ field, code }) => `${field}: ${code}`);
const content = { subject: "Re: {{subject}}", text: "{{words}}\n{{link}}", html: "<p>{{words}}</p>" };

test("notices of all tickets are listed by state, oldest first, page by page", async () => {
  const { prisma } = api.database;
  const number = await aStoredTicket(prisma);
  const failed = [await anOwedNotice(prisma, number), await anOwedNotice(prisma, number), await anOwedNotice(prisma, number)];
  const waiting = await anOwedNotice(prisma, number);
  const answers = [{ attempt: 1, at: new Date().toISOString(), state: "failed", code: "EENVELOPE 550 RCPT TO" }];
  await prisma.notice.updateMany({ where: { id: { in: failed.map(({ id }) => id) } }, data: { state: "failed", answers } });
  const first = await api.call("GET", "/notices?state=failed&limit=2");
  const second = await api.call("GET", `/notices?state=failed&limit=2&cursor=${String(first.body["next"])}`);
  const items = [...(first.body["items"] as { id: string }[]), ...(second.body["items"] as { id: string }[])];
  expect(items.map(({ id }) => id)).toEqual(failed.map(({ id }) => id));
  expect(items[0]).toMatchObject({ ticket: number, state: "failed", answers, recipient: { kind: "requester" } });
  expect(second.body["next"]).toBeNull();
  await prisma.notice.update({ where: { id: waiting.id }, data: { heldUntil: new Date(Date.now() + 60_000), heldBecause: "digest" } });
  expect((await api.call("GET", "/notices?state=held")).body["items"]).toMatchObject([{ id: waiting.id }]);
  expect((await api.call("GET", "/notices?state=queued")).body["items"]).toEqual([]);
  expect((await api.call("GET", "/notices?state=lost")).status).toBe(422);
  expect((await api.call("GET", "/notices", { as: "nobody" })).status).toBe(401);
});

test.each([
  [200, "failed", {}],
  [200, "bounced", {}],
  [200, "unknown", {}],
  [409, "unknown", { retryAt: new Date(Date.now() + 60_000) }],
  [409, "queued", {}],
  [409, "sending", {}],
  [409, "sent", { sentAt: new Date() }],
  [409, "withdrawn", {}],
])("%s when one that is %s %j is to be sent once more, on a closed ticket", async (status, state, more) => {
  const { prisma } = api.database;
  const number = await aStoredTicket(prisma);
  await prisma.ticket.update({ where: { number }, data: { status: "closed" } });
  const { id } = await anOwedNotice(prisma, number);
  await prisma.notice.update({ where: { id }, data: { state, ...more } });
  const answer = await api.call("POST", `/notices/${id}/retry`);
  expect([answer.status, answer.body[status === 200 ? "state" : "code"]]).toEqual([status, status === 200 ? "queued" : "not_allowed_now"]);
  expect(await prisma.outbox.count({ where: { kind: "courier", subject: id } })).toBe(status === 200 ? 1 : 0);
});

test("asked for again under the same key, a retry answers how its notice stands, and nothing leaves twice; the key is for no other", async () => {
  const { prisma } = api.database;
  const number = await aStoredTicket(prisma);
  await prisma.ticket.update({ where: { number }, data: { status: "closed" } });
  const [{ id }, other] = [await anOwedNotice(prisma, number), await anOwedNotice(prisma, number)];
  await prisma.notice.updateMany({ where: { ticket: number }, data: { state: "failed" } });
  const retry = (notice: string) => api.call("POST", `/notices/${notice}/retry`, { headers: { "idempotency-key": `again-${id}` } });
  expect((await retry(id)).status).toBe(200);
  await prisma.notice.update({ where: { id }, data: { state: "sent", sentAt: new Date() } });
  const again = await retry(id);
  expect([again.status, again.body["state"]]).toEqual([200, "sent"]);
  expect(await prisma.outbox.count({ where: { kind: "courier", subject: id } })).toBe(1);
  expect((await retry(other.id)).body["code"]).toBe("key_reused");
});

test("a template is written as editions, read, and taken back; only admins write", async () => {
  const path = "/templates/public-reply/en";
  expect((await api.call("GET", path)).status).toBe(404);
  expect(await admin("PUT", path, content)).toMatchObject({ status: 201, body: { edition: 1, brand: null, content } });
  expect(await admin("PUT", path, { ...content, subject: "Hello" })).toMatchObject({ status: 200, body: { edition: 2 } });
  expect((await api.call("PUT", path, { body: content })).status).toBe(403);
  expect(await admin("PUT", `${path}?brand=acme`, content)).toMatchObject({ status: 201, body: { edition: 1, brand: "acme" } });
  expect((await api.call("GET", "/templates")).body["items"]).toMatchObject([{ brand: null, edition: 2 }, { brand: "acme", edition: 1 }]);
  expect((await admin("DELETE", path)).status).toBe(204);
  expect((await admin("DELETE", path)).status).toBe(404);
  expect((await api.call("GET", path)).body).toMatchObject({ edition: 3, content: null });
  expect((await admin("GET", "/templates/nothing/en")).status).toBe(404);
  const changes = await api.database.prisma.change.findMany({ where: { kind: "template", subject: "public-reply/en" }, orderBy: { id: "asc" } });
  expect(changes.map(({ action, edition }) => `${action} ${edition}`)).toEqual(["created 1", "changed 2", "deleted 3"]);
});

test("422 tells all that is wrong with a template, and nothing is kept", async () => {
  const wrong = { subject: "{{who}}", text: "{{#words}}", html: "<p>{{> part}}</p>" };
  const { status, body } = await admin("PUT", "/templates/pending/en", wrong);
  expect(status).toBe(422);
  expect(errors(body)).toEqual(["subject: template_unknown", "text: template_syntax", "html: template_partial", "html: template_lacks"]);
  expect(await api.database.prisma.mailTemplate.count({ where: { template: "pending" } })).toBe(0);
});

test("a preview shows examples, or what is known of a ticket, escaped as in a mail", async () => {
  const path = "/templates/public-reply/nb/preview";
  const shown = await api.call("POST", path, { body: { content } });
  expect(shown.body).toMatchObject({ subject: "Re: The card has not come <yet> & more" });
  expect(shown.body["html"]).toContain("&#60;b&#62;Not bold");
  const number = await aStoredTicket(api.database.prisma, { subject: "Where is it?" });
  expect((await api.call("POST", path, { body: { content, ticket: number } })).body).toMatchObject({ subject: "Re: Where is it?" });
  expect((await api.call("POST", path, { body: { content, ticket: 999_999 } })).status).toBe(404);
  expect((await api.call("POST", path, { body: {} })).status).toBe(404);
});

test("suspended addresses are listed; a lead lifts one, and it stays on record", async () => {
  const { prisma } = api.database;
  const { id } = await prisma.suppression.create({ data: { id: randomUUID(), address: "kim@customer.example", reason: "bounced", code: "5.1.1" } });
  expect((await api.call("GET", "/suppressions")).body["items"]).toMatchObject([{ id, reason: "bounced", code: "5.1.1", liftedAt: null }]);
  expect((await api.call("DELETE", `/suppressions/${id}`)).status).toBe(403);
  expect((await api.call("DELETE", `/suppressions/${id}`, { as: "lead" })).status).toBe(204);
  expect((await api.call("DELETE", `/suppressions/${id}`, { as: "lead" })).status).toBe(404);
  expect((await api.call("DELETE", "/suppressions/nothing", { as: "lead" })).status).toBe(404);
  expect((await api.call("GET", "/suppressions")).body["items"]).toEqual([]);
  expect((await api.call("GET", "/suppressions?lifted=true")).body["items"]).toMatchObject([{ id, liftedBy: "staff:ingrid" }]);
});
