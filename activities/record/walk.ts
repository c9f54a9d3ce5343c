// A ticket through its events: before and after each.
import { fold } from "../../domain/decide";
import type { TicketEvent } from "../../domain/event";
import type { Ticket } from "../../domain/ticket";
import type { Step } from "./shapes";

export function walk(from: Ticket, events: readonly TicketEvent[]): readonly Step[] {
  const steps: Step[] = [];
  let before = from;
  for (const event of events) {
    const after = fold(before, event);
    steps.push({ before, event, after });
    before = after;
  }
  return steps;
}
