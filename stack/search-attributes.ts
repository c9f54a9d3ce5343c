// The columns by which tickets are found in Temporal. At most 10 Keyword and 3 of each other type fit on a server with an SQL
// store.
import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "@temporalio/client";

/** Names and types as Temporal spells them. */
export const SEARCH_ATTRIBUTES = {
  TicketStatus: "Keyword",
  TicketPriority: "Keyword",
  TicketTeam: "Keyword",
  TicketAssignee: "Keyword",
  TicketCategory: "Keyword",
  TicketChannel: "Keyword",
  TicketDeadline: "Datetime",
  TicketBreached: "Bool",
} as const;

/** Numbers of Temporal's IndexedValueType. */
const TYPES = { Keyword: 2, Bool: 5, Datetime: 6 } as const;
const USABLE_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 50;

/**
 * Adds the attributes that a namespace lacks and waits until the server takes a query by each.
 * Rejects when one exists with another type, or isn't usable within a minute. Harmless to repeat.
 */
export async function registerSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const missing = await missingSearchAttributes(connection, namespace);
  if (missing.length > 0) {
    const searchAttributes = Object.fromEntries(missing.map((name) => [name, TYPES[SEARCH_ATTRIBUTES[name]]]));
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  }
  const until = performance.now() + USABLE_WITHIN_MS;
  while (!(await areUsable(connection, namespace))) {
    if (performance.now() > until) throw new Error(`Temporal took the search attributes but doesn't know them yet in ${namespace}.`);
    await sleep(LOOK_EVERY_MS);
  }
}

/** Those a namespace doesn't have. Rejects when it has one of another type. */
export async function missingSearchAttributes(
  connection: Connection,
  namespace: string,
): Promise<(keyof typeof SEARCH_ATTRIBUTES)[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const names = Object.keys(SEARCH_ATTRIBUTES) as (keyof typeof SEARCH_ATTRIBUTES)[];
  return names.filter((name) => {
    const type = customAttributes?.[name];
    if (type === undefined || type === null) return true;
    if (type !== TYPES[SEARCH_ATTRIBUTES[name]]) {
      throw new Error(`${name} exists in namespace ${namespace} with another type than ${SEARCH_ATTRIBUTES[name]}: use another namespace.`);
    }
    return false;
  });
}

async function areUsable(connection: Connection, namespace: string): Promise<boolean> {
  const query = Object.keys(SEARCH_ATTRIBUTES).map((name) => `${name} IS NULL`).join(" AND ");
  try {
    await connection.workflowService.countWorkflowExecutions({ namespace, query });
    return true;
  } catch (error) {
    if (/invalid search attribute|is not (a valid|defined)|invalid query/i.test(String(error))) return false;
    throw error;
  }
}
