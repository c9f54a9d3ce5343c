// Many tickets against few people, all at once, while people come and go: the product's own choosing, filling and reviewing on
// a real Postgres, and an inspector who looks for a capacity that is exceeded. Tickets have no workflow here: what they would
// say to a place that is theirs is said by the crowd.
import { createChooseAssignee } from "../../activities/dispatch/choose";
import { fill } from "../../activities/dispatch/fill";
import { lockAgents } from "../../activities/dispatch/places";
import { createReview } from "../../activities/dispatch/review";
import type { PrismaClient } from "../../prisma/client";
import { percentile } from "../percentile";
import { tickets } from "./tickets";

export interface CrowdOptions {
  readonly tickets: number;
  readonly agents: number;
  readonly capacity: number;
  /** So many at the same time. */
  readonly lanes: number;
  /** Whether people are asked, and one in five says no to the first they are asked for. */
  readonly asked?: boolean;
}

export interface Crowded {
  /** Tickets that somebody has had and solved: all of them, or some were lost. */
  readonly solved: number;
  /** Times that somebody was found with more than their capacity. */
  readonly exceeded: number;
  /** Times that somebody was found with two offers. */
  readonly askedTwice: number;
  readonly declined: number;
  /** How often the inspector has looked. */
  readonly inspections: number;
  /** Times that a ticket waited while somebody who was there had room, when all was quiet. */
  readonly starved: number;
  readonly comings: number;
  /** From the end of a ticket to the commit that gives its place away, ms. */
  readonly p99FillMs: number;
  readonly seconds: number;
}

const offers = { answerWithinMs: 180_000, mostDeclines: 3 };

export async function crowd(prisma: PrismaClient, { agents, capacity, lanes, asked = false, ...options }: CrowdOptions): Promise<Crowded> {
  const team = asked ? "asked" : "crowded";
  const ids = Array.from({ length: agents }, (_, at) => `${team}-${String(at).padStart(2, "0")}`);
  await prisma.team.create({ data: { id: team, name: team, dispatch: asked ? { offers } : {} } });
  await prisma.agent.createMany({ data: ids.map((id) => ({ id, name: id, email: `${id}@bench.test`, role: "agent", capacity, present: true })) });
  await prisma.teamMember.createMany({ data: ids.map((agentId) => ({ teamId: team, agentId })) });
  const waiting = [...(await tickets(prisma, options.tickets))];
  const startedAt = performance.now();
  const state = { solved: 0, exceeded: 0, askedTwice: 0, declined: 0, inspections: 0, comings: 0, over: false, fills: [] as number[] };

  const solve = async (number: number, agent: string): Promise<void> => {
    const endedAt = performance.now();
    await inTime(() =>
      prisma.$transaction(async (tx) => {
        await lockAgents(tx, [agent]);
        await tx.reservation.deleteMany({ where: { ticket: number, agentId: agent } });
        await fill(tx, agent);
      }),
    );
    state.fills.push(performance.now() - endedAt);
    state.solved += 1;
  };
  const choose = createChooseAssignee(prisma);
  const seekFor = async (number: number, declined: readonly string[]): Promise<void> => {
    const wish = { category: null, type: "question", priority: "normal", declined, lapsed: [], relaxed: false } as const;
    await inTime(() => choose({ number, epoch: 1, decision: `${number}-1-${declined.length + 1}`, team, ...wish, since: Date.now() }));
  };
  const seek = async (): Promise<void> => {
    for (let number = waiting.shift(); number !== undefined; number = waiting.shift()) await seekFor(number, []);
  };
  const refused = new Set<number>();
  /** As the record of an answer does it: the place is theirs or given up, and they may be asked for the next. */
  const answer = async (number: number, agent: string, says: "yes" | "no"): Promise<void> => {
    await inTime(() =>
      prisma.$transaction(async (tx) => {
        await lockAgents(tx, [agent]);
        const where = { ticket: number, agentId: agent };
        if (says === "yes") await tx.reservation.updateMany({ where, data: { offered: false } });
        else await tx.reservation.deleteMany({ where });
        await fill(tx, agent);
      }),
    );
    if (says === "yes") return await solve(number, agent);
    refused.add(number);
    state.declined += 1;
    await seekFor(number, [agent]);
  };
  /** Fewer work than seek, so that queues form. */
  const work = async (): Promise<void> => {
    while (!state.over) {
      const [held] = await prisma.$queryRaw<{ ticket: number; agent: string; offered: boolean }[]>`
        UPDATE reservations SET confirmed = true WHERE ticket = (
          SELECT ticket FROM reservations WHERE NOT confirmed AND agent_id = ANY(${ids}) ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING ticket, agent_id AS agent, offered`;
      if (held === undefined) await pause(5);
      else if (!held.offered) await solve(held.ticket, held.agent);
      else await answer(held.ticket, held.agent, held.ticket % 5 === 0 && !refused.has(held.ticket) ? "no" : "yes");
    }
  };
  const comeAndGo = async (): Promise<void> => {
    const review = createReview(prisma);
    for (let turn = 0; !state.over; turn += 1) {
      const id = ids[turn % ids.length] ?? "";
      for (const present of [false, true]) {
        await prisma.agent.update({ where: { id }, data: { present } });
        await inTime(() => review({ kind: "agent", id }));
        await pause(5);
      }
      state.comings += 1;
    }
  };
  const inspect = async (): Promise<void> => {
    while (!state.over) {
      const found = await prisma.$queryRaw<object[]>`
        SELECT r.agent_id FROM reservations r JOIN agents a ON a.id = r.agent_id GROUP BY r.agent_id, a.capacity
        HAVING sum(r.places) > a.capacity`;
      const twice = await prisma.$queryRaw<object[]>`SELECT agent_id FROM reservations WHERE offered GROUP BY agent_id HAVING count(*) > 1`;
      state.exceeded += found.length;
      state.askedTwice += twice.length;
      state.inspections += 1;
      await pause(10);
    }
  };
  const finish = async (): Promise<void> => {
    await Promise.all(Array.from({ length: lanes }, seek));
    for (const until = Date.now() + 120_000; state.solved < options.tickets && Date.now() < until; ) await pause(20);
    state.over = true;
  };
  await Promise.all([finish(), ...Array.from({ length: 4 }, work), comeAndGo(), inspect()]);
  return {
    solved: state.solved,
    exceeded: state.exceeded,
    askedTwice: state.askedTwice,
    declined: state.declined,
    inspections: state.inspections,
    starved: await prisma.waiter.count({ where: { teamId: team } }),
    comings: state.comings,
    p99FillMs: Math.round(percentile(state.fills, 99)),
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
  };
}

/**
 * Tried again, as Temporal tries an activity again, when a transaction got no connection or no end in time (P2028): it is
 * undone.
 */
async function inTime<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if ((error as { readonly code?: string }).code !== "P2028") throw error;
    }
  }
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
