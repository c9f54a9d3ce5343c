// The clocks over HTTP, on the seeded policies: what they explain, what a lead corrects, what another team changes.
import { slaView } from "../../contract/sla";
import type { SlaView } from "../../contract/sla";
import { aJourney } from "./a-journey";
import type { Journey } from "./a-journey";

let journey: Journey;
beforeAll(async () => (journey = await aJourney()));
afterAll(() => journey.close());

async function sla(number: number, language = "en"): Promise<SlaView> {
  const { status, body } = await journey.act(number, "sla", { method: "GET", headers: { "accept-language": language } });
  expect(status).toBe(200);
  return slaView.parse(body);
}
const metricOf = (view: SlaView, id: string) => view.metrics.find((metric) => metric.id === id);

test("each clock with its cycles, each time thrice, the ledger, and one sentence that gives the reason", async () => {
  const number = await journey.aTicket({ type: "question" });
  await journey.act(number, "wait", { body: { text: "Which order is it?" } });
  await journey.act(number, "messages", { body: { text: "Number 7", as: "requester" } });
  const view = await sla(number);
  expect(view).toMatchObject({ ticket: number, policy: "standard@1" });
  const [first] = metricOf(view, "firstResponse")?.completedCycles ?? [];
  expect(first).toMatchObject({ number: 1, outcome: "met", breached: false, policy: "standard@1", calendar: "oslo@1", corrected: null });
  const resolution = metricOf(view, "resolution")?.ongoingCycle;
  expect(resolution).toMatchObject({ breached: false, paused: false, goalDuration: { millis: 24 * 3_600_000, friendly: "24 h" } });
  expect(resolution?.breachTime?.epochMillis).toBe(Date.parse(resolution?.breachTime?.iso8601 ?? ""));
  expect((resolution?.elapsedTime?.millis ?? NaN) + (resolution?.remainingTime?.millis ?? NaN)).toBe(24 * 3_600_000);
  expect(resolution?.sentence).toMatch(/^Due \w{3} .*: 24 business hours from \w{3} .* \(Oslo office\)(, .* paused waiting for the requester)?\.$/);
  expect(view.sentence).toMatch(/^Due /);
  // An event has one time, whatever clock it is told of.
  const times = new Set(view.ledger.map(({ event, at }) => `${event.version} ${at.friendly}`));
  expect(times.size).toBe(new Set(view.ledger.map(({ event }) => event.version)).size);
  expect(view.ledger.map(({ metric, event }) => `${metric} ${event.kind}`)).toEqual(
    expect.arrayContaining(["resolution policyApplied", "resolution pended", "resolution requesterReplied", "nextResponse requesterReplied"]),
  );
});

test.each([
  ["de-AT", "Lösung", /^Fällig/],
  ["nb", "Løsning", /^Frist/],
  ["ko", "해결", /^기한/],
  ["zh-Hans", "解决", /^截止/],
])("in the caller's language: %s", async (language, name, words) => {
  const view = await sla(await journey.aTicket({ type: "question" }), language);
  expect(metricOf(view, "resolution")?.name).toBe(name);
  expect(view.sentence).toMatch(words);
});

test("the same sentence stands in the Temporal UI: in the workflow's details and in its timer's summary", async () => {
  const number = await journey.aTicket({ type: "question" });
  const { ongoingCycle } = metricOf(await sla(number), "firstResponse") ?? {};
  const handle = journey.desk.namespace.client.workflow.getHandle(`ticket:${number}`);
  const head = ongoingCycle?.sentence.split(",")[0]?.replace(/\.$/u, "") ?? "";
  expect((await handle.query<string>("__temporal_workflow_metadata" as never) as unknown as { currentDetails: string }).currentDetails).toContain(head);
  const { events } = await handle.fetchHistory();
  const summaries = (events ?? []).flatMap(({ timerStartedEventAttributes: timer, userMetadata }) => (timer ? [Buffer.from(userMetadata?.summary?.data ?? []).toString()] : []));
  expect(summaries.at(-1)).toContain(head);
});

