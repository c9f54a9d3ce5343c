import { ticketView } from "../../contract/ticket";
import { anApi, aSubmission } from "./an-api";
import type { TestApi } from "./an-api";

let api: TestApi;
beforeAll(async () => void (api = await anApi()));
afterAll(() => api.close());

const submit = (body: object, headers: Record<string, string> = {}, as: "nobody" | "agent" | "auditor" = "nobody") =>
  api.call("POST", "/tickets", { as, body, headers });

async function counts(): Promise<number[]> {
  const { intake, ticket, message } = api.database.prisma;
  return await Promise.all([intake.count(), ticket.count(), message.count()]);
}

describe("accepting", () => {
  test("is a commit, though Temporal is away: intake, ticket and first message are there", async () => {
    const stated = { type: "incident", impact: "high", urgency: "high" };
    const { status, body, headers } = await submit(aSubmission({ text: "It is gone.", ...stated }));
    expect(status).toBe(201);
    expect(body).toEqual({ number: body.number, subject: "Card lost", status: "new", createdAt: body.createdAt });
    expect(headers.get("location")).toBe(`/api/v1/tickets/${String(body.number)}`);
    expect(headers.get("idempotency-key")).toMatch(/^[0-9a-f-]{36}$/);

    const where = { number: body.number as number };
    const row = await api.database.prisma.ticket.findUniqueOrThrow({ where, include: { messages: true } });
    expect(row).toMatchObject({ version: 0, started: false, type: "incident", language: "en", channel: "web" });
    const message = { text: "It is gone.", visibility: "public", authorKind: "requester", version: 1 };
    expect(row.messages).toMatchObject([message]);
  });

  test("a ticket reads the same whoever asks, in the contract's shape", async () => {
    const { body } = await submit(aSubmission(), {}, "agent");
    const ticket = ticketView.parse(body);
    expect(ticket).toMatchObject({ category: "uncategorised", priority: "normal", version: 0, deadline: null });
    expect(ticket.abilities).toContain("resolve");
    const read = await api.call("GET", `/tickets/${ticket.number}`);
    expect(read.body).toEqual(body);
    const audited = await api.call("GET", `/tickets/${ticket.number}`, { as: "auditor" });
    expect(audited.body).toEqual({ ...body, abilities: [] });
  });

  test("the same key with the same body is the same ticket for ever, whatever the order of its fields", async () => {
    const key = { "idempotency-key": "once" };
    const first = await submit({ subject: "S", text: "T", requester: { email: "a@customer.example" } }, key);
    const again = await submit({ requester: { email: "a@customer.example" }, text: "T", subject: "S" }, key);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
  });

  test("the same key at the same moment makes one ticket", async () => {
    const before = await counts();
    const key = { "idempotency-key": "at-once" };
    const answers = await Promise.all(Array.from({ length: 8 }, () => submit(aSubmission(), key)));
    expect(new Set(answers.map(({ body }) => body.number)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await counts()).toEqual(before.map((count) => count + 1));
  });

  test("422 for the same key with another body; nothing is accepted", async () => {
    const key = { "idempotency-key": "twice" };
    await submit(aSubmission(), key);
    const before = await counts();
    const { status, body } = await submit(aSubmission({ text: "Something else." }), key);
    expect([status, body.code]).toEqual([422, "key_reused"]);
    expect(await counts()).toEqual(before);
  });

  test("two senders may use the same key", async () => {
    const key = { "idempotency-key": "mine" };
    const one = await submit(aSubmission({ requester: { email: "one@customer.example" } }), key);
    const two = await submit(aSubmission({ requester: { email: "two@customer.example" } }), key);
    expect([one.status, two.status]).toEqual([201, 201]);
  });
});

describe("the requester", () => {
  test("is one person however their address is spelt, also at the same moment", async () => {
    const spellings = ["Ola@Customer.Example", "ola@customer.example", "OLA@CUSTOMER.EXAMPLE"];
    await Promise.all(spellings.map((email) => submit(aSubmission({ requester: { email } }))));
    const list = await api.call("GET", "/tickets?requester=oLa@customer.example");
    expect(list.body.items).toHaveLength(3);
  });

  test("a stranger who uses a known address changes nothing that is known of it, and learns nothing", async () => {
    const email = "eva@customer.example";
    await submit(aSubmission({ requester: { email, name: "Eva", language: "de-AT" } }), {}, "agent");
    const { body } = await submit(aSubmission({ requester: { email, name: "Mallory" } }));
    expect(Object.keys(body).sort()).toEqual(["createdAt", "number", "status", "subject"]);
    const { body: ticket } = await api.call("GET", `/tickets/${String(body.number)}`);
    expect(ticket.requester).toMatchObject({ name: "Eva", language: "de" });
  });

  test.each([
    ["no", "nb"],
    ["nn-NO", "nb"],
    ["zh-Hant-TW", "zh"],
    ["fr", "en"],
  ])("who speaks %s is written to in %s", async (tag, language) => {
    const email = `${tag}@customer.example`.toLowerCase();
    const { body } = await submit(aSubmission({ requester: { email, language: tag } }), {}, "agent");
    expect(body.requester).toMatchObject({ language });
  });
});

describe("on somebody's behalf", () => {
  test("403 for strangers", async () => {
    const { status, body } = await submit(aSubmission({ onBehalf: {} }));
    expect([status, body.code]).toEqual([403, "forbidden"]);
  });

  test("403 for an auditor", async () => {
    expect((await submit(aSubmission(), {}, "auditor")).status).toBe(403);
  });

  test("no acknowledgement unless asked for; the opener is on record", async () => {
    const { body } = await submit(aSubmission({ channel: "phone", onBehalf: { assignee: "amara" } }), {}, "agent");
    const { facts } = await api.database.prisma.intake.findUniqueOrThrow({ where: { number: body.number as number } });
    const openedBy = { kind: "staff", id: "amara", role: "agent" };
    expect(facts).toMatchObject({ acknowledge: false, assignee: "amara", openedBy });
  });

  test.each(["nobody-of-that-name", "greta"])("422 when the assignee is no agent at work: %s", async (assignee) => {
    const { status, body } = await submit(aSubmission({ onBehalf: { assignee } }), {}, "agent");
    expect([status, (body.errors as { field: string }[])[0]?.field]).toEqual([422, "onBehalf.assignee"]);
  });

  test("422 when a stranger says it was a call", async () => {
    const { status, body } = await submit(aSubmission({ channel: "phone" }));
    expect([status, (body.errors as { field: string }[])[0]?.field]).toEqual([422, "channel"]);
  });
});

test("429 with Retry-After for a stranger who submits too many; staff are not limited", async () => {
  const strict = await anApi({ settings: { intakePerMinute: 2 } });
  try {
    const call = (as: "nobody" | "agent") => strict.call("POST", "/tickets", { as, body: aSubmission() });
    await call("nobody");
    await call("nobody");
    const third = await call("nobody");
    expect([third.status, third.body.code]).toEqual([429, "too_many_requests"]);
    expect(Number(third.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await call("agent")).status).toBe(201);
  } finally {
    await strict.close();
  }
});
