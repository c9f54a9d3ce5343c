// What /health/ready says of a real Postgres and a real Temporal, one trouble at a time.
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { Client, Connection } from "@temporalio/client";
import { readiness } from "../../contract/directory";
import { foreignWorkflow } from "../../prisma/backlog";
import { createPrisma } from "../../prisma/client";
import { aDesk } from "../support/desk";
import type { Desk } from "../support/desk";
import { anApi } from "./an-api";
import { eventually } from "../support/eventually";

let desk: Desk;
beforeAll(async () => void (desk = await aDesk()), 60_000);
afterAll(() => desk.close(), 60_000);

type Given = Parameters<typeof anApi>[0];

/** An answer takes 2 s at most; a busy machine is given more, but nothing like what waits for a store that is away. */
const answersWithinMs = 10_000;

/** What an API that has just been started says. */
async function ready(given: Given = {}) {
  const api = await anApi({ database: desk.database, temporal: desk.namespace.client, ...given });
  const startedAt = performance.now();
  const { status, body } = await api.call("GET", "/health/ready", { as: "nobody" });
  expect(performance.now() - startedAt).toBeLessThan(answersWithinMs);
  await api.close();
  const { status: word, troubles } = readiness.parse(body);
  const codes = troubles.map(({ code }) => code);
  return { says: [status, word], codes, details: troubles.map(({ detail }) => detail) };
}

/** The real one, but for what it says of workflows once its disk has stalled for longer than it waits. */
async function aStalledTemporal(): Promise<{ connection: Connection; temporal: Client }> {
  const { address, namespace } = desk.namespace;
  const connection = await Connection.connect({ address });
  const lost = { code: 14, details: "shard status unknown", metadata: {} };
  const describe = () => Promise.reject(Object.assign(new Error("UNAVAILABLE"), lost));
  Object.assign(connection.workflowService, { describeWorkflowExecution: describe });
  return { connection, temporal: new Client({ connection, namespace }) };
}

test("without a worker: degraded, and how to start one", async () => {
  const { says, codes, details } = await ready();
  expect(says).toEqual([200, "degraded"]);
  expect(codes).toEqual(["no_ticket_worker", "no_mail_worker"]);
  expect(details[0]).toContain("npm run worker");
});

describe("with a worker", () => {
  beforeAll(() => desk.startWorker(), 60_000);

  test("all is well", async () => {
    expect(await ready()).toMatchObject({ says: [200, "ok"], codes: [] });
  });

  test("tickets that wait for an operator are named, ten at most, those of another Temporal apart", async () => {
    const numbers: number[] = [];
    for (let index = 0; index < 12; index += 1) numbers.push(await desk.open());
    await Promise.all(numbers.map((number) => desk.until(number, ({ version }) => version > 0)));
    const [foreign, ...others] = numbers;
    const { ticket } = desk.prisma;
    await ticket.updateMany({ where: { number: foreign }, data: { stuck: foreignWorkflow } });
    await ticket.updateMany({ where: { number: { in: others } }, data: { stuck: "record: Can never succeed: 23505" } });
    const { says, codes, details } = await ready();
    expect([says, codes]).toEqual([[200, "degraded"], ["foreign_workflows", "tickets_stuck"]]);
    expect(details[0]).toContain(`#${foreign}`);
    expect(details[1]).toContain(`#${others[0]}, #${others[1]}`);
    expect(details[1]).toContain("(12 wait for an operator in all)");
    await ticket.updateMany({ data: { stuck: null } });
  });

  test("what waits for too long is counted, with the age of the oldest", async () => {
    const number = await desk.open();
    const long = new Date(Date.now() - 20 * 60_000);
    const notice = { id: "late", ticket: number, version: 99, template: "solved", recipient: "requester" };
    await desk.prisma.notice.create({ data: { ...notice, createdAt: long } });
    const later = new Date(Date.now() + 60_000);
    const message = { kind: "presence", subject: "amara", payload: {} };
    await desk.prisma.outbox.create({ data: { ...message, createdAt: long, notBefore: later } });
    const { says, codes, details } = await ready();
    expect([says, codes]).toEqual([[200, "degraded"], ["relay_behind", "mails_behind"]]);
    for (const detail of details) expect(detail).toContain("the oldest for 20 min");
    await Promise.all([desk.prisma.notice.delete({ where: { id: "late" } }), desk.prisma.outbox.deleteMany()]);
  });

  test("a namespace that is not there is called by its name", async () => {
    const temporal = new Client({ connection: desk.namespace.client.connection, namespace: "nowhere-to-be-found" });
    const { codes, details } = await ready({ temporal });
    expect(codes).toEqual(["namespace_missing"]);
    expect(details[0]).toContain("nowhere-to-be-found");
  });

  test("a Temporal that has lost its store, and still tells who polls: degraded, and its own words", async () => {
    const { connection, temporal } = await aStalledTemporal();
    const { says, codes, details } = await ready({ temporal });
    await connection.close();
    expect([says, codes]).toEqual([[200, "degraded"], ["temporal_stalled"]]);
    expect(details[0]).toContain("shard status unknown");
  });

  test("a Postgres that can only be read: down", async () => {
    const prisma = createPrisma(`${desk.database.url}?options=-c%20default_transaction_read_only%3Don`);
    expect(await ready({ prisma })).toMatchObject({ says: [503, "down"], codes: ["postgres_read_only"] });
    await prisma.$disconnect();
  });

  test("a Postgres that takes a connection and says nothing: down, within 2 s", async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => void sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    const prisma = createPrisma(`postgresql://nobody:nothing@127.0.0.1:${port}/nothing`, { connectTimeoutMs: 2_000 });
    expect(await ready({ prisma })).toMatchObject({ says: [503, "down"], codes: ["postgres_away"] });
    await prisma.$disconnect();
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  test("asked again within a second it says the same, and looks again after that", async () => {
    const api = await anApi({ database: desk.database, temporal: desk.namespace.client });
    const status = async () => (await api.call("GET", "/health/ready", { as: "nobody" })).body["status"];
    const number = await desk.open();
    expect(await status()).toBe("ok");
    await desk.until(number, ({ version }) => version > 0);
    await desk.prisma.ticket.update({ where: { number }, data: { stuck: "record: Can never succeed: 23505" } });
    expect(await status()).toBe("ok");
    expect(await eventually(status, (now) => now !== "ok")).toBe("degraded");
    await desk.prisma.ticket.updateMany({ data: { stuck: null } });
    await api.close();
  });

  test("a migration that is missing: down, and how to apply it", async () => {
    await desk.prisma.$executeRaw`DELETE FROM _prisma_migrations`;
    const { says, codes, details } = await ready();
    expect([says, codes]).toEqual([[503, "down"], ["migrations_pending"]]);
    expect(details[0]).toContain("npm run migrate");
  });
});