test("a lead corrects: beside the figures, with a reason; also when the ticket has closed. An agent may not", async () => {
  const number = await journey.aTicket({ type: "question" });
  const body = { metric: "resolution", credit: 600_000, reason: "Our telephones were down." };
  expect((await journey.act(number, "sla/corrections", { as: "agent", body })).status).toBe(403);
  const before = metricOf(await sla(number), "resolution")?.ongoingCycle;
  const corrected = slaView.parse((await journey.act(number, "sla/corrections", { as: "lead", body })).body);
  const ongoing = metricOf(corrected, "resolution")?.ongoingCycle;
  // Ten minutes of open time: a night or a weekend may lie between.
  expect(ongoing?.breachTime?.epochMillis).toBeGreaterThanOrEqual((before?.breachTime?.epochMillis ?? NaN) + 600_000);
  expect(ongoing?.corrected?.elapsedTime?.millis).toBe((ongoing?.elapsedTime?.millis ?? NaN) - 600_000);
  expect(ongoing?.corrected?.remainingTime?.millis).toBe((ongoing?.remainingTime?.millis ?? NaN) + 600_000);
  // Nothing said, the lead is answered in her own language.
  expect(ongoing?.sentence).toMatch(/, 10 min gitt tilbake ved korreksjon\.$/);
  expect(ongoing?.corrections).toMatchObject([{ by: "ingrid", credit: { millis: 600_000, friendly: "10 min" }, reason: "Our telephones were down." }]);
  await journey.act(number, "resolution", { body: { text: "Done." } });
  await journey.act(number, "closure");
  await journey.desk.ended(number);
  const late = await journey.act(number, "sla/corrections", { as: "lead", body: { metric: "resolution", credit: -60_000, reason: "Not quite so long." } });
  expect([late.status, late.body.code]).toEqual([200, undefined]);
  const [cycle] = metricOf(slaView.parse(late.body), "resolution")?.completedCycles ?? [];
  expect(cycle?.corrections).toHaveLength(2);
  expect(cycle?.corrected?.elapsedTime?.millis).toBe((cycle?.elapsedTime?.millis ?? NaN) - 540_000);
  expect((await journey.ticket(number)).status).toBe("closed");
});

