// A queue and nothing else: places become free one by one, and nobody comes who would take them by chance.
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "../clients/client";
import { command } from "../clients/orders";
import type { Play, Scenario } from "../play";
import { anAssignedTicket } from "./other-run";

/** So long at most nobody may be given a place that is free, ms. */
const withinMs = 60_000;

export const queue: Scenario = {
  what: "one place for many tickets: each that is solved makes room for the next",
  onDemand: true,
  lanes: 0,
  play: async (play) => {
    const { stage, random, lives } = play;
    await stage.prisma.agent.updateMany({ where: { id: { not: "amara" } }, data: { capacity: 0 } });
    const numbers = new Set<number>();
    for (let at = 0; at < lives; at += 1) numbers.add(await anAssignedTicket(stage, random.between(1, 1e9)));
    const from = Date.now();
    for (let end = from + withinMs; numbers.size > 0 && Date.now() < end; await sleep(100)) {
      for (const number of await held(play)) {
        if (!numbers.delete(number)) continue;
        await solve(play, number);
        end = Date.now() + withinMs;
      }
    }
    play.note("a queue", from, Date.now());
    if (numbers.size > 0) play.charges.push(`never given to anybody: ${[...numbers].join(", ")}`);
  },
};

async function held({ stage }: Play): Promise<number[]> {
  const rows = await stage.prisma.ticket.findMany({ where: { assigneeId: { not: null }, status: "open" } });
  return rows.map(({ number }) => number);
}

async function solve({ stage, crowd, random }: Play, number: number): Promise<void> {
  const manners = { thrice: 0, hangUp: 0, otherBody: 0, giveUp: 0 };
  const client = new Client(stage.urls, crowd.ledger, random, manners, () => false);
  await client.see(command({ life: number, run: crowd.run, canary: crowd.canary, random }, "resolve", number, 0));
}
