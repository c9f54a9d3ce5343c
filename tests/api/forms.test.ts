// Forms over HTTP: read by everybody, changed by admins, and the judges of what comes with a ticket.
import { randomUUID } from "node:crypto";
import Ajv2020 from "ajv/dist/2020";
import { changeView } from "../../contract/changes";
import { formEditionView, formSummary, ticketFields } from "../../contract/form";
import { anApi, aSubmission } from "./an-api";
import type { Answer, TestApi } from "./an-api";

let api: TestApi;
beforeAll(async () => void (api = await anApi()));
afterAll(() => api.close());

const admin = (method: string, path: string, body?: unknown) => api.call(method, path, { as: "admin", body });
const submit = (given: object, headers: Record<string, string> = {}) => api.call("POST", "/tickets", { as: "nobody", body: aSubmission({ ...given }), headers });
const errors = ({ body }: Answer) => (body.errors as { field: string; code: string }[]).map(({ field, code }) => `${field} ${code}`);
const items = ({ body }: Answer) => body.items as unknown[];
const size = { key: "size", type: "number", whole: true, min: 1, label: { en: "Size" }, required: "always" };
const aForm = { title: { en: "A wish" }, fields: [size] };
const aBug = { steps: "Open it.", expected: "It opens.", seen: "It closes.", version: "1.2" };

test("everybody may read the forms, in their language, without a key", async () => {
  const list = await api.call("GET", "/forms?language=nb", { as: "nobody" });
  expect(items(list).map((item) => formSummary.parse(item)).map(({ type, title }) => `${type}: ${title}`)).toEqual([
    "question: Et spørsmål",
    "incident: En driftsforstyrrelse",
    "request: En forespørsel",
    "bug: Noe virker ikke",
    "change: En endring",
  ]);
  const schema = await api.call("GET", "/forms/bug", { as: "nobody", headers: { "accept-language": "de-AT,de;q=0.9" } });
  expect(schema.headers.get("content-type")).toContain("application/schema+json");
  expect(schema.body).toMatchObject({ title: "Etwas funktioniert nicht", required: ["steps", "expected", "seen", "version"] });
  const validate = new Ajv2020({ strict: false }).compile(schema.body);
  expect([validate(aBug), validate({ ...aBug, steps: "" })]).toEqual([true, false]);
});

test("404 for a type without a form and for what is no type; 422 for a language we do not speak", async () => {
  expect((await api.call("GET", "/forms/problem", { as: "nobody" })).status).toBe(404);
  expect((await api.call("GET", "/forms/nonsense", { as: "nobody" })).status).toBe(404);
  expect((await api.call("GET", "/forms/bug?language=fr", { as: "nobody" })).status).toBe(422);
});

test.each(["agent", "lead", "auditor"] as const)("403 when somebody else changes one: %s; earlier editions are for staff", async (as) => {
  expect((await api.call("POST", "/forms/feature/editions", { as, body: aForm })).status).toBe(403);
  expect((await api.call("DELETE", "/forms/bug", { as })).status).toBe(403);
  expect((await api.call("GET", "/forms/bug/editions", { as })).status).toBe(200);
  expect((await api.call("GET", "/forms/bug/editions", { as: "nobody" })).status).toBe(401);
});

test("a form is made, changed, deleted and brought back; every edition stays, with its maker", async () => {
  const made = await admin("POST", "/forms/feature/editions", { ...aForm, basedOn: 0 });
  expect(made.status).toBe(201);
  expect(formEditionView.parse(made.body)).toMatchObject({ type: "feature", edition: 1, by: "staff:sofia", fields: [{ key: "size", shown: "always", help: null }] });
  expect((await admin("POST", "/forms/feature/editions", { ...aForm, title: { en: "An idea" } })).body).toMatchObject({ edition: 2 });
  const late = await admin("POST", "/forms/feature/editions", { ...aForm, basedOn: 1 });
  expect([late.status, late.body.code, late.body.edition]).toEqual([409, "outdated", 2]);
  expect((await admin("DELETE", "/forms/feature")).status).toBe(204);
  expect((await admin("DELETE", "/forms/feature")).status).toBe(404);
  expect((await api.call("GET", "/forms/feature")).status).toBe(404);
  expect((await api.call("GET", "/forms/feature/editions/1")).body).toMatchObject({ edition: 1, title: { en: "A wish" } });
  expect((await admin("POST", "/forms/feature/editions", aForm)).body).toMatchObject({ edition: 3 });
  const changes = items(await api.call("GET", "/forms/feature/changes")).map((item) => changeView.parse(item));
  expect(changes.map(({ action, edition }) => `${action} ${String(edition)}`)).toEqual(["created 1", "changed 2", "deleted null", "changed 3"]);
});

