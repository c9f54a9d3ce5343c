// Calendars over HTTP: who may change them, what is refused, and what is remembered.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { calendarView, holidayImportView } from "../../contract/calendar";
import { changeView } from "../../contract/changes";
import { expandCalendar, UnknownCalendar } from "../../activities/calendar/expand-calendar";
import { always } from "../../domain/calendar";
import { anApi, aSubmission } from "./an-api";
import type { Answer, TestApi } from "./an-api";

let api: TestApi;
beforeAll(async () => (api = await anApi()));
afterAll(() => api.close());

const nineToFive = [["09:00", "17:00"]];
const office = { timeZone: "Europe/Oslo", hours: { mon: nineToFive, tue: nineToFive }, holidays: [{ date: "12-25", name: "Christmas" }] };
const admin = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => api.call(method, path, { as: "admin", body, ...(headers && { headers }) });

let count = 0;
async function aCalendar(given: object = {}): Promise<string> {
  const id = `office-${++count}`;
  expect((await admin("POST", "/calendars", { id, name: "An office", ...office, ...given })).status).toBe(201);
  return id;
}

const codes = ({ body }: Answer) => (body.errors as { field: string; code: string }[]).map(({ field, code }) => `${field} ${code}`);

test("an admin makes a calendar, everybody of staff reads it, and who made it is remembered", async () => {
  const made = await admin("POST", "/calendars", { name: "Büro Köln", ...office });
  expect([made.status, made.headers.get("location")]).toEqual([201, "/api/v1/calendars/buro-koln"]);
  for (const as of ["agent", "lead", "auditor"] as const) {
    const { body } = await api.call("GET", "/calendars/buro-koln", { as });
    expect(calendarView.parse(body)).toMatchObject({ name: "Büro Köln", edition: 1, current: 1, validFrom: null, by: "staff:sofia", timeZone: "Europe/Oslo" });
  }
  const { body } = await api.call("GET", "/calendars");
  expect((body.items as { id: string }[]).map(({ id }) => id)).toContain("buro-koln");
});

test.each(["agent", "lead", "auditor"] as const)("403 when somebody else changes one: %s", async (as) => {
  const id = await aCalendar();
  const body = { name: "Ours now", ...office };
  expect((await api.call("POST", "/calendars", { as, body })).status).toBe(403);
  expect((await api.call("POST", `/calendars/${id}/editions`, { as, body })).status).toBe(403);
  expect((await api.call("POST", `/calendars/${id}/holidays`, { as, body: { country: "NO" } })).status).toBe(403);
  expect((await api.call("POST", `/calendars/${id}/holidays`, { as, body: "BEGIN:VCALENDAR", headers: { "content-type": "text/calendar" } })).status).toBe(403);
  expect((await api.call("DELETE", `/calendars/${id}`, { as })).status).toBe(403);
  expect((await api.call("GET", "/calendars", { as: "nobody" })).status).toBe(401);
});

test("a change is a new edition; the old one stays readable, and both are told with their makers", async () => {
  const id = await aCalendar();
  const changed = await admin("POST", `/calendars/${id}/editions`, { ...office, timeZone: "Asia/Seoul", validFrom: "2999-01-01", basedOn: 1 });
  expect(changed.status).toBe(201);
  expect(calendarView.parse(changed.body)).toMatchObject({ edition: 2, current: 1, name: "An office", timeZone: "Asia/Seoul" });
  expect((await api.call("GET", `/calendars/${id}/editions/1`)).body).toMatchObject({ edition: 1, timeZone: "Europe/Oslo" });
  expect((await api.call("GET", `/calendars/${id}/editions`)).body.items).toHaveLength(2);
  const { body } = await api.call("GET", `/calendars/${id}/changes`);
  expect((body.items as unknown[]).map((item) => changeView.parse(item)).map(({ action, edition, by }) => [action, edition, by])).toEqual([
    ["created", 1, "staff:sofia"],
    ["changed", 2, "staff:sofia"],
  ]);
});

