// SLA policies over HTTP: their order, their editions, what is refused, and what deadlines would come of them.
import { firstPolicy, newestPolicy } from "../../activities/policy/first-policy";
import { policyView, previewView } from "../../contract/policy";
import type { Matchable } from "../../domain/policy-match";
import { anApi, aSubmission } from "./an-api";
import type { Answer, TestApi } from "./an-api";

let api: TestApi;
beforeAll(async () => (api = await anApi()));
afterAll(() => api.close());

const hour = 3_600_000;
const matrix = { low: { low: "low", medium: "low", high: "normal" }, medium: { low: "low", medium: "normal", high: "high" }, high: { low: "normal", medium: "high", high: "urgent" } };
const target = { calendar: "oslo", targetMs: { low: null, normal: 8 * hour, high: 4 * hour, urgent: hour } };
const promise = { targets: { firstResponse: target }, reopening: "continue", autoCloseMs: 72 * hour, acknowledgeAfterMs: 30_000, matrix };
const admin = (method: string, path: string, body?: unknown) => api.call(method, path, { as: "admin", body });
const codes = ({ body }: Answer) => (body.errors as { field: string; code: string }[]).map(({ field, code }) => `${field} ${code}`);
const list = async () => ((await api.call("GET", "/policies")).body.items as { id: string }[]).map(({ id }) => id);

let count = 0;
async function aPolicy(given: object = {}): Promise<string> {
  const id = `policy-${++count}`;
  const made = await admin("POST", "/policies", { id, name: "A policy", ...promise, ...given });
  expect([made.status, made.body.errors]).toEqual([201, undefined]);
  return id;
}

test("an admin makes one, all of staff read it, and its story says who and when", async () => {
  const id = await aPolicy({ match: { teams: ["billing"] } });
  const { body } = await api.call("GET", `/policies/${id}`, { as: "auditor" });
  expect(policyView.parse(body)).toMatchObject({ id, edition: 1, match: { teams: ["billing"] }, by: "staff:sofia", targets: { firstResponse: { ...target, reminders: [], escalation: [], repeat: null } } });
  const changes = (await api.call("GET", `/policies/${id}/changes`)).body.items as object[];
  expect(changes).toEqual([expect.objectContaining({ action: "created", edition: 1, by: "staff:sofia" })]);
});

test.each(["agent", "lead", "auditor"] as const)("403 when somebody else changes one: %s", async (as) => {
  const id = await aPolicy();
  const body = { name: "Ours now", ...promise };
  expect((await api.call("POST", "/policies", { as, body })).status).toBe(403);
  expect((await api.call("POST", `/policies/${id}/editions`, { as, body })).status).toBe(403);
  expect((await api.call("PUT", "/policy-order", { as, body: { order: [] } })).status).toBe(403);
  expect((await api.call("DELETE", `/policies/${id}`, { as })).status).toBe(403);
});

test("a change is a new edition, the old one stays; 409 when somebody has changed it meanwhile", async () => {
  const id = await aPolicy();
  expect((await admin("POST", `/policies/${id}/editions`, { ...promise, name: "Renamed", basedOn: 1 })).body).toMatchObject({ edition: 2, name: "Renamed" });
  expect((await admin("POST", `/policies/${id}/editions`, { ...promise, basedOn: 1 })).body).toMatchObject({ code: "outdated", edition: 2 });
  expect((await api.call("GET", `/policies/${id}/editions/1`)).body).toMatchObject({ edition: 1, name: "A policy" });
});

