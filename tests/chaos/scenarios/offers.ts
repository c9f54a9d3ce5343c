// Every team asks before it gives. People accept, decline, say nothing, go and come; the worker dies where it hurts.
import { setTimeout as sleep } from "node:timers/promises";
import type { OfferView } from "../../../contract/dispatch";
import { TEST_KEYS } from "../../support/keys";
import { Client } from "../clients/client";
import { command, holders } from "../clients/orders";
import type { Play, Scenario } from "../play";
import { makeRoom } from "./room";

/** So short that many lapse, and long enough to be answered by some, ms. */
const answerWithinMs = 2_000;
const lookEveryMs = 250;

const points = [
  "chooseAssignee.uncommitted",
  "chooseAssignee.after",
  "record.before.offered",
  "record.after.offered",
  "record.before.offerLapsed",
  "record.after.offerLapsed",
  "record.after.offerDeclined",
  "record.after.acceptOffer",
  "relay.signal.before",
  "relay.signal.after",
];

export const offers: Scenario = {
  what: "every team asks before it gives: kills while a place is reserved, offered, answered, lapses or is passed on",
  play: async (play) => {
    const { stage, random } = play;
    await stage.prisma.team.updateMany({ data: { dispatch: { offers: { answerWithinMs, mostDeclines: 3 } } } });
    const over = new AbortController();
    const answering = answer(play, over.signal);
    for (const point of random.shuffled(points)) {
      // Those who answer have what they accepted: after a while nothing more is offered to them by itself.
      await play.at([point], { kind: "kill" }, { provoke: (at) => makeRoom(at, Object.values(holders)) });
      await play.progress(3, 4_000);
    }
    over.abort();
    await answering;
  },
};

/** Those who hold keys answer as chance has it; whoever was set away comes back, and now and then somebody leaves. */
async function answer({ stage, crowd, random }: Play, over: AbortSignal): Promise<void> {
  const manners = { thrice: 4, hangUp: 0, otherBody: 0, giveUp: 0 };
  const client = new Client(stage.urls, crowd.ledger, random, manners, () => over.aborted);
  for (let count = 0; !over.aborted; count += 1) {
    for (const role of ["agent", "lead"] as const) {
      const writer = { life: 0, run: crowd.run, canary: crowd.canary, random };
      for (const { ticket } of await offersTo(stage.urls, role)) {
        const verb = random.pick(["acceptOffer", "acceptOffer", "declineOffer", null] as const);
        if (verb !== null) await client.see(command(writer, verb, ticket, count, role));
      }
    }
    if (count % 8 === 0) await comeAndGo(stage, random.oneIn(3) ? random.pick(Object.values(holders)) : null);
    await sleep(lookEveryMs);
  }
}

async function offersTo(urls: readonly string[], role: keyof typeof holders): Promise<readonly OfferView[]> {
  try {
    const headers = { Authorization: `Bearer ${TEST_KEYS[role]}` };
    const response = await fetch(`${urls[0]}/api/v1/agents/me/offers`, { headers, signal: AbortSignal.timeout(2_000) });
    return response.ok ? ((await response.json()) as { items: OfferView[] }).items : [];
  } catch {
    // The API is being killed, too.
    return [];
  }
}

/** Everybody but one is there. */
async function comeAndGo({ prisma }: Play["stage"], away: string | null): Promise<void> {
  const people = await prisma.agent.findMany({ where: { capacity: { gt: 0 } }, select: { id: true, present: true } });
  const changed = people.filter(({ id, present }) => present === (id === away));
  for (const { id } of changed) {
    await prisma.$transaction([
      prisma.agent.update({ where: { id }, data: { present: id !== away, presentSince: new Date(), lapses: 0 } }),
      prisma.outbox.create({ data: { kind: "presence", subject: id, payload: {} } }),
    ]);
  }
}
