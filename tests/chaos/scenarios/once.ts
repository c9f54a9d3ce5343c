// A command of a scenario's own, beside those of the crowd: it stands in the same ledger, under the same laws.
import { Client } from "../clients/client";
import type { Call } from "../clients/ledger";
import { command } from "../clients/orders";
import type { VerbName } from "../clients/orders";
import type { Play } from "../play";

/** Given once by a person of good manners; the one answer. */
export async function once({ stage, crowd, random }: Play, number: number, verb: VerbName): Promise<Call | null> {
  const manners = { thrice: 0, hangUp: 0, otherBody: 0, giveUp: 1 };
  const client = new Client(stage.urls, crowd.ledger, random, manners, () => false);
  const writer = { life: 2_000_000 + number, run: crowd.run, canary: crowd.canary, random };
  const given = command(writer, verb, number, random.between(1, 1e9));
  await client.see(given);
  return crowd.ledger.calls.findLast((call) => call.order === given) ?? null;
}