test("a lead takes out an interval that was wrongly counted, and counts in the calendar that it should have been", async () => {
  const number = await journey.aTicket({ type: "incident" });
  await journey.desk.until(number, ({ policy }) => policy?.id === "incidents");
  const { createdAt } = await journey.ticket(number);
  const from = Date.parse(createdAt);
  const passed = async () => {
    const view = await sla(number);
    return metricOf(view, "resolution")?.ongoingCycle;
  };
  for (let ongoing = await passed(); (ongoing?.elapsedTime?.millis ?? 0) < 500; ) ongoing = await passed();
  const before = await passed();
  const interval = { from: new Date(from + 100).toISOString(), to: new Date(from + 400).toISOString() };
  const outage = await journey.act(number, "sla/corrections", { as: "lead", body: { metric: "resolution", ...interval, reason: "An outage of ours." } });
  const taken = metricOf(slaView.parse(outage.body), "resolution")?.ongoingCycle;
  expect(taken?.breachTime?.epochMillis).toBe((before?.breachTime?.epochMillis ?? NaN) + 300);
  expect(taken?.corrections).toMatchObject([{ credit: { millis: 300 }, of: interval, reason: "An outage of ours." }]);
  // Open on one day a week that is neither today nor next to it, wherever midnight falls.
  const day = (["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const)[(new Date(from).getUTCDay() + 3) % 7]!;
  const calendar = { id: "elsewhere", name: "Elsewhere", timeZone: "UTC", hours: { [day]: [["09:00", "17:00"]] } };
  expect((await journey.api.call("POST", "/calendars", { as: "admin", body: calendar })).status).toBe(201);
  const other = await journey.act(number, "sla/corrections", { as: "lead", body: { metric: "resolution", calendar: "elsewhere", reason: "The wrong office." } });
  const recounted = metricOf(slaView.parse(other.body), "resolution")?.ongoingCycle;
  const [, second] = recounted?.corrections ?? [];
  expect(second).toMatchObject({ of: { calendar: "elsewhere" } });
  // All that was counted is given back, as that office was closed; what the outage had given back already is not its concern.
  expect(second?.credit.millis).toBeGreaterThanOrEqual(before?.elapsedTime?.millis ?? NaN);
  const view = await sla(number);
  const credits = view.ledger.filter(({ metric, event }) => metric === "resolution" && event.kind === "corrected").map(({ credit }) => credit?.millis);
  expect(credits).toEqual([300, second?.credit.millis]);
});

test.each([
  [{ metric: "resolution", reason: "Because." }, "credit"],
  [{ metric: "resolution", credit: 1, calendar: "oslo", reason: "Both." }, "credit"],
  [{ metric: "resolution", cycle: 9, credit: 1, reason: "No such cycle." }, "cycle"],
  [{ metric: "resolution", calendar: "atlantis", reason: "No such calendar." }, "calendar"],
  [{ metric: "resolution", from: "2020-01-01T00:00:00Z", to: "2020-01-02T00:00:00Z", reason: "Long ago." }, "from"],
])("422 %j", async (body, field) => {
  const { status, body: problem } = await journey.act(await journey.aTicket({ type: "question" }), "sla/corrections", { as: "lead", body });
  expect([status, (problem.errors as { field: string }[])[0]?.field]).toEqual([422, field]);
});

test("recategorised as an incident it comes under the incidents' policy, with what is counted kept", async () => {
  const number = await journey.aTicket({ type: "question" });
  await journey.act(number, "category", { method: "PUT", body: { category: "malfunction", type: "incident" } });
  await journey.desk.until(number, ({ policy }) => policy?.id === "incidents");
  const view = await sla(number);
  const resolution = metricOf(view, "resolution")?.ongoingCycle;
  expect(resolution).toMatchObject({ policy: "incidents@1", calendar: "on-call@1", number: 1 });
  const moved = view.ledger.filter(({ metric }) => metric === "resolution").at(-1);
  expect(moved).toMatchObject({ event: { kind: "policyApplied" }, policy: "incidents@1" });
});

test("a customer of another office is measured by its clock", async () => {
  const number = await journey.aTicket({ type: "question", email: "jiwoo@hanbit.example" });
  const view = await sla(number);
  expect(view).toMatchObject({ policy: "seoul@1" });
  expect(view.sentence).toContain("(Seoul office)");
});

test("escalated by hand, seen, and put under another policy: by the routes, each with its rights", async () => {
  const number = await journey.aTicket({ type: "question" });
  expect((await journey.act(number, "acknowledgement")).body).toMatchObject({ code: "nothing_to_acknowledge" });
  expect((await journey.act(number, "escalation", { body: {} })).status).toBe(422);
  expect((await journey.act(number, "escalation", { body: { reason: "They call every hour." } })).body).toMatchObject({ escalation: 1 });
  expect((await journey.act(number, "escalation", { body: { reason: "To the top.", level: 9 } })).body).toMatchObject({ code: "no_such_level" });
  expect((await journey.act(number, "acknowledgement")).status).toBe(200);
  expect((await journey.act(number, "policy", { method: "PUT", body: { policy: "incidents" } })).status).toBe(403);
  expect((await journey.act(number, "policy", { method: "PUT", as: "lead", body: { policy: "atlantis" } })).status).toBe(422);
  expect((await journey.act(number, "policy", { method: "PUT", as: "lead", body: { policy: "incidents", reason: "It is one." } })).status).toBe(200);
  await journey.desk.until(number, ({ policy }) => policy?.id === "incidents");
});

test("404 for a ticket that is not there", async () => {
  expect((await journey.act(9_999_999, "sla", { method: "GET" })).status).toBe(404);
});