describe("the order", () => {
  test("a new one comes last or where it is put; moving is noted; each keeps one place", async () => {
    const first = await aPolicy({ position: 1 });
    const last = await aPolicy();
    const before = await list();
    expect([before[0], before.at(-1)]).toEqual([first, last]);
    const order = [last, ...before.filter((id) => id !== last)];
    expect(((await admin("PUT", "/policy-order", { order })).body.items as { position: number }[]).map(({ position }) => position)).toEqual(order.map((_, index) => index + 1));
    expect(await list()).toEqual(order);
    const changes = (await api.call("GET", `/policies/${last}/changes`)).body.items as { action: string; facts: object }[];
    expect(changes.at(-1)).toMatchObject({ action: "moved", facts: { from: order.length, to: 1 } });
  });

  test.each<[string, (all: string[]) => string[]]>([
    ["one left out", (all) => all.slice(1)],
    ["one twice", (all) => [...all.slice(1), all.at(-1)!]],
    ["a stranger", (all) => [...all.slice(1), "nobody"]],
  ])("409 for an order with %s; nothing moves", async (_, change) => {
    const before = await list();
    expect((await admin("PUT", "/policy-order", { order: change(before) })).body.code).toBe("outdated");
    expect(await list()).toEqual(before);
  });

  test("of many made at once each gets a place of its own", async () => {
    await Promise.all(Array.from({ length: 4 }, () => aPolicy({ position: 1 })));
    const { items } = (await api.call("GET", "/policies")).body as { items: { position: number }[] };
    expect(items.map(({ position }) => position)).toEqual(items.map((_, index) => index + 1));
  });

  test("the first that matches wins; a deleted one never does; an edition is pinned with its number", async () => {
    const { prisma } = api.database;
    const asked: Matchable = { team: "technical", organisation: null, type: "bug", category: null, channel: "chat" };
    const narrow = await aPolicy({ position: 1, match: { teams: ["technical"], types: ["bug"] } });
    expect((await firstPolicy(prisma, asked))?.id).toBe(narrow);
    expect((await firstPolicy(prisma, { ...asked, type: "question" }))?.id).not.toBe(narrow);
    await admin("POST", `/policies/${narrow}/editions`, { ...promise, match: { teams: ["technical"] } });
    expect(await firstPolicy(prisma, { ...asked, type: "question" })).toMatchObject({ id: narrow, edition: 2, autoCloseMs: 72 * hour });
    expect(await newestPolicy(prisma, narrow)).toMatchObject({ id: narrow, edition: 2 });
    await admin("DELETE", `/policies/${narrow}`);
    expect((await firstPolicy(prisma, asked))?.id).not.toBe(narrow);
    expect(await newestPolicy(prisma, narrow)).toBeNull();
  });
});

describe("deletion", () => {
  test("one that nobody has is gone from the list; its editions stay, and its id is not used again", async () => {
    const id = await aPolicy();
    expect((await admin("DELETE", `/policies/${id}`)).status).toBe(204);
    expect(await list()).not.toContain(id);
    expect((await api.call("GET", `/policies/${id}/editions`)).body.items).toHaveLength(1);
    expect((await admin("POST", "/policies", { id, name: "Again", ...promise })).body.code).toBe("exists");
  });

  test("409 while an open ticket has it", async () => {
    const id = await aPolicy();
    const { number } = (await api.call("POST", "/tickets", { body: aSubmission() })).body as { number: number };
    await api.database.prisma.$executeRaw`UPDATE tickets SET state = jsonb_set(state, '{ticket,policy}', jsonb_build_object('id', ${id}::text)) WHERE number = ${number}`;
    expect((await admin("DELETE", `/policies/${id}`)).body).toMatchObject({ code: "in_use", tickets: 1 });
    await api.database.prisma.ticket.update({ where: { number }, data: { status: "closed" } });
    expect((await admin("DELETE", `/policies/${id}`)).status).toBe(204);
  });

  test("409 for a calendar that a policy counts in, until it counts in another", async () => {
    const calendar = { timeZone: "UTC", hours: { mon: [["09:00", "17:00"]] } };
    await admin("POST", "/calendars", { id: "spare", name: "Spare", ...calendar });
    const id = await aPolicy({ targets: { resolution: { ...target, calendar: "spare" } } });
    expect((await admin("DELETE", "/calendars/spare")).body).toMatchObject({ code: "in_use", policies: id });
    await admin("POST", `/policies/${id}/editions`, promise);
    expect((await admin("DELETE", "/calendars/spare")).status).toBe(204);
  });
});

test("of two applications at once one orders its tickets, and the other finds none left", async () => {
  const { prisma } = api.database;
  const id = await aPolicy({ position: 1, match: { types: ["feature"] } });
  const asked = Array.from({ length: 3 }, () => api.call("POST", "/tickets", { body: aSubmission({ type: "feature" }) }));
  const numbers = (await Promise.all(asked)).map(({ body }) => body.number as number).sort((a, b) => a - b);
  await prisma.ticket.updateMany({ where: { number: { in: numbers } }, data: { started: true } });
  const [one, other] = await atTheSameTime(() => api.call("POST", `/policies/${id}/application`, { as: "lead", body: {} }));
  expect([one.status, other.status]).toEqual([202, 202]);
  expect(new Set([one.body.total, other.body.total])).toEqual(new Set([0, 3]));
  const items = await prisma.bulkItem.findMany({ where: { ticket: { in: numbers } }, orderBy: { ticket: "asc" } });
  expect(items.map(({ ticket }) => ticket)).toEqual(numbers);
});

