// How long a decision takes among so many agents: the product's own activity on a real Postgres, nothing else beside it.
import { createChooseAssignee } from "../../activities/dispatch/choose";
import { createPrisma } from "../../prisma/client";
import type { PrismaClient } from "../../prisma/client";
import type { Postgres } from "../../stack/postgres";
import { percentile } from "../percentile";
import { cpuMs, perShare } from "../processes";
import { tickets } from "./tickets";

export interface Measured {
  readonly agents: number;
  readonly decisions: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU time of one decision, ms: here, and in Postgres. It hardly depends on what else the machine does. */
  readonly cpuMs: { readonly here: number; readonly postgres: number };
}

const warmUp = 30;

/** One after another, since a team's decisions take turns at its lock anyway. On a migrated, seeded database. */
export async function measureDecisions({ url, child }: Postgres, agents: number, decisions: number): Promise<Measured> {
  const prisma = createPrisma(url, { max: 4 });
  const used = (): ReadonlyMap<string, number> => cpuMs(new Map([["postgres", child.pid]]));
  try {
    const team = await staff(prisma, agents);
    const numbers = await tickets(prisma, decisions + warmUp);
    const choose = createChooseAssignee(prisma);
    const durations: number[] = [];
    let before = used();
    for (const [index, number] of numbers.entries()) {
      if (index === warmUp) before = used();
      const wish = { category: "card", type: "question", priority: "normal", declined: [], lapsed: [], relaxed: false } as const;
      const startedAt = performance.now();
      const { agent } = await choose({ number, epoch: 1, decision: `${number}-1-1`, team, ...wish, since: Date.now() });
      durations.push(performance.now() - startedAt);
      if (agent === null) throw new Error("Nobody was found: the bench has too few places.");
    }
    const counted = durations.slice(warmUp);
    const cpu = perShare(before, used(), counted.length);
    const totalMs = counted.reduce((sum, ms) => sum + ms, 0);
    return {
      agents,
      decisions,
      perSecond: Math.round((counted.length / totalMs) * 1_000),
      p50Ms: round(percentile(counted, 50)),
      p99Ms: round(percentile(counted, 99)),
      cpuMs: { here: round(cpu["driver"] ?? 0), postgres: round(cpu["postgres"] ?? 0) },
    };
  } finally {
    await prisma.$disconnect();
  }
}

/** A team whose people have skills, places on the map, results, a half of them some load: what a decision has to read. */
async function staff(prisma: PrismaClient, agents: number): Promise<string> {
  const team = `team-${agents}`;
  const rules = { strategy: "best-score", learns: true };
  await prisma.team.create({ data: { id: team, name: team, dispatch: rules } });
  await prisma.skill.createMany({ data: ["cards", "loans"].map((id) => ({ id, name: id })), skipDuplicates: true });
  await prisma.categorySkill.createMany({ data: [{ categoryId: "card", skillId: "cards", level: 2 }], skipDuplicates: true });
  const ids = Array.from({ length: agents }, (_, at) => `${team}-${String(at).padStart(4, "0")}`);
  await prisma.agent.createMany({
    data: ids.map((id, at) => {
      return { id, name: id, email: `${id}@bench.test`, role: "agent", capacity: 400, present: true, latitude: 59 + at / agents, longitude: 10, radiusKm: 50 };
    }),
  });
  await prisma.teamMember.createMany({ data: ids.map((agentId) => ({ teamId: team, agentId })) });
  await prisma.agentSkill.createMany({ data: ids.flatMap((agentId, at) => ["cards", "loans"].map((skillId) => ({ agentId, skillId, level: 2 + (at % 4) }))) });
  await prisma.result.createMany({ data: ids.map((agentId, at) => ({ agentId, categoryId: "card", at: new Date(), resolved: 20, logMs: 300 + at / agents, reopened: 2 })) });
  const held = await tickets(prisma, agents);
  await prisma.reservation.createMany({ data: held.map((ticket, at) => ({ ticket, agentId: ids[at] ?? "", confirmed: true })) });
  await prisma.$executeRaw`ANALYZE`;
  return team;
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