test("409 when somebody has changed it meanwhile; nothing is written", async () => {
  const id = await aCalendar();
  await admin("POST", `/calendars/${id}/editions`, office);
  const late = await admin("POST", `/calendars/${id}/editions`, { ...office, basedOn: 1 });
  expect([late.status, late.body.code, late.body.edition]).toEqual([409, "outdated", 2]);
  expect((await api.call("GET", `/calendars/${id}`)).body.edition).toBe(2);
});

test("of changes at once each becomes an edition of its own", async () => {
  const id = await aCalendar();
  const all = await Promise.all(Array.from({ length: 5 }, () => admin("POST", `/calendars/${id}/editions`, office)));
  expect(new Set(all.map(({ body }) => body.edition))).toEqual(new Set([2, 3, 4, 5, 6]));
});

test("409 for an id that is taken, also by one that was deleted", async () => {
  const id = await aCalendar();
  const again = () => admin("POST", "/calendars", { id, name: "Another", ...office });
  expect((await again()).body.code).toBe("exists");
  await admin("DELETE", `/calendars/${id}`);
  expect((await again()).body.code).toBe("exists");
});

test.each<[string, object, string]>([
  ["an overlap", { hours: { mon: [["09:00", "13:00"], ["12:00", "17:00"]] } }, "hours.mon.1 interval_overlap"],
  ["an end before its beginning", { hours: { mon: [["22:00", "06:00"]] } }, "hours.mon.0 interval_order"],
  ["no time of day", { hours: { mon: [["9", "17:00"]] } }, "hours.mon.0.0 wall_time"],
  ["a weekday that is none", { hours: { mon: nineToFive, tuesday: nineToFive } }, "hours.tuesday unknown_field"],
  ["a zone that is none", { timeZone: "Europe/Atlantis" }, "timeZone time_zone_unknown"],
  ["a day that is none", { holidays: [{ date: "2026-02-30", name: "Never" }] }, "holidays.0.date date_unknown"],
  ["a day twice", { holidays: [{ date: "12-25", name: "One" }, { date: "12-25", name: "Two" }] }, "holidays.1.date date_twice"],
  ["nothing ever open", { hours: {} }, "hours never_opens"],
  ["open in the past alone", { hours: {}, holidays: [{ date: "2020-01-01", name: "Once", hours: nineToFive }] }, "hours never_opens"],
])("422 for %s, and nothing is kept", async (_, given, expected) => {
  const refused = await admin("POST", "/calendars", { id: "unsound", name: "Unsound", ...office, ...given });
  expect([refused.status, codes(refused)]).toEqual([422, [expected]]);
  expect((await api.call("GET", "/calendars/unsound")).status).toBe(404);
});

test("the overlap is named in words", async () => {
  const { body } = await admin("POST", "/calendars", { name: "Unsound", ...office, hours: { sun: [["22:00", "26:00"]], mon: [["01:00", "09:00"]] } });
  expect(body.errors).toEqual([{ field: "hours.mon.0", code: "interval_overlap", message: "mon 01:00–09:00 overlaps sun 22:00–26:00." }]);
});

