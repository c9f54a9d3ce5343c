// The two lives that are compared: a ticket's over the product's API, and the floor's straight on Temporal.
import { randomUUID } from "node:crypto";
import type { Client } from "@temporalio/client";
import { DeskClient } from "../../bin/demo/desk-client";
import type { Urls } from "../../stack/everything";
import { ticketWorkflowId } from "../../workflows/messages";
import { floorQueue, floorSteps } from "./floor/names";
import type { Live } from "./measure";

/** Opened, assigned, two replies, solved, closed. */
export function productLife(urls: Urls): Live {
  const desk = new DeskClient(urls.api);
  const run = randomUUID();
  return async (name, timed) => {
    const key = urls.keys.agent;
    let calls = 0;
    const post = <Answer>(path: string, body: object): Promise<Answer> => {
      calls += 1;
      return desk.call<Answer>("POST", path, { body, key, idempotencyKey: `${run}/${name}/${calls}` });
    };
    const requester = { email: `bench.${name}.${run}@example.test` };
    // By staff, since a stranger may open only few tickets a minute.
    const opening = { subject: "Bench", text: "How fast is it?", requester };
    const { number } = await timed("intake", () => post<{ number: number }>("/tickets", opening));
    const commands: readonly (readonly [string, object])[] = [
      ["messages", { text: "We measure it." }],
      ["messages", { text: "Thank you!", as: "requester" }],
      ["resolution", { text: "Measured." }],
      ["closure", {}],
    ];
    for (const [path, body] of commands) await timed("command", () => post(`/tickets/${number}/${path}`, body));
    return ticketWorkflowId(number);
  };
}

/** As many updates, one activity, one timer; no rule, no record, no Postgres, no API in between. */
export function floorLife(temporal: Client): Live {
  const run = randomUUID();
  return async (name, timed) => {
    const workflowId = `floor:${run}:${name}`;
    const options = { workflowId, taskQueue: floorQueue, args: [floorSteps] };
    const handle = await timed("intake", () => temporal.workflow.start("floor", options));
    for (let step = 0; step < floorSteps; step += 1) await timed("command", () => handle.executeUpdate("step"));
    return workflowId;
  };
}
