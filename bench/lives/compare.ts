// The product's lives and the floor's, in turn, at each number of lanes.
import { join } from "node:path";
import { startService } from "../../stack/service";
import { one } from "../part";
import type { Figures, Settings, Stage } from "../part";
import type { Product } from "../product";
import { describeHistories } from "./histories";
import { floorLife, productLife } from "./lives";
import type { Live, Timed } from "./measure";
import { measure } from "./measure";
import { tableOf } from "./table";
import type { Measured, Round } from "./table";

/** Lives before anything counts: compilers, caches and pools are warm then, on a machine that is slow, too. */
const warmUpLives = 64;
const warmUpLanes = 8;
/** Before each round, until its number of lanes is the usual thing, s. */
const settleSeconds = 2;

/** @param settings `lanes`: how many at once; `seconds`: for how long, each time */
export async function compare(stage: Stage, product: Product, settings: Settings): Promise<Figures> {
  const seconds = one(settings, "seconds");
  const floor = await startFloorWorker(stage, product);
  try {
    const pids = new Map([...product.pids, ["floorWorker", floor.pid]]);
    const run = (live: Live, lanes: number): Promise<Measured> => measured(product, pids, live, lanes, seconds);
    stage.say(`${warmUpLives} lives of each to warm up …`);
    for (const live of [productLife(product.urls), floorLife(product.temporal)]) await warmUp(product, live);
    const rounds: Round[] = [];
    for (const lanes of settings["lanes"] ?? []) {
      stage.say(`${lanes} at once: ${seconds} s of the product, ${seconds} s of the floor …`);
      const ofProduct = await run(productLife(product.urls), lanes);
      rounds.push({ lanes, product: ofProduct, floor: await run(floorLife(product.temporal), lanes) });
    }
    return { figures: { rounds }, text: tableOf(rounds) };
  } finally {
    await floor.stop();
  }
}

async function warmUp({ temporal }: Product, live: Live): Promise<void> {
  const untimed: Timed = (_, call) => call();
  const lane = async (index: number): Promise<void> => {
    for (let turn = 0; turn < warmUpLives / warmUpLanes; turn += 1) {
      await temporal.workflow.getHandle(await live(`warm-${index}-${turn}`, untimed)).result();
    }
  };
  await Promise.all(Array.from({ length: warmUpLanes }, (_, index) => lane(index)));
}

async function measured(
  { temporal }: Product,
  pids: ReadonlyMap<string, number>,
  live: Live,
  lanes: number,
  seconds: number,
): Promise<Measured> {
  const over = async (workflowId: string): Promise<void> => void (await temporal.workflow.getHandle(workflowId).result());
  const { sample, ...rest } = await measure(live, over, pids, { lanes, settleSeconds, seconds });
  return { ...rest, history: await describeHistories(temporal, sample) };
}

async function startFloorWorker({ home }: Stage, { urls, namespace }: Product) {
  const env = { ...process.env, TEMPORAL_ADDRESS: urls.temporal, TEMPORAL_NAMESPACE: namespace };
  const service = { name: "Floor worker", main: "bench/lives/floor/worker.ts", dir: join(home, "floor"), graceMs: 5_000 };
  const { child, stop } = await startService({ ...service, env });
  return { pid: child.pid, stop };
}
