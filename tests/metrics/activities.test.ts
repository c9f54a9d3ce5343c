import type { RecordInput } from "../../activities/record/shapes";
import { ApplicationFailure } from "@temporalio/common";
import type { ActivityInterceptorsFactory } from "@temporalio/worker";
import { Registry } from "prom-client";
import { countActivities } from "../../metrics/activities";

type Context = Parameters<ActivityInterceptorsFactory>[0];

/** Runs an activity behind the counter; answers what is counted then. */
async function counted(activityType: string, input: unknown, work: () => Promise<unknown>): Promise<string> {
  const registry = new Registry();
  const { inbound } = countActivities(registry)({ info: { activityType } } as Context);
  await inbound?.execute?.({ args: [input], headers: {} }, work).catch(() => undefined);
  return await registry.metrics();
}

const dueAt = Date.UTC(2030, 0, 1);

function recording(kind: "reminded" | "escalated", at: number): Pick<RecordInput, "events"> {
  const by = { kind: "system", id: "clock" } as const;
  const event = { version: 9, at, by, cause: "clock:resolution:1:1" } as const;
  const chained = { metric: "resolution", cycle: 1, dueAt, targetAt: dueAt } as const;
  const reminded = { ...chained, reminder: 1, percent: 75, beforeMs: null, tell: [], skipped: false };
  const escalated = { ...chained, level: 1, round: 0, done: [], skipped: [], told: true, also: [], wake: false, reason: null };
  return { events: [kind === "reminded" ? { ...event, kind, facts: reminded } : { ...event, kind, facts: escalated }] };
}

test("a step of a clock is counted with its lateness when it is written", async () => {
  const written = async () => ({ kind: "written", at: 0, notices: [] });
  const text = await counted("record", recording("reminded", dueAt + 4_000), written);
  expect(text).toContain('perdura_clock_lateness_seconds_sum{metric="resolution",step="reminded"} 4');
  expect(text).toContain('perdura_activity_duration_seconds_count{activity="record",outcome="written"} 1');
});

test("one that an earlier attempt has written is not counted again", async () => {
  const found = async () => ({ kind: "found", at: 0, events: [], notices: [] });
  const text = await counted("record", recording("escalated", dueAt), found);
  expect(text).not.toContain("perdura_clock_lateness_seconds_count{");
  expect(text).toContain('perdura_activity_duration_seconds_count{activity="record",outcome="found"} 1');
});

const owed = [{ id: "1.2.1", template: "assigned" }, { id: "1.2.2", template: "assigned-to-you" }];

test("mails are counted as sent, failed or deferred; one that was sent by an earlier attempt is not", async () => {
  const outcomes = [
    { notice: "1.2.1", state: "sent", sentAt: Date.now() + 60_000 },
    { notice: "1.2.3", state: "sent", sentAt: 1 },
    { notice: "1.2.4", state: "failed", sentAt: null },
  ];
  const more = [...owed, { id: "1.2.3", template: "solved" }, { id: "1.2.4", template: "solved" }];
  const text = await counted("send", { notices: more }, async () => outcomes);
  expect(text.split("\n").filter((line) => line.startsWith("perdura_mails_total{"))).toEqual([
    'perdura_mails_total{template="assigned",outcome="sent"} 1',
    'perdura_mails_total{template="assigned-to-you",outcome="deferred"} 1',
    'perdura_mails_total{template="solved",outcome="failed"} 1',
  ]);
});

test("while the mail server is away, all of them are deferred", async () => {
  const away = ApplicationFailure.retryable("Away.", "MailServerUnavailable");
  const text = await counted("send", { notices: owed }, () => Promise.reject(away));
  expect(text).toContain('perdura_mails_total{template="assigned",outcome="deferred"} 1');
  expect(text).toContain('perdura_activity_duration_seconds_count{activity="send",outcome="MailServerUnavailable"} 1');
});

test("a failure of somebody else's making has no label of its own", async () => {
  const text = await counted("park", {}, () => Promise.reject(new Error("kari@customer.example is unknown")));
  expect(text).toContain('perdura_activity_duration_seconds_count{activity="park",outcome="failed"} 1');
  expect(text).not.toContain("kari");
});
