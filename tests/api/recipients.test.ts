import { noticesOf } from "../../activities/record/notices";
import type { Step } from "../../activities/record/shapes";
import type { TicketEvent } from "../../domain/event";
import { aTicket, part } from "../domain/a-ticket";
import { anApi, aSubmission } from "./an-api";
import type { TestApi } from "./an-api";

let api: TestApi;
beforeAll(async () => {
  api = await anApi();
});
afterAll(async () => await api.close());

const admin = (method: string, path: string, body?: unknown) => api.call(method, path, { as: "admin", body });
const codes = (body: Readonly<Record<string, unknown>>) => (body["errors"] as { field: string; code: string }[]).map(({ field, code }) => `${field}: ${code}`);

test("a contact is made, read, changed and taken away by admins; all staff may read it", async () => {
  const made = await admin("POST", "/contacts", { name: "On-call phone", email: "oncall@phone.example", timeZone: "Europe/Oslo" });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ id: "on-call-phone", language: "en", timeZone: "Europe/Oslo" });
  expect((await admin("POST", "/contacts", { name: "On-call phone", email: "b@phone.example" })).body).toMatchObject({ code: "exists" });
  expect((await admin("PATCH", "/contacts/on-call-phone", { language: "nb" })).body).toMatchObject({ language: "nb", email: "oncall@phone.example" });
  expect((await api.call("GET", "/contacts")).body["items"]).toHaveLength(1);
  expect((await api.call("POST", "/contacts", { body: { name: "Mine", email: "a@b.example" } })).status).toBe(403);
  expect((await admin("DELETE", "/contacts/on-call-phone")).status).toBe(204);
  expect((await admin("GET", "/contacts/on-call-phone")).status).toBe(404);
  const { prisma } = api.database;
  const changes = await prisma.change.findMany({ where: { kind: "contact" }, orderBy: { id: "asc" } });
  expect(changes.map(({ action, by }) => `${action} ${by}`)).toEqual(["created staff:sofia", "changed staff:sofia", "deleted staff:sofia"]);
});

test("409 for one that a policy tells", async () => {
  await admin("POST", "/contacts", { name: "pager", email: "pager@phone.example" });
  const promise = { targets: { resolution: { escalation: [{ actions: [{ do: "tell", whom: [{ to: "contact", contact: "pager" }] }] }] } } };
  const { prisma } = api.database;
  await prisma.slaPolicy.create({ data: { id: "nights", position: 1_000 } });
  const edition = { policyId: "nights", edition: 1, name: "Nights", match: {}, by: "staff:sofia" };
  await prisma.slaPolicyEdition.create({ data: { ...edition, promise } });
  expect((await admin("DELETE", "/contacts/pager")).body).toMatchObject({ code: "in_use", policies: "nights" });
  await prisma.slaPolicyEdition.create({ data: { ...edition, edition: 2, promise: { targets: {} } } });
  expect((await admin("DELETE", "/contacts/pager")).status).toBe(204);
});

test("a webhook's secret is shown once, and its row holds it sealed", async () => {
  const made = await admin("POST", "/webhooks", { id: "pager", url: "https://hooks.example/T0KEN" });
  const { secret } = made.body as { secret: string };
  expect(made.status).toBe(201);
  expect(secret).toMatch(/^whsec_/);
  expect((await admin("GET", "/webhooks/pager")).body).toEqual({ id: "pager", url: "https://hooks.example/T0KEN", createdAt: made.body["createdAt"] });
  expect((await api.database.prisma.webhook.findUniqueOrThrow({ where: { id: "pager" } })).secret).not.toContain(secret.slice(6, 20));
  const renewed = await admin("PATCH", "/webhooks/pager", { secret: "new" });
  expect(renewed.body["secret"]).toMatch(/^whsec_/);
  expect(renewed.body["secret"]).not.toBe(secret);
  expect((await admin("DELETE", "/webhooks/pager")).status).toBe(204);
  expect((await admin("POST", "/webhooks", { id: "pager", url: "https://hooks.example/" })).body).toMatchObject({ code: "exists" });
});

test("nobody but admins reads webhooks: an address may hold a secret", async () => {
  for (const as of ["agent", "lead", "auditor"] as const) expect((await api.call("GET", "/webhooks", { as })).status).toBe(403);
});

test.each([
  ["http://hooks.example/", "url: url_insecure"],
  ["ftp://hooks.example/", "url: invalid_format"],
  ["https://me:secret@hooks.example/", "url: url_password"],
])("422 for the address %s", async (url, expected) => {
  const { status, body } = await admin("POST", "/webhooks", { id: "odd", url });
  expect(status).toBe(422);
  expect(codes(body)).toEqual([expected]);
});

test("422 for a secret that is too short", async () => {
  const { body } = await admin("POST", "/webhooks", { id: "odd", url: "https://hooks.example/", secret: "whsec_c2hvcnQ=" });
  expect(codes(body)).toEqual(["secret: invalid_format"]);
});

test("503 for a trial that no worker makes", async () => {
  await admin("POST", "/webhooks", { id: "tried", url: "https://hooks.example/" });
  expect((await admin("POST", "/webhooks/tried/test")).body).toMatchObject({ code: "unavailable" });
}, 40_000);

