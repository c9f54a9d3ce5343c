import { problemDocument } from "../../contract/problem";
import { anApi, aSubmission } from "./an-api";
import type { Answer, TestApi } from "./an-api";

let api: TestApi;
let number: number;
beforeAll(async () => {
  api = await anApi();
  number = (await api.call("POST", "/tickets", { body: aSubmission() })).body.number as number;
});
afterAll(() => api.close());

function problem({ status, headers, body }: Answer) {
  expect(headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  const document = problemDocument.parse(body);
  expect(document.status).toBe(status);
  return { status, code: document.code, fields: document.errors?.map(({ field, code }) => `${field}: ${code}`) };
}

const submit = (body: unknown, headers: Record<string, string> = {}) =>
  api.call("POST", "/tickets", { as: "nobody", body, headers });

describe("a body", () => {
  test.each(["{", "", "{'a': 1}", '{"a":1}x'])("400 when it is not JSON: %j", async (body) => {
    const expected = body === "" ? { status: 422, code: "invalid" } : { status: 400, code: "malformed_json" };
    expect(problem(await submit(body))).toMatchObject(expected);
  });

  test("400 when it is not UTF-8", async () => {
    const response = await fetch(`${api.url}/api/v1/tickets`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]),
    });
    expect(response.status).toBe(400);
  });

  test.each(["[]", "null", "1", '"x"'])("422 when it is JSON of another kind: %s", async (body) => {
    expect(problem(await submit(body))).toMatchObject({ status: 422, code: "invalid" });
  });

  test("422 names every field that is not as it should be", async () => {
    const body = { subject: " ", text: 1, requester: { email: "nobody", nickname: "N" }, type: "wish", colour: "red" };
    const { status, fields } = problem(await submit(body));
    expect(status).toBe(422);
    expect(fields?.sort()).toEqual([
      "colour: unknown_field",
      "requester.email: invalid_format",
      "requester.nickname: unknown_field",
      "subject: text_blank",
      "text: invalid_type",
      "type: invalid_value",
    ]);
  });

  test("413 over 1 MB", async () => {
    const huge = aSubmission({ text: "x".repeat(1_000_001) });
    expect(problem(await submit(huge))).toMatchObject({ status: 413, code: "too_large" });
  });

  test("415 when it is not said to be JSON", async () => {
    expect(problem(await submit("a=1", { "content-type": "text/plain" }))).toMatchObject({ status: 415 });
  });
});

describe("text", () => {
  test.each([
    ["NUL", "a\0b"],
    ["half of a surrogate pair", "a\ud800b"],
  ])("422 with a reason for %s, wherever it stands", async (_what, text) => {
    const inText = problem(await submit(aSubmission({ text })));
    expect(inText).toMatchObject({ status: 422, fields: ["text: text_unstorable"] });
    const inName = problem(await submit(aSubmission({ requester: { email: "a@customer.example", name: text } })));
    expect(inName).toMatchObject({ status: 422, fields: ["requester.name: text_unstorable"] });
    expect(problem(await submit(aSubmission({ fields: { [text]: 1 } })))).toMatchObject({ status: 422 });
  });

  test.each([
    ["100,000 characters", "å".repeat(100_000)],
    ["right to left", "مرحبا بالعالم \u202e abc"],
    ["emoji", "👩‍👩‍👧‍👦 \u{1f600}"],
    ["spaces around it", "  \r\n x \t "],
  ])("%s is stored as given", async (_what, text) => {
    const { body } = await submit(aSubmission({ text }));
    const { body: list } = await api.call("GET", `/tickets/${String(body.number)}/messages`);
    expect((list.items as { text: string }[])[0]?.text).toBe(text);
  });

  test("422 over 200,000 characters", async () => {
    const long = aSubmission({ text: "x".repeat(200_001) });
    expect(problem(await submit(long))).toMatchObject({ fields: ["text: too_big"] });
  });
});

