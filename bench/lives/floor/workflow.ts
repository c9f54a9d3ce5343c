// The least that a life of this shape can cost: as many updates as a ticket's, one activity, one timer, nothing else. No
// rule, no record, no Postgres: what a ticket takes beyond this is the product's own.
import { condition, defineUpdate, proxyActivities, setHandler } from "@temporalio/workflow";
import type { floorActivities } from "./activities";

export const step = defineUpdate<number>("step");

const { tell } = proxyActivities<typeof floorActivities>({ startToCloseTimeout: "10 seconds" });

/** Ends after `steps` updates. */
export async function floor(steps: number): Promise<number> {
  let taken = 0;
  // A validator, as every ticket's command has one.
  setHandler(step, () => (taken += 1), { validator: () => undefined });
  await tell();
  await condition(() => taken >= steps, "1 hour");
  return taken;
}
