// Organisations over HTTP, and the calendars in which windows that wait for requesters count: theirs, or their team's.
import { changeView } from "../../contract/changes";
import { organisationView } from "../../contract/organisation";
import { placedTickets } from "../../prisma/placed";
import { anApi, aSubmission } from "./an-api";
import type { Answer, TestApi } from "./an-api";

let api: TestApi;
beforeAll(async () => {
  api = await anApi();
  const whole = { mon: [["09:00", "17:00"]] };
  for (const id of ["oslo-hours", "acme-hours"]) await admin("POST", "/calendars", { id, name: id, timeZone: "Europe/Oslo", hours: whole });
});
afterAll(async () => await api.close());

const admin = (method: string, path: string, body?: unknown) => api.call(method, path, { as: "admin", body });
const codes = ({ body }: Answer) => (body["errors"] as { field: string; code: string }[]).map(({ field, code }) => `${field} ${code}`);

let count = 0;
async function anOrganisation(given: object = {}): Promise<string> {
  const id = `organisation-${++count}`;
  expect((await admin("POST", "/organisations", { id, name: "Somebody", domains: [`${id}.example`], ...given })).status).toBe(201);
  return id;
}

test("an admin makes one, changes it and takes it away; all of staff read it, and who did what is remembered", async () => {
  const made = await admin("POST", "/organisations", { name: "Åsen Trading", domains: ["Asen.Example"] });
  expect([made.status, made.headers.get("location")]).toEqual([201, "/api/v1/organisations/asen-trading"]);
  expect(made.body).toEqual({ id: "asen-trading", name: "Åsen Trading", domains: ["asen.example"], vip: false, calendar: null });
  const changed = await admin("PATCH", "/organisations/asen-trading", { vip: true, calendar: "acme-hours" });
  expect(changed.body).toEqual({ ...made.body, vip: true, calendar: "acme-hours" });
  for (const as of ["agent", "lead", "auditor"] as const) {
    expect(organisationView.parse((await api.call("GET", "/organisations/asen-trading", { as })).body)).toEqual(changed.body);
    expect((await api.call("POST", "/organisations", { as, body: { name: "Mine" } })).status).toBe(403);
    expect((await api.call("PATCH", "/organisations/asen-trading", { as, body: { vip: false } })).status).toBe(403);
    expect((await api.call("DELETE", "/organisations/asen-trading", { as })).status).toBe(403);
  }
  expect((await admin("DELETE", "/organisations/asen-trading")).status).toBe(204);
  expect((await admin("GET", "/organisations/asen-trading")).status).toBe(404);
  const { items } = (await api.call("GET", "/organisations/asen-trading/changes")).body as { items: unknown[] };
  expect(items.map((item) => changeView.parse(item)).map(({ action, by }) => `${action} ${by}`)).toEqual([
    "created staff:sofia", "changed staff:sofia", "deleted staff:sofia",
  ]);
});

test("their list comes in pages", async () => {
  const [one, other] = [await anOrganisation(), await anOrganisation()];
  const ids: string[] = [];
  for (let next: string | null = ""; next !== null; ) {
    const { body } = await api.call("GET", `/organisations?limit=1${next === "" ? "" : `&cursor=${next}`}`);
    const page = body as unknown as { items: { id: string }[]; next: string | null };
    expect(page.items).toHaveLength(1);
    ids.push(...page.items.map(({ id }) => id));
    next = page.next;
  }
  expect(ids).toEqual(expect.arrayContaining([one, other]));
  expect(new Set(ids).size).toBe(ids.length);
  expect(codes(await api.call("GET", "/organisations?cursor=invented"))).toEqual(["cursor invalid_format"]);
});

test("a domain belongs to one: 422 names whose it is, and nothing is kept; given up it is free", async () => {
  const id = await anOrganisation({ domains: ["taken.example", "also.example"] });
  const refused = await admin("POST", "/organisations", { id: "second", name: "Second", domains: ["free.example", "TAKEN.example"] });
  expect([refused.status, codes(refused), refused.body["detail"]]).toEqual([422, ["domains.1 taken"], `taken.example belongs to the organisation ${id}.`]);
  expect((await admin("GET", "/organisations/second")).status).toBe(404);
  expect((await admin("PATCH", `/organisations/${id}`, { domains: ["also.example"] })).body["domains"]).toEqual(["also.example"]);
  expect((await admin("POST", "/organisations", { id: "second", name: "Second", domains: ["taken.example"] })).status).toBe(201);
});

test("of several that want a domain at once one gets it", async () => {
  const make = (_: unknown, index: number) => admin("POST", "/organisations", { id: `rival-${index}`, name: "Rival", domains: ["rivals.example"] });
  const statuses = (await Promise.all(Array.from({ length: 4 }, make))).map(({ status }) => status);
  expect(statuses.sort((a, b) => a - b)).toEqual([201, 422, 422, 422]);
});

