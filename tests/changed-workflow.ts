// What a careless release might do to the life of a ticket: one more step at its beginning, for old lives and new alike.
import { sleep } from "@temporalio/workflow";
import type { TicketStart } from "../workflows/starts/ticket";
import { ticket as asToday } from "../workflows/ticket";

export async function ticket(start: TicketStart): ReturnType<typeof asToday> {
  await sleep("1 second");
  return await asToday(start);
}