test("of changes at once each becomes an edition of its own", async () => {
  const all = await Promise.all(Array.from({ length: 4 }, () => admin("POST", "/forms/problem/editions", aForm)));
  expect(new Set(all.map(({ body }) => body.edition))).toEqual(new Set([1, 2, 3, 4]));
  await admin("DELETE", "/forms/problem");
});

test("422 for a form that nobody could fill in, with each fault at its place", async () => {
  const fields = [size, { ...size, shown: { when: { field: "later", answered: true } } }, { key: "note", type: "text", pattern: "(a+)\\1", label: { en: "Note" } }];
  const answer = await admin("POST", "/forms/feature/editions", { ...aForm, fields });
  expect(answer.status).toBe(422);
  expect(errors(answer)).toEqual(["fields.1.key field_twice", "fields.1.label.en label_twice", "fields.1.shown.when.field condition_field", "fields.2.pattern pattern_unsafe"]);
});

test("a form that comes with a ticket is kept with the edition that judged it, and staff read it", async () => {
  const { status, body } = await submit({ type: "bug", fields: aBug });
  expect(status).toBe(201);
  const path = `/tickets/${String(body.number)}/fields`;
  expect(ticketFields.parse((await api.call("GET", path)).body)).toEqual({ form: { type: "bug", edition: 1 }, values: aBug, missing: [] });
  expect((await api.call("GET", path, { as: "nobody" })).status).toBe(401);
  expect((await api.call("GET", "/tickets/2000000000/fields")).status).toBe(404);
});

test("422 names all that is missing, hidden, wrong or unknown at once, for staff too; nothing is accepted", async () => {
  const before = await api.database.prisma.ticket.count();
  const body = aSubmission({ type: "incident", fields: { extent: "me", where: "Oslo", since: " ", nonsense: true } });
  for (const as of ["nobody", "agent"] as const) {
    const answer = await api.call("POST", "/tickets", { as, body });
    expect([answer.status, answer.body.code, answer.body.form, answer.body.edition]).toEqual([422, "invalid", "incident", 1]);
    expect(errors(answer)).toEqual(["fields.since text_blank", "fields.where field_hidden", "fields.nonsense unknown_field"]);
  }
  expect(errors(await submit({ type: "bug", fields: {} }))).toEqual(["fields.steps", "fields.expected", "fields.seen", "fields.version"].map((field) => `${field} field_missing`));
  expect(errors(await submit({ fields: aBug }))).toEqual(["type type_needed"]);
  expect(errors(await submit({ type: "problem", fields: aBug }))).toEqual(["fields no_form"]);
  expect(await api.database.prisma.ticket.count()).toBe(before);
});

test("a ticket may come without a form, whatever its type: staff see what its words say line by line, and what is missing", async () => {
  const { status, body } = await submit({ type: "bug", text: "Good morning,\n\nSteps: Open it.\nThen wait.\n\nVersion: 1.2" });
  expect(status).toBe(201);
  expect((await api.call("GET", `/tickets/${String(body.number)}/fields`)).body).toEqual({
    form: { type: "bug", edition: 1 },
    values: { steps: "Open it.\nThen wait.", version: "1.2" },
    missing: ["expected", "seen"],
  });
  const other = await submit({ type: "problem" });
  expect((await api.call("GET", `/tickets/${String(other.body.number)}/fields`)).body).toEqual({ form: null, values: {}, missing: [] });
});

test("it is judged by the form of the type that it has now, and only by what its requester said in public", async () => {
  const { body } = await submit({ type: "bug", fields: aBug, text: "Since when: yesterday" });
  const number = body.number as number;
  const { prisma } = api.database;
  const said = (text: string, visibility: string, authorKind: string, version: number | null) =>
    prisma.message.create({ data: { id: randomUUID(), ticket: number, text, visibility, authorKind, authorId: "x", version, sha256: "" } });
  await prisma.ticket.update({ where: { number }, data: { type: "incident" } });
  await said("Wer ist betroffen: Alle", "public", "requester", 2);
  await said("Where: Bergen", "public", "staff", 3);
  await said("Where: Oslo", "internal", "requester", 4);
  await said("Where: Paris", "public", "requester", null);
  expect((await api.call("GET", `/tickets/${String(number)}/fields`)).body).toEqual({
    form: { type: "incident", edition: 1 },
    values: { since: "yesterday", extent: "all" },
    missing: ["where"],
  });
});

test("what was accepted once stays so, though the form has changed since", async () => {
  const key = { "idempotency-key": "before-the-change" };
  const first = await submit({ type: "change", fields: { plan: "Move it.", risk: "low", window: "Sunday" } }, key);
  expect(first.status).toBe(201);
  await admin("POST", "/forms/change/editions", { ...aForm });
  const again = await submit({ type: "change", fields: { plan: "Move it.", risk: "low", window: "Sunday" } }, key);
  expect([again.status, again.body.number]).toEqual([200, first.body.number]);
  expect((await submit({ type: "change", fields: { plan: "Move it.", risk: "low", window: "Sunday" } })).status).toBe(422);
});