test.each<[string, object, string]>([
  ["a domain that is none", { domains: ["localhost"] }, "domains.0 invalid_format"],
  ["an address", { domains: ["kari@acme.example"] }, "domains.0 invalid_format"],
  ["a domain twice", { domains: ["a.example", "b.example", "A.example"] }, "domains.2 domain_twice"],
  ["a calendar that isn't there", { calendar: "nowhere" }, "calendar unknown"],
  ["a blank name", { name: " " }, "name text_blank"],
  ["a field that it hasn't", { domain: "a.example" }, "domain unknown_field"],
])("422 for %s, and nothing is kept", async (_, given, expected) => {
  const refused = await admin("POST", "/organisations", { id: "unsound", name: "Unsound", ...given });
  expect([refused.status, codes(refused)]).toEqual([422, [expected]]);
  expect((await admin("GET", "/organisations/unsound")).status).toBe(404);
});

test("409 for an id that is taken, 404 for one that there isn't", async () => {
  const id = await anOrganisation();
  expect((await admin("POST", "/organisations", { id, name: "Another" })).body["code"]).toBe("exists");
  for (const method of ["GET", "PATCH", "DELETE"]) expect((await admin(method, "/organisations/nobody", method === "PATCH" ? {} : undefined)).status).toBe(404);
});

test("409 while a policy is for it", async () => {
  const id = await anOrganisation();
  const { slaPolicy } = api.database.prisma;
  const edition = { edition: 1, name: "A policy", match: { organisations: [id] }, promise: { targets: {} }, by: "staff:sofia" };
  await slaPolicy.create({ data: { id: `for-${id}`, position: 900, editions: { create: edition } } });
  expect((await admin("DELETE", `/organisations/${id}`)).body).toMatchObject({ status: 409, code: "in_use", policies: `for-${id}` });
  await slaPolicy.update({ where: { id: `for-${id}` }, data: { retiredAt: new Date() } });
  expect((await admin("DELETE", `/organisations/${id}`)).status).toBe(204);
});

test("windows count in the calendar of the requester's organisation, else in the team's; neither can be deleted while they do", async () => {
  const { prisma } = api.database;
  const id = await anOrganisation();
  const { number } = (await api.call("POST", "/tickets", { body: aSubmission({ requester: { email: `kari@${id}.example` } }) })).body as { number: number };
  const windows = async () => (await placedTickets(prisma, [number], "windowed"))[0]?.windows;
  await prisma.team.create({ data: { id: "windowed", name: "Windowed" } });
  expect(await windows()).toBeNull();
  expect((await admin("PUT", "/teams/windowed/calendar", { calendar: "oslo-hours" })).body).toEqual({ calendar: "oslo-hours" });
  expect(await windows()).toBe("oslo-hours");
  await admin("PATCH", `/organisations/${id}`, { calendar: "acme-hours" });
  expect(await windows()).toBe("acme-hours");
  expect((await admin("DELETE", "/calendars/oslo-hours")).body).toMatchObject({ code: "in_use", windows: "the team windowed" });
  expect((await admin("DELETE", "/calendars/acme-hours")).body).toMatchObject({ code: "in_use", windows: `the organisation ${id}` });
  await admin("PATCH", `/organisations/${id}`, { calendar: null });
  await admin("PUT", "/teams/windowed/calendar", { calendar: null });
  expect(await windows()).toBeNull();
});

test("a team's calendar is an admin's to set: 403, 404, 422; who set it is remembered", async () => {
  await api.database.prisma.team.create({ data: { id: "nights", name: "Nights" } });
  const put = (body: unknown, as: "agent" | "lead" | "admin" = "admin", team = "nights") => api.call("PUT", `/teams/${team}/calendar`, { as, body });
  for (const as of ["agent", "lead"] as const) expect((await put({ calendar: "oslo-hours" }, as)).status).toBe(403);
  expect((await put({ calendar: "oslo-hours" }, "admin", "nobody")).status).toBe(404);
  expect(codes(await put({ calendar: "nowhere" }))).toEqual(["calendar unknown"]);
  expect((await put({})).status).toBe(422);
  expect((await put({ calendar: "oslo-hours" })).status).toBe(200);
  expect((await api.call("GET", "/teams/nights/calendar")).body).toEqual({ calendar: "oslo-hours" });
  expect((await api.call("GET", "/teams/nights/calendar/changes")).body["items"]).toMatchObject([{ action: "changed", by: "staff:sofia", facts: { calendar: "oslo-hours" } }]);
});
