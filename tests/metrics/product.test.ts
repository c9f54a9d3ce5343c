// The figures of a whole product, as Prometheus reads them.
import type { Receipt } from "../../contract/ticket";
import { freePort } from "../../stack/ports";
import { eventually } from "../support/eventually";
import { TEST_KEYS } from "../support/keys";
import { aProduct, type TestProduct } from "../support/product";

let product: TestProduct;
let pages: { readonly api: string; readonly worker: string };
beforeAll(async () => {
  const [api, worker] = [await freePort(), await freePort()];
  product = await aProduct({ api: { METRICS_PORT: String(api) }, worker: { METRICS_PORT: String(worker) } });
  pages = { api: `http://127.0.0.1:${api}/metrics`, worker: `http://127.0.0.1:${worker}/metrics` };
}, 60_000);
afterAll(() => product.stop(), 60_000);

test("a life is counted where it happens, by routes, verbs and outcomes, and without anything of its own", async () => {
  const { desk, mail } = product;
  const email = "canary@customer.example";
  const body = { subject: "Canary song", text: "Where is the canary?", requester: { email } };
  const { number } = await desk.call<Receipt>("POST", "/tickets", { body, idempotencyKey: "once" });
  await desk.call("POST", "/tickets", { body, idempotencyKey: "once" });
  await desk.call("POST", "/tickets", { body: {} }).catch(() => undefined);
  await mail.waitForMailsTo(email);
  const solve = { body: { text: "In its cage." }, key: TEST_KEYS.agent, idempotencyKey: "solve" };
  await desk.call("POST", `/tickets/${number}/resolution`, solve);
  await desk.call("POST", `/tickets/${number}/resolution`, solve);
  const again = { ...solve, idempotencyKey: "again" };
  await desk.call("POST", `/tickets/${number}/resolution`, again).catch(() => undefined);
  await mail.waitForMailsTo(email, 2);

  const api = await figures(pages.api);
  expect(api.lines).toEqual(
    expect.arrayContaining([
      'perdura_intakes_total{outcome="accepted",code=""} 1',
      'perdura_intakes_total{outcome="repeated",code=""} 1',
      'perdura_intakes_total{outcome="refused",code="invalid"} 1',
      'perdura_commands_total{verb="resolve",outcome="done",code=""} 1',
      'perdura_commands_total{verb="resolve",outcome="repeated",code=""} 1',
      'perdura_commands_total{verb="resolve",outcome="refused",code="not_allowed_now"} 1',
      'perdura_command_duration_seconds_count{verb="resolve",outcome="done"} 1',
      'perdura_http_requests_total{method="POST",route="/api/v1/tickets/:number/resolution",status="409"} 1',
      "perdura_http_requests_in_flight 0",
    ]),
  );
  const worker = await figures(pages.worker);
  expect(worker.names).toEqual(
    expect.arrayContaining([
      'perdura_activity_duration_seconds_count{activity="record",outcome="written"}',
      'perdura_activity_duration_seconds_count{activity="chooseAssignee",outcome="assigned"}',
      'perdura_mails_total{template="solved",outcome="sent"}',
      "perdura_rebirths_total",
      "process_resident_memory_bytes",
    ]),
  );
  const standing = ["perdura_postgres_up 1", "perdura_tickets_stuck 0", "perdura_outbox_rows 0"];
  expect(worker.lines).toEqual(expect.arrayContaining(standing));
  expect(worker.text).toMatch(/^temporal_workflow_task_schedule_to_start_latency_seconds_count\{/m);
  for (const { text } of [api, worker]) expect(text).not.toMatch(new RegExp(`canary|\\b${number}\\b`, "i"));
}, 60_000);

test("each name is declared once, and only /metrics is there", async () => {
  for (const page of [pages.api, pages.worker]) {
    const types = (await figures(page)).text.split("\n").filter((line) => line.startsWith("# TYPE "));
    expect(new Set(types).size).toBe(types.length);
    expect((await fetch(new URL("/", page))).status).toBe(404);
  }
});

test("while Postgres is away the worker still answers, and says so", async () => {
  await product.database.drop();
  // The figures of before are kept for some seconds.
  const { lines, names } = await eventually(() => figures(pages.worker), (now) => !now.lines.includes("perdura_postgres_up 1"));
  expect(lines).toContain("perdura_postgres_up 0");
  expect(names).not.toContain("perdura_outbox_rows");
}, 60_000);

async function figures(page: string) {
  const response = await fetch(page);
  expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const text = await response.text();
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return { text, lines, names: lines.map((line) => line.replace(/ \S+$/, "")) };
}
