import { isPostgresAway } from "../../api/postgres-away";
import { createPrisma } from "../../prisma/client";
import { commandView } from "../../contract/commands";
import { anApi, aSubmission, nowhere } from "./an-api";
import type { TestApi } from "./an-api";

describe("Temporal is away", () => {
  let api: TestApi;
  let number: number;
  beforeAll(async () => {
    api = await anApi();
    number = (await api.call("POST", "/tickets", { body: aSubmission() })).body.number as number;
  });
  afterAll(() => api.close());

  test("503 within 5 s with the key; its outcome is pending, and none once its time has passed", async () => {
    const startedAt = performance.now();
    const call = { body: { text: "Done." } };
    const { status, headers, body } = await api.call("POST", `/tickets/${number}/resolution`, call);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect([status, body.code]).toEqual([503, "unavailable"]);
    expect(headers.get("retry-after")).toBe("5");
    const key = headers.get("idempotency-key");
    expect(body.key).toBe(key);

    const pending = commandView.parse((await api.call("GET", `/commands/${key}`)).body);
    expect(pending).toMatchObject({ key, state: "pending", ticket: number, verb: "resolve", version: null });
    await api.database.prisma.command.updateMany({ data: { notAfter: new Date(0) } });
    expect((await api.call("GET", `/commands/${key}`)).body).toMatchObject({ state: "none" });
  });

  test("404 for somebody else's command", async () => {
    const { headers } = await api.call("POST", `/tickets/${number}/closure`, {});
    expect((await api.call("GET", `/commands/${headers.get("idempotency-key")}`, { as: "lead" })).status).toBe(404);
  });

  test("422 for the same key with another command, though the first's outcome is not known", async () => {
    const headers = { "idempotency-key": "one-thing" };
    await api.call("POST", `/tickets/${number}/closure`, { headers });
    const other = await api.call("POST", `/tickets/${number}/resumption`, { headers });
    expect([other.status, other.body.code]).toEqual([422, "key_reused"]);
  });

  test("a ticket's own answer is the row's, and says so", async () => {
    const { status, body } = await api.call("GET", `/tickets/${number}/live`);
    expect([status, body.stale, body.version]).toEqual([200, true, 0]);
  });

  test("ready, but degraded: tickets are still accepted", async () => {
    const { status, body } = await api.call("GET", "/health/ready", { as: "nobody" });
    expect([status, body.status]).toEqual([200, "degraded"]);
    expect((await api.call("GET", "/health/live", { as: "nobody" })).status).toBe(200);
  });
});

describe("Postgres is away", () => {
  let api: TestApi;
  const prisma = createPrisma(`postgresql://nobody:nothing@${nowhere}/nothing`, { connectTimeoutMs: 2_000 });
  beforeAll(async () => void (api = await anApi({ prisma })));
  afterAll(async () => {
    await api.close();
    await prisma.$disconnect();
  });

  test.each([
    ["POST", "/tickets", "nobody"],
    ["POST", "/tickets", "agent"],
    ["GET", "/tickets", "agent"],
    ["POST", "/tickets/1001/closure", "agent"],
  ] as const)("503 within 5 s for %s %s by %s, without a word of SQL", async (method, path, as) => {
    const startedAt = performance.now();
    const call = method === "POST" ? { as, body: aSubmission() } : { as };
    const { status, headers, body, text } = await api.call(method, path, call);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect([status, body.code]).toEqual([503, "unavailable"]);
    expect(headers.get("retry-after")).toBe("5");
    expect(text).not.toMatch(/select|insert|prisma|postgres|at .*\.ts/i);
  });

  test("not ready, but live", async () => {
    expect((await api.call("GET", "/health/ready", { as: "nobody" })).status).toBe(503);
    expect((await api.call("GET", "/health/live", { as: "nobody" })).status).toBe(200);
  });
});

describe("Postgres answers, and can take nothing", () => {
  let api: TestApi;
  beforeAll(async () => void (api = await anApi()));
  afterAll(() => api.close());

  test.each([
    ["only to be read", "25006"],
    ["a conflict with another transaction", "40001"],
    ["a deadlock", "40P01"],
    ["its disk is full", "53100"],
    ["its memory is full", "53200"],
    ["no connection is free", "53300"],
    ["its disk fails", "58030"],
  ])("it is told as absence: %s (%s)", async (_why, code) => {
    const raise = `DO $$ BEGIN RAISE EXCEPTION 'As the test wants it' USING ERRCODE = '${code}'; END $$`;
    const { prisma } = api.database;
    const errors = [
      await prisma.$executeRawUnsafe(raise).catch((error: unknown) => error),
      await prisma.$transaction(async (tx) => await tx.$executeRawUnsafe(raise)).catch((error: unknown) => error),
    ];
    expect(errors.map(isPostgresAway)).toEqual([true, true]);
  });

  test("503 for a submission while it can only be read, and nothing is kept of it; accepted as soon as it can", async () => {
    const { prisma } = api.database;
    const [{ name } = { name: "" }] = await prisma.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`;
    const call = { as: "nobody", body: aSubmission(), headers: { "idempotency-key": "read-only" } } as const;
    await setReadOnly(name, "on");
    const { status, headers, body } = await api.call("POST", "/tickets", call);
    expect([status, body.code, headers.get("retry-after")]).toEqual([503, "unavailable", "5"]);
    expect(await prisma.intake.count()).toBe(0);
    await setReadOnly(name, "off");
    expect((await api.call("POST", "/tickets", call)).status).toBe(201);
  });

  /** For this database; whoever is connected is put off, and finds it so when he comes back. */
  async function setReadOnly(name: string, value: "on" | "off"): Promise<void> {
    const { prisma } = api.database;
    await prisma.$transaction([
      prisma.$executeRaw`SET TRANSACTION READ WRITE`,
      prisma.$executeRawUnsafe(`ALTER DATABASE ${name} SET default_transaction_read_only = ${value}`),
    ]);
    await prisma.$queryRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${name} AND pid <> pg_backend_pid()`;
    await prisma.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`.catch(() => undefined);
  }
});
