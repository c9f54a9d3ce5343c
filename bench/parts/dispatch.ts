// Dispatch on a Postgres of its own: decisions among few and many agents, a crowd against few people; and a simulated day.
import { join } from "node:path";
import { strategies } from "../../domain/dispatch/rules";
import type { Strategy } from "../../domain/dispatch/rules";
import { migrate } from "../../prisma/migrate";
import { createPrisma } from "../../prisma/client";
import { seed } from "../../prisma/seed";
import { freePort } from "../../stack/ports";
import { startPostgres } from "../../stack/postgres";
import { columns } from "../columns";
import { crowd } from "../dispatch/crowd";
import type { Crowded } from "../dispatch/crowd";
import { simulateDay } from "../dispatch/day";
import type { Day } from "../dispatch/day";
import { promisedOver } from "../dispatch/promised";
import type { Promised } from "../dispatch/promised";
import { measureDecisions } from "../dispatch/decisions";
import type { Measured } from "../dispatch/decisions";
import { one } from "../part";
import type { Part, Settings, Stage } from "../part";

export const dispatch: Part = {
  name: "dispatch",
  about: "decisions per second among 10 to 1,000 agents, 500 tickets against 20 people, days by strategy and overflow, waits as told; about 2 minutes",
  settings: { agents: [10, 100, 1_000], decisions: [300], tickets: [500], seeds: [1, 2, 3], days: [12] },
  run: async ({ home, say }: Stage, settings: Settings) => {
    const postgres = await startPostgres({ dir: join(home, "postgres"), port: await freePort(), durable: true });
    try {
      await migrate(postgres.url);
      await seedOnce(postgres.url);
      const decisions: Measured[] = [];
      for (const agents of settings["agents"] ?? []) {
        say(`${agents} agents …`);
        decisions.push(await measureDecisions(postgres, agents, one(settings, "decisions")));
      }
      const tickets = one(settings, "tickets");
      say(`${tickets} tickets against 20 people who come and go …`);
      const crowded = await crowdOn(postgres.url, tickets, false);
      say(`${tickets} tickets offered to 20 people …`);
      const asked = await crowdOn(postgres.url, tickets, true);
      const days = daysOf(settings["seeds"] ?? []);
      const promised = promisedOver(Array.from({ length: one(settings, "days") }, (_, seed) => seed + 1), null);
      const crowds = [crowdText("given", crowded), crowdText("asked", asked)];
      const text = [asText(decisions), ...crowds, dayText(days), promisedText(promised)].join("\n\n");
      return { figures: { decisions, crowded, asked, days, promised }, text };
    } finally {
      await postgres.stop();
    }
  },
};

async function seedOnce(url: string): Promise<void> {
  const prisma = createPrisma(url);
  try {
    await seed(prisma);
  } finally {
    await prisma.$disconnect();
  }
}

async function crowdOn(url: string, tickets: number, asked: boolean): Promise<Crowded> {
  const prisma = createPrisma(url, { max: 40 });
  try {
    return await crowd(prisma, { tickets, agents: 20, capacity: 5, lanes: 32, asked });
  } finally {
    await prisma.$disconnect();
  }
}

/** Each strategy, and what overflow after a quarter of an hour makes of it. */
function daysOf(seeds: readonly number[]): readonly Day[] {
  const chosen = strategies.filter((strategy) => strategy !== "manual");
  return [null, 15].flatMap((overflowMinutes) => chosen.map((strategy) => meanDay(strategy, overflowMinutes, seeds)));
}

/** The mean over several seeds: one day may be odd. */
function meanDay(strategy: Strategy, overflowMinutes: number | null, seeds: readonly number[]): Day {
  const days = seeds.map((seed) => simulateDay({ strategy, seed, overflowMinutes }).day);
  const mean = (of: (day: Day) => number): number => Math.round((days.reduce((sum, day) => sum + of(day), 0) / days.length) * 1_000) / 1_000;
  return {
    strategy,
    overflowMinutes,
    overflowed: mean(({ overflowed }) => overflowed),
    tickets: mean(({ tickets }) => tickets),
    meanWaitMinutes: mean(({ meanWaitMinutes }) => meanWaitMinutes),
    p95WaitMinutes: mean(({ p95WaitMinutes }) => p95WaitMinutes),
    breachedPercent: mean(({ breachedPercent }) => breachedPercent),
    gini: mean((day) => day.gini),
  };
}

function crowdText(name: string, { declined, askedTwice, solved, exceeded, inspections, starved, comings, p99FillMs, seconds }: Crowded): string {
  const looked = `capacity exceeded ${exceeded} times in ${inspections} inspections, ${starved} left waiting`;
  const offered = declined === 0 ? "" : `, ${declined} declined, ${askedTwice} asked twice at once`;
  return `${name}: ${solved} solved in ${seconds} s, ${looked}, ${comings} came and went, a place filled in ${p99FillMs} ms (p99)${offered}`;
}

function dayText(days: readonly Day[]): string {
  const rows = days.map((day) => [day.strategy, day.overflowMinutes === null ? "never" : `${day.overflowMinutes} min`, ...[day.overflowed, day.tickets, day.meanWaitMinutes, day.p95WaitMinutes, day.breachedPercent, day.gini].map(String)]);
  return columns([["a day by", "overflow after", "overflowed", "tickets", "mean wait min", "p95 wait min", "breached %", "Gini"], ...rows]);
}

function promisedText({ tickets, told, keptPercent }: Promised): string {
  return `waits as told: ${told} of ${tickets} requesters told a time, ${keptPercent} % answered by then (goal: 80 to 90)`;
}

function asText(measured: readonly Measured[]): string {
  const rows = measured.map(({ agents, decisions, perSecond, p50Ms, p99Ms, cpuMs }) =>
    [agents, decisions, perSecond, p50Ms, p99Ms, cpuMs.here, cpuMs.postgres].map(String),
  );
  return columns([["agents", "decisions", "per second", "p50 ms", "p99 ms", "CPU ms here", "in Postgres"], ...rows]);
}
