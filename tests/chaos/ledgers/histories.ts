// What Temporal holds when all is quiet: the second ledger. Every run of every ticket, read event by event.
import type { Client } from "@temporalio/client";
import { defaultPayloadConverter } from "@temporalio/common";
import type { Payload } from "@temporalio/common";
import { ticketType } from "../../../workflows/messages";
import type { Answer, Ask } from "../../../workflows/messages";
import type { TicketStart } from "../../../workflows/starts/ticket";

/** A command as Temporal tells it. */
export interface UpdateEntry {
  readonly verb: string;
  readonly ask: Ask;
  /** The version it was answered with; null: it failed, or the run ended before. */
  readonly version: number | null;
}

/** A workflow task that failed: its cause by Temporal's number, and the SDK's words. */
export interface FailedTask {
  readonly cause: number;
  readonly message: string;
}

export interface Run {
  readonly workflowId: string;
  readonly runId: string;
  readonly status: string;
  readonly start: TicketStart;
  readonly intake: string;
  readonly length: number;
  readonly updates: readonly UpdateEntry[];
  /** What a closed run answered. */
  readonly result: { readonly status: string; readonly version: number } | null;
  readonly failedTasks: readonly FailedTask[];
  readonly history: History;
  /** Every text and byte that the history holds. */
  readonly content: string;
}

export type History = NonNullable<Awaited<ReturnType<ReturnType<Client["workflow"]["getHandle"]>["fetchHistory"]>>>;
type Event = NonNullable<History["events"]>[number];

const atOnce = 8;

export async function readRuns(client: Client): Promise<readonly Run[]> {
  const found: { workflowId: string; runId: string; status: string; intake: string }[] = [];
  for await (const { workflowId, runId, status, memo } of client.workflow.list({
    query: `WorkflowType = "${ticketType}"`,
  })) {
    found.push({ workflowId, runId, status: status.name, intake: String(memo?.["intake"]) });
  }
  const runs: Run[] = [];
  for (let at = 0; at < found.length; at += atOnce) {
    runs.push(
      ...(await Promise.all(
        found.slice(at, at + atOnce).map(async (each) => {
          const history = await client.workflow.getHandle(each.workflowId, each.runId).fetchHistory();
          return { ...each, history, ...read(history.events ?? []) };
        }),
      )),
    );
  }
  return runs;
}

function read(events: readonly Event[]): Omit<Run, "workflowId" | "runId" | "status" | "intake" | "history"> {
  const answers = new Map<string, number | null>();
  for (const { workflowExecutionUpdateCompletedEventAttributes: completed } of events) {
    if (!completed) continue;
    const success = completed.outcome?.success?.payloads?.[0];
    answers.set(
      String(completed.acceptedEventId),
      success ? (plain<Answer | undefined>(success)?.version ?? null) : null,
    );
  }
  const start = events[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
  const result = events.at(-1)?.workflowExecutionCompletedEventAttributes?.result?.payloads?.[0];
  return {
    start: plain<TicketStart>(start as Payload),
    length: events.length,
    updates: events.flatMap((event) => accepted(event, answers)),
    result: result ? plain(result) : null,
    failedTasks: events.flatMap(({ workflowTaskFailedEventAttributes: failed }) =>
      failed ? [{ cause: Number(failed.cause), message: failed.failure?.message ?? "" }] : [],
    ),
    content: textsOf(events).join("\n"),
  };
}

function accepted(
  { eventId, workflowExecutionUpdateAcceptedEventAttributes: told }: Event,
  answers: ReadonlyMap<string, number | null>,
): UpdateEntry[] {
  const input = told?.acceptedRequest?.input;
  const payload = input?.args?.payloads?.[0];
  if (!payload || !input.name || input.name === "repair") return [];
  return [{ verb: input.name, ask: plain<Ask>(payload), version: answers.get(String(eventId)) ?? null }];
}

function plain<T>(payload: Payload): T {
  return defaultPayloadConverter.fromPayload<T>(payload);
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString("latin1")];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