describe("deletion", () => {
  test("a calendar that nobody uses is gone from the list; its editions and its story stay", async () => {
    const id = await aCalendar();
    expect((await admin("DELETE", `/calendars/${id}`)).status).toBe(204);
    expect((await api.call("GET", `/calendars/${id}`)).status).toBe(404);
    expect((await admin("POST", `/calendars/${id}/editions`, office)).status).toBe(404);
    expect((await api.call("GET", `/calendars/${id}/editions`)).body.items).toHaveLength(1);
    expect(((await api.call("GET", `/calendars/${id}/changes`)).body.items as { action: string }[]).at(-1)?.action).toBe("deleted");
  });

  test("409 while a policy counts in it", async () => {
    const id = await aCalendar();
    const promise = { targets: { resolution: { calendar: id } } };
    const edition = { edition: 1, name: "A policy", match: {}, promise, by: "staff:sofia" };
    await api.database.prisma.slaPolicy.create({ data: { id: `uses-${id}`, position: 900, editions: { create: edition } } });
    const refused = await admin("DELETE", `/calendars/${id}`);
    expect([refused.status, refused.body.code, refused.body.policies]).toEqual([409, "in_use", `uses-${id}`]);
    expect((await api.call("GET", `/calendars/${id}`)).status).toBe(200);
  });

  test("409 while a team's or an organisation's windows count in it", async () => {
    const id = await aCalendar();
    const { team, organisation } = api.database.prisma;
    await team.create({ data: { id: `team-${id}`, name: "Somewhere", calendarId: id } });
    await organisation.create({ data: { id: `org-${id}`, name: "Somebody", domains: [`${id}.example`], calendarId: id } });
    const { body } = await admin("DELETE", `/calendars/${id}`);
    expect(body).toMatchObject({ code: "in_use", windows: `the organisation org-${id}, the team team-${id}` });
    await team.update({ where: { id: `team-${id}` }, data: { calendarId: null } });
    await organisation.delete({ where: { id: `org-${id}` } });
    expect((await admin("DELETE", `/calendars/${id}`)).status).toBe(204);
  });

  test("409 while somebody's working hours are in it, and nobody gets it as theirs once it is gone", async () => {
    const id = await aCalendar();
    const path = "/agents/mina/profile";
    const before = (await api.call("GET", path)).body;
    const put = (calendar: unknown) => api.call("PUT", path, { as: "lead", body: { ...before, calendar } });
    expect((await put(id)).status).toBe(200);
    expect((await admin("DELETE", `/calendars/${id}`)).body).toMatchObject({ code: "in_use", workingHours: "mina" });
    expect((await put(before["calendar"])).status).toBe(200);
    expect((await admin("DELETE", `/calendars/${id}`)).status).toBe(204);
    expect(codes(await put(id))).toEqual(["calendar unknown"]);
  });

  test("409 while a clock of an open ticket counts in it, whatever policies say by now", async () => {
    const id = await aCalendar();
    const { number } = (await api.call("POST", "/tickets", { body: aSubmission() })).body as { number: number };
    await api.database.prisma.$executeRaw`
      UPDATE tickets SET state = jsonb_set(state, '{ticket,calendars}', jsonb_build_object('any', jsonb_build_object('calendar', ${id}::text)))
      WHERE number = ${number}`;
    expect((await admin("DELETE", `/calendars/${id}`)).body).toMatchObject({ code: "in_use", tickets: 1 });
    await api.database.prisma.ticket.update({ where: { number }, data: { status: "closed" } });
    expect((await admin("DELETE", `/calendars/${id}`)).status).toBe(204);
  });
});

