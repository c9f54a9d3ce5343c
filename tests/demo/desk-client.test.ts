// How patient the demo's client is.
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { DeskClient } from "../../bin/demo/desk-client";

let server: Server;
let client: DeskClient;
/** What the server answers, in order; a function breaks the connection or answers as it likes. */
let answers: ((response: ServerResponse) => void)[];
let requests: IncomingMessage[];

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request);
    answers.shift()?.(response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  client = new DeskClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
beforeEach(() => {
  requests = [];
});
afterAll(() => server.close());

const json = (status: number, body: object, headers: Record<string, string> = {}) => (response: ServerResponse) =>
  void response.writeHead(status, headers).end(JSON.stringify(body));

test.each([429, 503])("%i: it waits as long as it is told, and asks again under the same key", async (status) => {
  answers = [json(status, { code: "later" }, { "retry-after": "0.2" }), json(201, { number: 7 })];
  const startedAt = performance.now();
  expect(await client.call("POST", "/tickets", { body: {}, idempotencyKey: "a-key" })).toEqual({ number: 7 });
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(190);
  expect(requests.map(({ headers }) => headers["idempotency-key"])).toEqual(["a-key", "a-key"]);
});

test("a broken connection is no answer: it asks again", async () => {
  answers = [(response) => void response.destroy(), json(200, { items: [] })];
  expect(await client.call("GET", "/teams")).toEqual({ items: [] });
});

test("a refusal is final, and says what the service said", async () => {
  answers = [json(409, { code: "not_allowed_now", detail: "It is open." })];
  const refusal = client.call("POST", "/tickets/1/closure", { body: {}, idempotencyKey: "a-key" });
  await expect(refusal).rejects.toThrow("POST /tickets/1/closure: 409 not_allowed_now It is open.");
  expect(requests).toHaveLength(1);
});
