// The two lives that are compared: a ticket's over the product's API, and the floor's straight on Temporal.
import { randomUUID } from "node:crypto";
import type { Client } from "@temporalio/client";
import { DeskClient } from "../bin/demo/desk-client";
import type { Urls } from "../stack/everything";
import { ticketWorkflowId } from "../workflows/messages";
import { floorQueue, floorSteps } from "./floor/names";
import type { Live } from "./measure";
import { timed } from "./measure";

/** Opened, assigned, two replies, solved, closed; over once its mails are sent. */
export function productLife(urls: Urls, temporal: Client): Live {
  const desk = new DeskClient(urls.api);
  const run = randomUUID();
  return async (name) => {
    const key = urls.keys.agent;
    let calls = 0;
    const post = <Answer>(path: string, body: object): Promise<{ ms: number; answer: Answer }> => {
      calls += 1;
      return timed(() => desk.call<Answer>("POST", path, { body, key, idempotencyKey: `${run}/${name}/${calls}` }));
    };
    const requester = { email: `bench.${name}.${run}@example.test` };
    // By staff, since a stranger may open only few tickets a minute.
    const opened = await post<{ number: number }>("/tickets", { subject: "Bench", text: "How fast is it?", requester });
    const { number } = opened.answer;
    const commandsMs: number[] = [];
    const commands: readonly (readonly [string, object])[] = [
      ["messages", { text: "We measure it." }],
      ["messages", { text: "Thank you!", as: "requester" }],
      ["resolution", { text: "Measured." }],
      ["closure", {}],
    ];
    for (const [path, body] of commands) commandsMs.push((await post(`/tickets/${number}/${path}`, body)).ms);
    return { intakeMs: opened.ms, commandsMs, events: await eventsOf(temporal, ticketWorkflowId(number)) };
  };
}

/** As many updates, one activity, one timer; no rule, no record, no Postgres, no API in between. */
export function floorLife(temporal: Client): Live {
  const run = randomUUID();
  return async (name) => {
    const workflowId = `floor:${run}:${name}`;
    const options = { workflowId, taskQueue: floorQueue, args: [floorSteps] };
    const started = await timed(() => temporal.workflow.start("floor", options));
    const commandsMs: number[] = [];
    for (let step = 0; step < floorSteps; step += 1) {
      commandsMs.push((await timed(() => started.answer.executeUpdate("step"))).ms);
    }
    return { intakeMs: started.ms, commandsMs, events: await eventsOf(temporal, workflowId) };
  };
}

/** The events of a history, once it has ended. */
async function eventsOf(temporal: Client, workflowId: string): Promise<number> {
  const handle = temporal.workflow.getHandle(workflowId);
  await handle.result();
  return (await handle.describe()).historyLength;
}
