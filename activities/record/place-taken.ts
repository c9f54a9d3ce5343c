// Which reserved place an event stands on.
import type { TicketEvent } from "../../domain/event";

export interface PlaceTaken {
  readonly agent: string;
  readonly decision: string;
  /** Its agent is only asked so far. */
  readonly offered: boolean;
}

/** Null: it takes none that dispatch has reserved. */
export function placeTaken({ kind, facts }: TicketEvent): PlaceTaken | null {
  if (kind === "offered") return { agent: facts.agent, decision: facts.decision, offered: true };
  if (kind !== "assigned" || facts.decision === null) return null;
  return { agent: facts.assignee, decision: facts.decision, offered: false };
}
