// Decisions of dispatch among few and many agents, on a Postgres of its own.
import { join } from "node:path";
import { migrate } from "../../prisma/migrate";
import { createPrisma } from "../../prisma/client";
import { seed } from "../../prisma/seed";
import { freePort } from "../../stack/ports";
import { startPostgres } from "../../stack/postgres";
import { columns } from "../columns";
import { measureDecisions } from "../dispatch/decisions";
import type { Measured } from "../dispatch/decisions";
import { one } from "../part";
import type { Part, Settings, Stage } from "../part";

export const dispatch: Part = {
  name: "dispatch",
  about: "decisions per second and their latency among 10, 100 and 1,000 agents; about a minute",
  settings: { agents: [10, 100, 1_000], decisions: [300] },
  run: async ({ home, say }: Stage, settings: Settings) => {
    const postgres = await startPostgres({ dir: join(home, "postgres"), port: await freePort(), durable: true });
    try {
      await migrate(postgres.url);
      await seedOnce(postgres.url);
      const decisions: Measured[] = [];
      for (const agents of settings["agents"] ?? []) {
        say(`${agents} agents …`);
        decisions.push(await measureDecisions(postgres.url, agents, one(settings, "decisions")));
      }
      return { figures: { decisions }, text: asText(decisions) };
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

function asText(measured: readonly Measured[]): string {
  const rows = measured.map(({ agents, decisions, perSecond, p50Ms, p99Ms }) => [agents, decisions, perSecond, p50Ms, p99Ms].map(String));
  return columns([["agents", "decisions", "per second", "p50 ms", "p99 ms"], ...rows]);
}
