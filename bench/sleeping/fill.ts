// Many open tickets at once: one is opened and solved through the API, and its rows are copied. Temporal knows none of the
// copies: the relay finds tickets that are open here and absent there, and starts each from its record, as after a loss.
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { DeskClient } from "../../bin/demo/desk-client";
import type { TicketView } from "../../contract/ticket";
import type { Product } from "../product";

const settledWithinMs = 60_000;

/** Opens and solves a ticket, and waits until it sleeps: the mail that says so has left, and only auto-close is to come. */
export async function sleeper({ urls }: Product): Promise<number> {
  const desk = new DeskClient(urls.api);
  const key = urls.keys.agent;
  const body = { subject: "Bench", text: "Does it sleep well?", requester: { email: "sleeper@example.test" } };
  const { number } = await desk.call<TicketView>("POST", "/tickets", { key, body });
  await desk.call("POST", `/tickets/${number}/resolution`, { key, body: {} });
  for (const until = Date.now() + settledWithinMs; Date.now() < until; await sleep(200)) {
    const { items } = await desk.call<{ items: { kind: string }[] }>("GET", `/tickets/${number}/events`, { key });
    if (items.some(({ kind }) => kind === "noticeSent")) return number;
  }
  throw new Error(`Ticket ${number} was solved, and its mail never left.`);
}

/** Copies a ticket's rows `count` times, under the numbers after it; answers the last of them. */
export async function copy(database: string, number: number, count: number): Promise<number> {
  const client = new Client({ connectionString: database });
  await client.connect();
  try {
    await client.query("BEGIN");
    for (const statement of copies) await client.query(statement, [number, count]);
    await client.query("SELECT setval('ticket_number', $1::int + $2::int)", [number, count]);
    await client.query("COMMIT");
    return number + count;
  } finally {
    await client.end();
  }
}

/** Whatever names the ticket in a row's JSON names the copy there. */
const dressed = (json: string): string => `
  replace(replace(replace(${json}::text, '"number": ' || i.number, '"number": ' || n),
    i.id::text, md5('intake' || n)::uuid::text),
    i.facts -> 'message' ->> 'id', md5('message' || n)::uuid::text)::jsonb`;

/** Every column that is not named here stays as it is, so that a new one needs no word. */
const copyOf = (table: string, own: string, changes: string): string => `
  INSERT INTO ${table}
  SELECT (jsonb_populate_record(o, jsonb_build_object(${changes}))).*
  FROM ${table} o, intakes i, generate_series($1::int + 1, $1::int + $2::int) AS n
  WHERE i.number = $1::int AND o.${own} = $1::int`;

const copies = [
  copyOf("intakes", "number", `'id', md5('intake' || n)::uuid, 'number', n, 'key', o.key || '.' || n, 'facts', ${dressed("o.facts")}`),
  copyOf("tickets", "number", `'number', n, 'state', ${dressed("o.state")}`),
  copyOf("events", "ticket", `'ticket', n, 'facts', ${dressed("o.facts")}`),
  `${copyOf("messages", "ticket", "'ticket', n, 'id', md5('message' || n)::uuid")} AND o.version = 1`,
];
