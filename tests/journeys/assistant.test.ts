// A language model elsewhere, asked when nobody knows: whatever it does, the ticket goes on in time.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { aDesk } from "../support/desk";
import type { Desk } from "../support/desk";

const limitMs = 1_000;

interface Asked {
  readonly path: string | undefined;
  readonly authorization: string | undefined;
  readonly body: { readonly model: string; readonly messages: readonly { readonly role: string; readonly content: string }[] };
}

/** The next answer: what the model says, or another status, or nothing at all. */
let answer: string | number | null = null;
const asked: Asked[] = [];
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => {
    const { url: path, headers } = request;
    const body = JSON.parse(Buffer.concat(parts).toString()) as Asked["body"];
    asked.push({ path, authorization: headers.authorization, body });
    if (answer === null) return;
    if (typeof answer === "number") return void response.writeHead(answer).end("{}");
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ id: "x", choices: [{ index: 0, message: { role: "assistant", content: answer } }] }));
  });
});

let desk: Desk;
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  desk = await aDesk({ assistant: { url, key: "secret-key", model: "small", limitMs } });
  await desk.startWorker();
});
afterAll(async () => {
  await desk.close();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => asked.splice(0));

async function sorted(text: string) {
  const number = await desk.open({ subject: "Xyzzy", text });
  const { category, team } = await desk.until(number, (ticket) => ticket.category !== null);
  const { source } = await desk.prisma.categoryDecision.findUniqueOrThrow({ where: { ticket: number } });
  return { number, category, team, source };
}

test("what it says is done, and stands in the journal; it is given the text and the categories, under the key", async () => {
  answer = '{"category":"refund"}';
  const { number, ...rest } = await sorted("plugh");
  expect(rest).toEqual({ category: "refund", team: "billing", source: "assistant" });
  expect(asked).toMatchObject([{ path: "/v1/chat/completions", authorization: "Bearer secret-key", body: { model: "small" } }]);
  const [system, user] = asked[0]?.body.messages ?? [];
  expect(system?.content).toContain('"refund"');
  expect(user).toEqual({ role: "user", content: "Xyzzy\nplugh" });
  const event = await desk.prisma.event.findFirstOrThrow({ where: { ticket: number, kind: "categorised" } });
  expect(event.facts).toMatchObject({ category: "refund", rule: null, assistant: true });
});

test("where a rule knows, it is not asked", async () => {
  answer = '{"category":"refund"}';
  expect(await sorted("I forgot my password and cannot log in")).toMatchObject({ source: "rule" });
  expect(asked).toEqual([]);
});

test.each([
  ["it doesn't know either", '{"category":null}'],
  ["a category that isn't there", '{"category":"nonsense"}'],
  ["more than was asked for", '{"category":"refund","note":"sure"}'],
  ["words around it", 'Surely: {"category":"refund"}'],
  ["nothing", ""],
  ["an error", 500],
  ["too many requests", 429],
] as const)("triage: %s", async (_, said) => {
  answer = said;
  expect(await sorted("plover")).toMatchObject({ category: "uncategorised", team: "support", source: "triage" });
  expect(asked).toHaveLength(1);
});

test("it never answers: the ticket waits for the limit and no longer, and it is not asked again", async () => {
  answer = null;
  const begun = Date.now();
  expect(await sorted("plover")).toMatchObject({ category: "uncategorised", source: "triage" });
  const took = Date.now() - begun;
  expect(took).toBeGreaterThanOrEqual(limitMs);
  // The rest is the desk's own work, on a machine that may be busy.
  expect(took).toBeLessThan(limitMs + 10_000);
  expect(asked).toHaveLength(1);
});

test("nobody listens there any more: triage", async () => {
  server.closeAllConnections();
  server.close();
  expect(await sorted("plover")).toMatchObject({ category: "uncategorised", source: "triage" });
});
