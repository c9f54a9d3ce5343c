// Long lives: a run whose history has grown hands everything to the next one, in between two breaths. Nothing is under way
// then: every handler has finished, every decision is recorded, a running send has let go and is carried as unsettled.
import { makeContinueAsNewFunc, workflowInfo } from "@temporalio/workflow";
import type { Desk } from "./desk";
import type { Carried } from "./starts/ticket";
import type { ticket } from "./ticket";

export async function carryOn({ journal, postman, epoch }: Desk): Promise<never> {
  const carried: Carried = {
    ticket: journal.recorded,
    unsettled: postman.unsettled,
    known: journal.recentCommands(),
  };
  const next = makeContinueAsNewFunc<typeof ticket>({ memo: workflowInfo().memo });
  return await next({ epoch, from: { kind: "carried", carried } });
}
