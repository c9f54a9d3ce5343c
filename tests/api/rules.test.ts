// Rules over HTTP: who may change them, what is refused, what is remembered, and what a new one would do.
import { randomUUID } from "node:crypto";
import { dryRunView, ruleView } from "../../contract/categorisation";
import { anApi, aSubmission } from "./an-api";
import type { TestApi } from "./an-api";

let api: TestApi;
beforeAll(async () => (api = await anApi()));
afterAll(() => api.close());

const admin = (method: string, path: string, body?: unknown) => api.call(method, path, { as: "admin", body });
const listed = async () => ((await api.call("GET", "/rules")).body.items as unknown[]).map((item) => ruleView.parse(item));
const aRule = (given: object = {}) => ({ id: `rule-${randomUUID().slice(0, 8)}`, words: ["gadget"], category: "refund", ...given });

test("an admin adds a rule after all others; the team is the category's, and who made it is remembered", async () => {
  const rule = aRule();
  const { status, body, headers } = await admin("POST", "/rules", rule);
  expect([status, headers.get("location")]).toEqual([201, `/api/v1/rules/${rule.id}`]);
  expect(ruleView.parse(body)).toMatchObject({ ...rule, edition: 1, team: "billing", hits: 0, lastHitAt: null });
  expect((await listed()).at(-1)?.id).toBe(rule.id);
  expect((await api.call("GET", `/rules/${rule.id}/changes`)).body.items).toMatchObject([{ action: "created", edition: 1, by: "staff:sofia" }]);
});

test("a change is a new edition in the same place; the old one stays in the rows", async () => {
  const rule = aRule({ position: 7 });
  await admin("POST", "/rules", rule);
  const { body } = await admin("PUT", `/rules/${rule.id}`, { basedOn: 1, words: ["widget"], category: "card", team: "support" });
  expect(body).toMatchObject({ edition: 2, position: 7, words: ["widget"], category: "card", team: "support" });
  expect((await listed()).filter(({ id }) => id === rule.id)).toHaveLength(1);
  const rows = await api.database.prisma.rule.findMany({ where: { id: { startsWith: `${rule.id}:` } }, orderBy: { id: "asc" } });
  expect(rows.map(({ id, words, retiredAt }) => [id, words, retiredAt === null])).toEqual([
    [`${rule.id}:1`, ["gadget"], false],
    [`${rule.id}:2`, ["widget"], true],
  ]);
});

test("409 when somebody has changed it meanwhile, or the id was ever used", async () => {
  const rule = aRule();
  await admin("POST", "/rules", rule);
  const change = { basedOn: 1, words: ["x"], category: "card" };
  await admin("PUT", `/rules/${rule.id}`, change);
  expect(await admin("PUT", `/rules/${rule.id}`, change)).toMatchObject({ status: 409, body: { code: "outdated", edition: 2 } });
  expect((await admin("DELETE", `/rules/${rule.id}`)).status).toBe(204);
  expect((await api.call("GET", `/rules/${rule.id}`)).status).toBe(404);
  expect(await admin("POST", "/rules", rule)).toMatchObject({ status: 409, body: { code: "exists" } });
  expect((await admin("DELETE", `/rules/${rule.id}`)).status).toBe(404);
});

test.each([
  ["no condition", { words: [] }, "words"],
  ["no such category", { category: "nonsense" }, "category"],
  ["no such team", { team: "nobody" }, "team"],
  ["a channel that isn't", { channel: "pigeon" }, "channel"],
  ["a domain that isn't", { requesterDomain: "a@b" }, "requesterDomain"],
  ["an empty word", { words: [" "] }, "words.0"],
])("422: %s", async (_, given, field) => {
  const { status, body } = await admin("POST", "/rules", aRule(given));
  expect({ status, fields: (body.errors as { field: string }[]).map((each) => each.field) }).toEqual({ status: 422, fields: [field] });
});

test.each(["agent", "lead", "auditor"] as const)("%s reads them, and gets 403 for a change or a dry run", async (as) => {
  expect((await api.call("GET", "/rules", { as })).status).toBe(200);
  const [rule] = await listed();
  for (const [method, path] of [["POST", "/rules"], ["PUT", `/rules/${rule?.id}`], ["DELETE", `/rules/${rule?.id}`], ["POST", "/rules/dry-run"]] as const) {
    expect((await api.call(method, path, { as, body: {} })).status).toBe(403);
  }
});

test("hits are counted over all editions", async () => {
  const rule = aRule();
  await admin("POST", "/rules", rule);
  const data = { source: "rule", category: "refund", type: "request", team: "billing", words: [], others: [] };
  await api.database.prisma.categoryDecision.createMany({ data: [1, 2].map((edition) => ({ ...data, ticket: 900_000 + edition, rule: `${rule.id}:${edition}` })) });
  expect((await listed()).find(({ id }) => id === rule.id)).toMatchObject({ hits: 2, lastHitAt: expect.any(String) });
});

test("a dry run tells what the rule would match, decide and change, and changes nothing", async () => {
  const word = `zyx${randomUUID().slice(0, 8)}`;
  const submit = async (text: string) => (await api.call("POST", "/tickets", { body: aSubmission({ subject: "Hello", text }) })).body.number as number;
  const [plain, taken] = [await submit(`about a ${word}`), await submit(`about a ${word} and a ${word}first`)];
  await submit("about nothing");
  // Accepted only, for Temporal is away: the text is published by the first record.
  await api.database.prisma.message.updateMany({ where: { ticket: { in: [plain, taken] } }, data: { version: 1 } });
  await admin("POST", "/rules", aRule({ position: 1, words: [`${word}first`] }));
  const before = await listed();
  const { body } = await admin("POST", "/rules/dry-run", { words: [word], category: "card", last: 50 });
  expect(dryRunView.parse(body)).toMatchObject({ matches: 2, decides: 1, changes: [{ number: plain, subject: "Hello", category: "uncategorised", wouldBe: "card" }] });
  expect((await admin("POST", "/rules/dry-run", { words: [word], category: "card", position: 0 })).body).toMatchObject({ decides: 2 });
  expect(await listed()).toEqual(before);
});
