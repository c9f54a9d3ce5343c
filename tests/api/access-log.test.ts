import { Writable } from "node:stream";
import pino from "pino";
import { anApi, aSubmission } from "./an-api";
import type { TestApi } from "./an-api";

let api: TestApi;
const lines: string[] = [];
const stream = new Writable({
  write(chunk: Buffer, _encoding, done) {
    lines.push(chunk.toString());
    done();
  },
});
beforeAll(async () => void (api = await anApi({ log: pino({ level: "info" }, stream) })));
afterAll(() => api.close());

test("each request is one line with route, status, ms and id, and nothing that anybody wrote", async () => {
  const { body, headers } = await api.call("POST", "/tickets", { as: "nobody", body: aSubmission() });
  await api.call("GET", `/tickets/${String(body.number)}`);
  await api.call("GET", "/tickets?requester=kari@customer.example");
  await api.call("GET", "/tickets/0");
  await api.call("GET", `/r/${"secret".repeat(6)}`, { as: "nobody" });
  await api.call("GET", "/nothing/kari");
  const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(logged.map(({ method, route, status }) => [method, route, status])).toEqual([
    ["POST", "/api/v1/tickets", 201],
    ["GET", "/api/v1/tickets/:number", 200],
    ["GET", "/api/v1/tickets", 200],
    ["GET", "/api/v1/tickets/:number", 404],
    ["GET", "/r/:token", 404],
    ["GET", "none", 404],
  ]);
  expect(logged[0]).toMatchObject({ request: headers.get("x-request-id"), ms: expect.any(Number) as number });
  expect(lines.join("")).not.toMatch(/kari|Oslo|Card|secret|test-key/);
});