describe("keys and roles", () => {
  test.each(["Bearer wrong", "Basic YTpi", "Bearer", ""])(
    "401 for the authorization %j, also where none is needed",
    async (authorization) => {
      const answer = await submit(aSubmission(), { authorization });
      expect(problem(answer)).toMatchObject({ status: 401, code: "unauthenticated" });
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    },
  );

  test.each(["/tickets", "/tickets/1001", "/agents", "/nothing"])("401 for %s without a key", async (path) => {
    expect(problem(await api.call("GET", path, { as: "nobody" }))).toMatchObject({ status: 401 });
  });

  test("401 for the key of somebody who has left", async () => {
    const { prisma } = api.database;
    await prisma.agent.update({ where: { id: "ingrid" }, data: { active: false } });
    expect(problem(await api.call("GET", "/agents", { as: "lead" }))).toMatchObject({ status: 401 });
    await prisma.agent.update({ where: { id: "ingrid" }, data: { active: true } });
  });

  test.each([
    ["POST", "closure", {}],
    ["PUT", "priority", { wrong: "body" }],
    ["PUT", "assignee", {}],
    ["POST", "messages", { text: "x" }],
  ])("403 for an auditor who would %s %s", async (method, what, body) => {
    const answer = await api.call(method, `/tickets/${number}/${what}`, { as: "auditor", body });
    expect(problem(answer)).toMatchObject({ status: 403, code: "forbidden" });
  });
});

describe("addresses", () => {
  test.each([
    "/tickets/999999",
    "/tickets/0",
    "/tickets/abc",
    "/tickets/99999999999",
    "/tickets/%00",
    "/tickets/%E0%A4%A",
    "/commands/none",
    "/commands/%00",
    "/nothing",
  ])("404 for %s", async (path) => {
    expect(problem(await api.call("GET", path))).toMatchObject({ status: 404, code: "not_found" });
  });

  test("405 for another method, with those there are", async () => {
    const answer = await api.call("PATCH", `/tickets/${number}/assignee`);
    expect(problem(answer)).toMatchObject({ status: 405, code: "method_not_allowed" });
    expect(answer.headers.get("allow")).toBe("PUT, DELETE");
  });
});

describe("commands that are not as they should be; Temporal is not asked", () => {
  test.each([
    ["PUT", "assignee", {}, ["agent: custom"]],
    ["PUT", "assignee", { agent: "amara", team: "support" }, ["agent: custom"]],
    ["PUT", "assignee", { agent: "nobody" }, ["agent: unknown"]],
    ["PUT", "assignee", { team: "nobody" }, ["team: unknown"]],
    ["PUT", "category", { category: "nothing" }, ["category: unknown"]],
    ["PUT", "priority", { priority: "urgent" }, ["reason: invalid_type"]],
    ["PUT", "priority", { priority: "most", reason: "x" }, ["priority: invalid_value"]],
    ["POST", "wait", { until: "tomorrow" }, ["until: invalid_format"]],
    ["POST", "wait", { until: "2030-01-01T00:00:00" }, ["until: invalid_format"]],
    ["POST", "hold", {}, ["reason: invalid_type"]],
    ["POST", "resolution", { text: " " }, ["text: text_blank"]],
    ["POST", "closure", { ifVersion: "1" }, ["ifVersion: invalid_type"]],
    ["POST", "reopening", { reason: "\0" }, ["reason: text_unstorable"]],
    ["POST", "messages", { text: "x", visibility: "secret" }, ["visibility: invalid_value"]],
    ["POST", "messages", { text: "x", visibility: "internal", as: "requester" }, ["visibility: custom"]],
  ])("422 for %s %s %j", async (method, what, body, fields) => {
    const answer = await api.call(method, `/tickets/${number}/${what}`, { body });
    expect(problem(answer)).toMatchObject({ status: 422, fields });
  });

  test("422 for a key that is none", async () => {
    const headers = { "idempotency-key": "x".repeat(129) };
    const answer = await api.call("POST", `/tickets/${number}/closure`, { headers });
    expect(problem(answer)).toMatchObject({ status: 422, fields: ["Idempotency-Key: invalid_format"] });
  });
});