test("an agent says when to be left alone; whoever sends their notices hears of it", async () => {
  const quietHours = { mon: [["22:00", "31:00"]], sat: [["00:00", "24:00"]] };
  const { status, body } = await api.call("PATCH", "/agents/me/notifications", { body: { timeZone: "Asia/Seoul", quietHours } });
  expect(status).toBe(200);
  expect(body).toEqual({ agent: "amara", language: "en", timeZone: "Asia/Seoul", quietHours });
  expect(await api.database.prisma.outbox.count({ where: { kind: "notices", subject: "agent:amara" } })).toBe(1);
  const cleared = await api.call("PATCH", "/agents/me/notifications", { body: { quietHours: null } });
  expect(cleared.body).toEqual({ agent: "amara", language: "en", timeZone: "Asia/Seoul", quietHours: null });
});

test("somebody else's are an admin's to set", async () => {
  expect((await api.call("PATCH", "/agents/ingrid/notifications", { body: {} })).status).toBe(403);
  expect((await admin("PATCH", "/agents/ingrid/notifications", { language: "de" })).body).toMatchObject({ agent: "ingrid", language: "de" });
  expect((await admin("PATCH", "/agents/nobody/notifications", {})).status).toBe(404);
});

test.each([
  [{ timeZone: "Mars/Olympus" }, "timeZone: time_zone_unknown"],
  [{ quietHours: { mon: [["22:00", "25:99"]] } }, "quietHours.mon.0.1: wall_time"],
  [{ quietHours: { mon: [["09:00", "12:00"], ["11:00", "13:00"]] } }, "quietHours.mon.1: interval_overlap"],
  [{ quietHours: Object.fromEntries(["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [["00:00", "24:00"]]])) }, "quietHours: always_quiet"],
])("422 for %j", async (body, expected) => {
  const answer = await api.call("PATCH", "/agents/me/notifications", { body });
  expect(answer.status).toBe(422);
  expect(codes(answer.body)).toEqual([expected]);
});

describe("an agent whom a policy names", () => {
  const profile = { capacity: 5, calendar: null, languages: [], place: null, regions: [] };
  const named = (action: object) => ({ targets: { resolution: { escalation: [{ actions: [action] }] } } });
  const deactivate = (id: string) => admin("PUT", `/agents/${id}/profile`, { ...profile, active: false });

  async function anAgent(id: string): Promise<string> {
    await api.database.prisma.agent.create({ data: { id, name: id, email: `${id}@staff.test`, role: "agent" } });
    return id;
  }

  test.each([
    ["tells", "told", (agent: string) => ({ do: "tell", whom: [{ to: "agent", agent }] })],
    ["gives tickets to", "given", (agent: string) => ({ do: "reassign", agent })],
  ])("409 when somebody whom it %s is to be deactivated, who stays active", async (_, id, action) => {
    const { slaPolicy, slaPolicyEdition, agent } = api.database.prisma;
    const edition = { policyId: `by-${id}`, name: "Named", match: {}, by: "staff:sofia" };
    await anAgent(id);
    await slaPolicy.create({ data: { id: `by-${id}`, position: 1_001 } });
    await slaPolicyEdition.create({ data: { ...edition, edition: 1, promise: named(action(id)) } });
    expect((await deactivate(id)).body).toMatchObject({ status: 409, code: "in_use", policies: `by-${id}` });
    expect((await agent.findUniqueOrThrow({ where: { id } })).active).toBe(true);
    expect((await admin("PUT", `/agents/${id}/profile`, { ...profile, capacity: 7, active: true })).status).toBe(200);
    await slaPolicyEdition.create({ data: { ...edition, edition: 2, promise: named({ do: "flag", flag: "late" }) } });
    expect((await deactivate(id)).status).toBe(200);
    expect((await deactivate(id)).status).toBe(200);
  });

  test("409 while an open ticket's own edition may give it to them", async () => {
    const { prisma } = api.database;
    const id = await anAgent("pinned");
    const { number } = (await api.call("POST", "/tickets", { body: aSubmission() })).body as { number: number };
    const policy = JSON.stringify(named({ do: "reassign", agent: id }));
    await prisma.$executeRaw`UPDATE tickets SET state = jsonb_set(state, '{ticket,policy}', ${policy}::jsonb) WHERE number = ${number}`;
    expect((await deactivate(id)).body).toMatchObject({ status: 409, code: "in_use", tickets: 1 });
    await prisma.ticket.update({ where: { number }, data: { status: "closed" } });
    expect((await deactivate(id)).status).toBe(200);
  });

  test("and who has been deactivated since is stood in for by the team's lead; without one the notice is theirs, and fails", async () => {
    const { prisma } = api.database;
    await prisma.agent.create({ data: { id: "gone", name: "gone", email: "gone@staff.test", role: "agent", active: false } });
    await prisma.team.create({ data: { id: "led", name: "Led", leadId: "ingrid" } });
    await prisma.team.create({ data: { id: "unled", name: "Unled" } });
    const facts = { skipped: false, tell: [{ to: "agent", agent: "gone" }] };
    const event = { kind: "reminded", version: 9, at: 0, by: part("clock"), cause: "", facts } as unknown as TicketEvent;
    const told = async (team: string) => {
      const ticket = aTicket({ team });
      const steps: Step[] = [{ before: ticket, event, after: ticket }];
      return (await noticesOf(prisma, steps)).map(({ recipient }) => recipient);
    };
    expect(await told("led")).toEqual(["agent:ingrid"]);
    expect(await told("unled")).toEqual(["agent:gone"]);
  });
});
