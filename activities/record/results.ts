// What somebody achieved with a ticket, kept when it is resolved and when it comes back: what dispatch learns from. Knows sums
// that fade (domain/dispatch/performance.ts says how they are read); refuses to know any score.
import { halfLifeMs } from "../../domain/dispatch/performance";
import { addResult } from "../../prisma/results";
import type { Transaction } from "../dispatch/places";
import type { Step } from "./shapes";

export async function keepResults(tx: Transaction, steps: readonly Step[]): Promise<void> {
  for (const { before, event } of steps) {
    const { assignee, category, number, status } = before;
    if (assignee === null || category === null) continue;
    const at = new Date(event.at);
    if (event.kind === "resolved") await add(tx, { number, assignee, category, at, resolved: 1, reopened: 0 });
    const comesBack = event.kind === "reopened" || (event.kind === "requesterReplied" && event.facts.status !== "solved");
    if (comesBack && status === "solved") await add(tx, { number, assignee, category, at, resolved: 0, reopened: 1 });
  }
}

interface Result {
  readonly number: number;
  readonly assignee: string;
  readonly category: string;
  readonly at: Date;
  readonly resolved: 0 | 1;
  readonly reopened: 0 | 1;
}

/** The time counts from the last assignment; one that nobody assigned counts for nobody. */
async function add(tx: Transaction, { number, assignee, category, at, resolved, reopened }: Result): Promise<void> {
  const [assigned] = await tx.$queryRaw<{ at: Date }[]>`
    SELECT at FROM events WHERE ticket = ${number} AND kind = 'assigned' ORDER BY version DESC LIMIT 1`;
  if (assigned === undefined) return;
  const logMs = resolved * Math.log(Math.max(1, at.getTime() - assigned.at.getTime()));
  await addResult(tx, { agent: assignee, category, at, resolved, logMs, reopened, rated: 0, stars: 0 }, halfLifeMs);
}