/** Both have looked up what there is to do before either can note its change. */
async function atTheSameTime(apply: () => Promise<Answer>): Promise<readonly [Answer, Answer]> {
  const { prisma } = api.database;
  let both: Promise<[Answer, Answer]> | undefined;
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`LOCK TABLE changes IN EXCLUSIVE MODE`;
    both = Promise.all([apply(), apply()]);
    for (let waiting = 0; waiting < 2; ) {
      // Not within the transaction, to which Postgres shows the same picture all along.
      const [row] = await prisma.$queryRaw<{ waiting: number }[]>`
        SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      waiting = row?.waiting ?? 0;
    }
  }, { timeout: 60_000 });
  return await both!;
}

test.each<[string, object, string[]]>([
  ["a calendar that isn't there", { targets: { firstResponse: { ...target, calendar: "nowhere" } } }, ["targets.firstResponse.calendar unknown"]],
  ["a team that isn't there", { match: { teams: ["billing", "nobody"] } }, ["match.teams.1 unknown"]],
  ["somebody who isn't there to be told", { targets: { firstResponse: { ...target, reminders: [{ at: { percent: 75 }, tell: [{ to: "agent", agent: "nobody" }] }] } } }, ["targets.firstResponse.reminders.0.tell.0.agent unknown"]],
  ["a team that isn't there to take over", { targets: { firstResponse: { ...target, escalation: [{ afterMs: 0, basis: "clock", actions: [{ do: "reassign", team: "nobody" }] }] } } }, ["targets.firstResponse.escalation.0.actions.0.team unknown"]],
  ["an organisation that isn't there", { match: { organisations: ["nobody"] } }, ["match.organisations.0 unknown"]],
  ["a contact that isn't there", { targets: { firstResponse: { ...target, escalation: [{ afterMs: 0, basis: "clock", actions: [{ do: "tell", whom: [{ to: "lead" }, { to: "contact", contact: "nobody" }] }] }] } } }, ["targets.firstResponse.escalation.0.actions.0.whom.1.contact unknown"]],
  ["a webhook that isn't there", { targets: { firstResponse: { ...target, escalation: [{ afterMs: 0, basis: "clock", actions: [{ do: "webhook", webhook: "nobody" }] }] } } }, ["targets.firstResponse.escalation.0.actions.0.webhook unknown"]],
  ["a target shorter than the shortest", { targets: { firstResponse: { ...target, targetMs: { ...target.targetMs, urgent: 49 } } } }, ["targets.firstResponse.targetMs.urgent too_small"]],
  ["what nothing can meet", { targets: { firstResponse: { ...target, metBy: [] } } }, ["targets.firstResponse.metBy never_met"]],
  ["a channel that is none", { match: { channels: ["pigeon"] } }, ["match.channels.0 invalid_value"]],
])("422 for %s, and nothing is kept", async (_, given, expected) => {
  const refused = await admin("POST", "/policies", { id: "unsound", name: "Unsound", ...promise, ...given });
  expect([refused.status, codes(refused)]).toEqual([422, expected]);
  expect((await api.call("GET", "/policies/unsound")).status).toBe(404);
});

test("422 for a target that its calendar never reaches, named with its priority", async () => {
  const soon = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  await admin("POST", "/calendars", { id: "once", name: "Once", timeZone: "UTC", hours: {}, holidays: [{ date: soon, name: "Open day", hours: [["09:00", "11:00"]] }] });
  const refused = await admin("POST", "/policies", { id: "unsound", name: "Unsound", ...promise, targets: { resolution: { ...target, calendar: "once" } } });
  expect(codes(refused)).toEqual(["targets.resolution.targetMs.normal never_due", "targets.resolution.targetMs.high never_due"]);
});

describe("a preview", () => {
  const chain = [
    { afterMs: 0, basis: "business", actions: [{ do: "tell", whom: [{ to: "lead" }] }] },
    { afterMs: 2 * hour, basis: "business", actions: [{ do: "tell", whom: [{ to: "manager" }] }] },
    { afterMs: hour, basis: "clock", actions: [] },
  ];
  const full = { ...target, reminders: [{ at: { percent: 75 }, tell: [{ to: "assignee" }] }, { at: { beforeMs: hour / 2 }, tell: [{ to: "lead" }] }], escalation: chain };
  const ask = (query: string) => api.call("GET", `/sla/preview?${query}`);

  test("tells breach, reminders and levels in the calendar's hours and on its clock", async () => {
    const id = await aPolicy({ targets: { firstResponse: full } });
    // A Friday, two hours before Oslo closes at 16:00.
    const { body } = await ask(`policy=${id}&priority=high&at=2026-11-20T13:00:00Z`);
    const [metric] = previewView.parse(body).metrics;
    expect(metric).toMatchObject({
      name: "firstResponse", goalMs: 4 * hour, withinCalendarHours: true,
      calendar: { id: "oslo", name: "Oslo office", edition: 1, timeZone: "Europe/Oslo" },
      countsFrom: { iso8601: "2026-11-20T13:00:00.000Z" },
      breachTime: { iso8601: "2026-11-23T09:00:00.000Z", epochMillis: Date.parse("2026-11-23T09:00Z"), local: "2026-11-23T10:00:00.000+01:00" },
      sentence: "Due Mon 10:00: 4 business hours from Fri 14:00 (Oslo office).",
    });
    expect(metric?.reminders.map(({ time }) => time.iso8601.slice(0, 16))).toEqual(["2026-11-23T08:00", "2026-11-23T08:30"]);
    expect(metric?.escalation.map(({ time }) => time.iso8601.slice(0, 16))).toEqual(["2026-11-23T09:00", "2026-11-23T11:00", "2026-11-23T12:00"]);
  });

  test("says so in the caller's language", async () => {
    const path = `/sla/preview?policy=${await aPolicy()}&at=2026-11-20T13:00:00Z`;
    const said = async (language: string) => {
      const { body } = await api.call("GET", path, { headers: { "accept-language": language } });
      return previewView.parse(body).metrics[0]?.sentence ?? "";
    };
    expect(await Promise.all(["de", "nb", "ko", "zh"].map(said))).toEqual([
      expect.stringMatching(/^Fällig Mo/), expect.stringMatching(/^Frist/), expect.stringMatching(/^기한/), expect.stringMatching(/^截止/),
    ]);
  });

  test("of several languages the first that we speak, in whatever name; where none is, the caller's own", async () => {
    const path = `/sla/preview?policy=${await aPolicy()}&at=2026-11-20T13:00:00Z`;
    // The lead reads Norwegian.
    const said = async (language: string) => {
      const { body } = await api.call("GET", path, { as: "lead", headers: { "accept-language": language } });
      return previewView.parse(body).metrics[0]?.sentence.split(" ")[0];
    };
    expect(await Promise.all(["fr-FR, de;q=0.5", "fr, nn;q=0.9, de;q=0.5", "fr", "*"].map(said))).toEqual(["Fällig", "Frist", "Frist", "Frist"]);
  });

  test("another calendar in place of the policy's, outside its hours", async () => {
    const id = await aPolicy();
    const { body } = await ask(`policy=${id}&priority=urgent&calendar=seoul&at=2026-09-24T00:00:00Z`);
    // Chuseok, then a weekend: Monday at nine in Seoul.
    expect(previewView.parse(body).metrics[0]).toMatchObject({ withinCalendarHours: false, countsFrom: { local: "2026-09-28T09:00:00.000+09:00" }, breachTime: { local: "2026-09-28T10:00:00.000+09:00" } });
  });

  test("a priority without a target has none, an old edition is asked for by number", async () => {
    const id = await aPolicy();
    await admin("POST", `/policies/${id}/editions`, { ...promise, targets: { resolution: target } });
    expect((await ask(`policy=${id}&priority=low`)).body.metrics).toEqual([]);
    const names = async (query: string) => ((await ask(query)).body.metrics as { name: string }[]).map(({ name }) => name);
    expect([await names(`policy=${id}`), await names(`policy=${id}&edition=1`)]).toEqual([["resolution"], ["firstResponse"]]);
  });

  test.each([
    ["policy=nobody", "policy unknown"],
    ["priority=high", "policy invalid_type"],
    ["policy=POLICY&calendar=nowhere", "calendar unknown"],
    ["policy=POLICY&edition=9", "edition unknown"],
    ["policy=POLICY&at=tomorrow", "at invalid_format"],
  ])("422 for %s", async (query, expected) => {
    const refused = await ask(query.replace("POLICY", await aPolicy()));
    expect([refused.status, codes(refused)]).toEqual([422, [expected]]);
  });
});
