// The network between the parts: cut, silent, late, slow. And stores that are away for long while people go on.
import type { Play, Scenario } from "../play";
import type { Weather } from "../stage/proxy";
import type { Link } from "../stage/stage";
import { anAssignedTicket } from "./other-run";

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
      play.broken(link);
      await play.progress(5, 6_000);
    }
  },
};

export const smtpAway: Scenario = {
  what: "the mail server is away, refuses for now, and loses its own answers, while tickets are solved and closed",
  play: async (play) => {
    const { stage } = play;
    await play.progress(20);
    await troubled(play, "no answer", { data: "hang" }, 4_000);
    // Its end breaks off what still hangs: nobody has to wait until a connection is given up.
    await play.away(stage.smtp, 15_000);
    await play.progress(10);
    await troubled(play, "greylisting", { to: 451 }, 6_000);
    await troubled(play, "accept, then drop", { accepted: "drop" }, 2_000, [stage.smtp.name]);
  },
};

/** What the mail server does wrong for a while. */
export async function troubled(
  play: Play,
  name: string,
  what: Parameters<Play["stage"]["trouble"]>[0],
  ms: number,
  struck: readonly string[] = [],
): Promise<void> {
  play.stage.trouble(what);
  await play.lasting(`mail server: ${name}`, ms, struck);
  play.stage.trouble({});
}

/** What an open ticket may cost in history while Postgres is away, from its first moment to its last; in events. */
const growthAtMost = 20;

const atOnce = 5;

/** For 200 open tickets and five minutes: --lives 200. */
export const postgresAway: Scenario = {
  what: "Postgres is away for 1.5 s a ticket under commands; histories hardly grow, and all is well after",
  lanes: 12,
  play: async (play) => {
    const { stage, random, lives } = play;
    for (let at = 0; at < lives; at += atOnce) {
      await Promise.all(Array.from({ length: atOnce }, () => anAssignedTicket(stage, random.between(1, 1e9))));
    }
    await play.progress(60);
    await stage.postgres.down();
    const from = Date.now();
    await play.lasting("Postgres away", lives * 1_500);
    const grown = await growth(play, from, Date.now());
    await stage.postgres.up();
    const most = Math.max(...grown.values());
    play.say(`${grown.size} open tickets grew by ${most} events at most in ${(lives * 1.5).toFixed(0)} s`);
    if (grown.size < lives) play.charges.push(`only ${grown.size} tickets were open, and there should be ${lives}`);
    for (const [id, events] of grown)
      if (events > growthAtMost) play.charges.push(`${id} grew by ${events} events while Postgres was away`);
  },
};

/** How many events each open history got between two instants, epoch ms. */
async function growth({ stage: { client } }: Play, from: number, until: number): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for await (const { workflowId } of client.workflow.list({ query: 'ExecutionStatus = "Running"', pageSize: 1_000 })) {
    const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
    const instants = (events ?? []).map(({ eventTime }) => Number(eventTime?.seconds ?? 0) * 1_000);
    found.set(workflowId, instants.filter((at) => at > from && at <= until).length);
  }
  return found;
}
