// The network between the parts: cut, silent, late, slow. And stores that are away for long while people go on.
import { setTimeout as sleep } from "node:timers/promises";
import type { Play, Scenario } from "../play";
import type { Weather } from "../stage/proxy";
import type { Link } from "../stage/stage";

const weathers: readonly Weather[] = [
  { kind: "cut" },
  { kind: "silent" },
  { kind: "late", ms: 150 },
  { kind: "slow", bytesPerSecond: 20_000 },
];

export const proxy: Scenario = {
  what: "every connection is cut, silent, late and slow for a while",
  play: async (play) => {
    const { random, stage } = play;
    const links = Object.keys(stage.links) as Link[];
    for (const [link, weather] of random.shuffled(
      links.flatMap((each) => weathers.map((kind) => [each, kind] as const)),
    )) {
      await play.weather(link, weather, random.between(1_000, 5_000));
      await play.progress(5, 6_000);
    }
    for (const link of random.shuffled(links)) {
      stage.links[link].breakAll();
      play.note(`broken once: ${link}`, Date.now(), Date.now());
      await play.progress(5, 6_000);
    }
  },
};

export const smtpAway: Scenario = {
  what: "the mail server is away, refuses for now, and loses its own answers, while tickets are solved and closed",
  play: async (play) => {
    const { stage } = play;
    await play.progress(20);
    await play.away(stage.smtp, 15_000);
    await play.progress(10);
    await troubled(play, "greylisting", { to: 451 }, 6_000);
    await troubled(play, "accept, then drop", { accepted: "drop" }, 2_000);
    await troubled(play, "no answer", { data: "hang" }, 4_000);
  },
};

async function troubled(
  play: Play,
  name: string,
  what: Parameters<Play["stage"]["trouble"]>[0],
  ms: number,
): Promise<void> {
  play.stage.trouble(what);
  await play.lasting(`mail server: ${name}`, ms);
  play.stage.trouble({});
}

/** What an open ticket may cost in history while Postgres is away, in events. */
const growthAtMost = 20;

export const postgresAway: Scenario = {
  what: "Postgres is away while people go on; histories hardly grow, and all is well after",
  lanes: 12,
  play: async (play) => {
    await play.progress(60);
    // Whatever was under way comes to its wait first.
    const absence = play.away(play.stage.postgres, Math.max(20_000, play.lives * 250));
    await sleep(6_000);
    const before = await lengths(play);
    await sleep(12_000);
    const after = await lengths(play);
    for (const [id, length] of after) {
      const grown = length - (before.get(id) ?? length);
      if (grown > growthAtMost) play.charges.push(`${id} grew by ${grown} events while Postgres was away`);
    }
    await absence;
  },
};

async function lengths({ stage: { client } }: Play): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for await (const { workflowId } of client.workflow.list({ query: 'ExecutionStatus = "Running"', pageSize: 1_000 })) {
    found.set(workflowId, (await client.workflow.getHandle(workflowId).describe()).historyLength);
  }
  return found;
}