describe("holidays brought in", () => {
  const file = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1", "SUMMARY:Founders' day", "DTSTART;VALUE=DATE:20270203", "END:VEVENT", "END:VCALENDAR"].join("\r\n");

  test("from a country's law: a new edition, and a second time nothing new", async () => {
    const id = await aCalendar();
    const body = { country: "NO", from: 2026, to: 2027 };
    const first = holidayImportView.parse((await admin("POST", `/calendars/${id}/holidays`, body)).body);
    expect([first.edition, first.added.length, first.kept]).toEqual([2, 21, ["2026-12-25", "2027-12-25"]]);
    const again = holidayImportView.parse((await admin("POST", `/calendars/${id}/holidays`, body)).body);
    expect([again.edition, again.added]).toEqual([null, []]);
  });

  test("from a file as it is, or its text, after a look at what it would do", async () => {
    const id = await aCalendar();
    const send = (query: string) => admin("POST", `/calendars/${id}/holidays?from=2027&to=2027${query}`, file, { "content-type": "text/calendar" });
    const added = [{ date: "2027-02-03", name: "Founders' day", hours: [] }];
    expect((await send("&preview=true")).body).toEqual({ edition: null, added, kept: [], skipped: [] });
    expect((await api.call("GET", `/calendars/${id}`)).body.edition).toBe(1);
    expect((await send("")).body).toEqual({ edition: 2, added, kept: [], skipped: [] });
    expect((await admin("POST", `/calendars/${id}/holidays`, { text: file })).body).toMatchObject({ edition: null, kept: ["2027-02-03"] });
  });

  test("from an address; one that leads into a private network is refused unless that is allowed", async () => {
    const server = createServer((_request, response) => response.end(file)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/holidays.ics`;
    const id = await aCalendar();
    const refused = await admin("POST", `/calendars/${id}/holidays`, { url });
    expect([refused.status, codes(refused)]).toEqual([422, ["url url_private"]]);
    const trusting = await anApi({ database: api.database, settings: { fetchPrivate: true } });
    expect((await trusting.call("POST", `/calendars/${id}/holidays`, { as: "admin", body: { url } })).body).toMatchObject({ edition: 2 });
    await trusting.close();
    server.close();
  });

  test.each<[string, object, string]>([
    ["no source", {}, "text one_source"],
    ["two sources", { text: file, country: "NO" }, "text one_source"],
    ["no iCalendar", { text: "<html>" }, "text icalendar"],
    ["a country that is none", { country: "XX" }, "country unknown"],
    ["a state that is none", { country: "DE", state: "XX" }, "country unknown"],
    ["years that end before they begin", { country: "NO", from: 2027, to: 2026 }, "to order"],
    ["years without end", { country: "NO", from: 2000, to: 2199 }, "to too_big"],
    ["an address of another kind", { url: "file:///etc/passwd" }, "url url_address"],
  ])("422 for %s", async (_, body, expected) => {
    const refused = await admin("POST", `/calendars/${await aCalendar()}/holidays`, body);
    expect([refused.status, codes(refused)]).toEqual([422, [expected]]);
  });
});

describe("what a workflow is given", () => {
  const from = Date.parse("2026-11-22T00:00Z");
  const until = Date.parse("2026-11-25T00:00Z");

  test("the newest edition or an old one as intervals, with its name and its offsets", async () => {
    const { prisma } = api.database;
    const id = await aCalendar();
    await admin("POST", `/calendars/${id}/editions`, { ...office, name: "Seoul", timeZone: "Asia/Seoul" });
    const hour = 3_600_000;
    const monday = Date.parse("2026-11-23T00:00Z");
    expect(await expandCalendar(prisma, { calendar: id, edition: 1, from, until })).toEqual({
      calendar: id, edition: 1, name: "An office", offsets: [[from, 60]], since: from, until,
      intervals: [[monday + 8 * hour, monday + 16 * hour], [monday + 32 * hour, monday + 40 * hour]],
    });
    const newest = await expandCalendar(prisma, { calendar: id, edition: null, from, until });
    expect([newest.edition, newest.name, newest.offsets, newest.intervals[0]]).toEqual([2, "Seoul", [[from, 540]], [monday, monday + 8 * hour]]);
    expect(await expandCalendar(prisma, { calendar: id, edition: null, from, until })).toBe(newest);
  });

  test("around the clock it is known for ever", async () => {
    const whole = [["00:00", "24:00"]];
    const hours = Object.fromEntries(["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, whole]));
    const id = await aCalendar({ hours, holidays: [] });
    const expanded = await expandCalendar(api.database.prisma, { calendar: id, edition: null, from, until });
    expect(expanded).toMatchObject(always);
    // Nobody asks again, whatever clocks are changed while the ticket lives.
    expect(expanded.offsets.slice(0, 3)).toEqual([[from, 60], [Date.parse("2027-03-28T01:00Z"), 120], [Date.parse("2027-10-31T01:00Z"), 60]]);
  });

  test("one that is not there is an error", async () => {
    const { prisma } = api.database;
    await expect(expandCalendar(prisma, { calendar: "nowhere", edition: null, from, until })).rejects.toThrow(UnknownCalendar);
    await expect(expandCalendar(prisma, { calendar: await aCalendar(), edition: 9, from, until })).rejects.toThrow(UnknownCalendar);
  });
});
