// What the worker counts, read off what its activities take and give: so no activity knows that it is counted.
import type { Delivery, SendOutcome } from "../activities";
import type { OwedMail } from "../activities/mail/send";
import type { RecordInput, RecordOutcome } from "../activities/record/shapes";
import { ApplicationFailure, CancelledFailure } from "@temporalio/common";
import type { ActivityInterceptorsFactory } from "@temporalio/worker";
import { Counter, Histogram } from "prom-client";
import type { Registry } from "prom-client";

type Series = ReturnType<typeof series>;

/** Around every activity of a worker, local ones too. */
export function countActivities(registry: Registry): ActivityInterceptorsFactory {
  const counted = series(registry);
  return ({ info: { activityType: activity } }) => ({
    inbound: {
      execute: async (input, next) => {
        const startedAt = Date.now();
        const seconds = counted.seconds.startTimer({ activity });
        try {
          const result = await next(input);
          seconds({ outcome: outcomeOf(activity, result) });
          if (activity === "record") noteRecord(counted, input.args[0] as RecordInput, result as RecordOutcome);
          if (activity === "send") noteSend(counted, mailsOf(input.args), result as SendOutcome[], startedAt);
          if (activity === "deliver") noteDelivery(counted, result as Delivery);
          return result;
        } catch (error) {
          const outcome = failureOf(error);
          seconds({ outcome });
          if (outcome === "MailServerUnavailable" && activity === "send") noteSend(counted, mailsOf(input.args), [], startedAt);
          throw error;
        }
      },
    },
  });
}

function outcomeOf(activity: string, result: unknown): string {
  if (activity === "record") return (result as RecordOutcome).kind;
  if (activity === "chooseAssignee") return (result as { agent: string | null }).agent === null ? "queued" : "assigned";
  if (activity === "noteReturned") return result as string;
  if (activity === "callWebhook") return (result as { state: string }).state;
  return "done";
}

/** Failures of ours carry a type from a short list; nothing else may become a label. */
function failureOf(error: unknown): string {
  if (error instanceof CancelledFailure) return "cancelled";
  return error instanceof ApplicationFailure ? (error.type ?? "failed") : "failed";
}

/** Only what was written now: what is found was counted when it was written. */
function noteRecord({ lateness }: Series, { events }: RecordInput, { kind }: RecordOutcome): void {
  if (kind !== "written") return;
  for (const event of events) {
    if (event.kind !== "reminded" && event.kind !== "breached" && event.kind !== "escalated") continue;
    const { metric, dueAt } = event.facts;
    // A person who escalates is never late.
    if (metric === null) continue;
    lateness.observe({ metric, step: event.kind }, Math.max(0, event.at - dueAt) / 1_000);
  }
}

/** A mail that an earlier attempt has sent is reported again, and not counted again. */
function noteSend(
  { mails }: Series,
  owed: readonly OwedMail[],
  outcomes: readonly SendOutcome[],
  startedAt: number,
): void {
  for (const { id, template } of owed) {
    const found = outcomes.find(({ notice }) => notice === id);
    if (found?.state === "sent" && (found.sentAt ?? 0) < startedAt) continue;
    mails.inc({ template, outcome: found?.state ?? "deferred" });
  }
}

/** What is deferred of them is not told by kind: the attempts at `deliver` are counted by their outcome. */
function noteDelivery({ mails, digests }: Series, { mails: delivered }: Delivery): void {
  for (const { templates, state } of delivered) {
    for (const template of templates) mails.inc({ template, outcome: state });
    if (templates.length > 1 && state === "sent") digests.inc();
  }
}

function mailsOf([input]: readonly unknown[]): readonly OwedMail[] {
  return (input as { notices: readonly OwedMail[] }).notices;
}

function series(registry: Registry) {
  const registers = [registry];
  return {
    seconds: new Histogram({
      name: "perdura_activity_duration_seconds",
      help: "Attempts at activities: what record, chooseAssignee, callWebhook and noteReturned came to, done for others, or how they failed.",
      labelNames: ["activity", "outcome"],
      buckets: [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
      registers,
    }),
    lateness: new Histogram({
      name: "perdura_clock_lateness_seconds",
      help: "How long after it fell due a step of a clock (reminded, escalated) was taken.",
      labelNames: ["metric", "step"],
      buckets: [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 86_400],
      registers,
    }),
    mails: new Counter({
      name: "perdura_mails_total",
      help: "Attempts at notices: sent, failed for good, unknown, withdrawn, or deferred (in vain, or kept behind one that was).",
      labelNames: ["template", "outcome"],
      registers,
    }),
    digests: new Counter({
      name: "perdura_digests_total",
      help: "Mails to staff that told of several notices at once.",
      registers,
    }),
  };
}
