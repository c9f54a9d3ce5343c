// The product's lives and the floor's, in turn, at each number of lanes.
import { join } from "node:path";
import { startService } from "../../stack/service";
import { one } from "../part";
import type { Figures, Settings, Stage } from "../part";
import type { Product } from "../product";
import { describeHistories } from "./histories";
import { floorLife, productLife } from "./lives";
import type { Live } from "./measure";
import { measure } from "./measure";
import { tableOf } from "./table";
import type { Measured, Round } from "./table";

/** Until caches, pools and compilers are warm, s. */
const warmUpSeconds = 4;

/** @param settings `lanes`: how many at once; `seconds`: for how long, each time */
export async function compare(stage: Stage, product: Product, settings: Settings): Promise<Figures> {
  const seconds = one(settings, "seconds");
  const floor = await startFloorWorker(stage, product);
  try {
    const pids = new Map([...product.pids, ["floorWorker", floor.pid]]);
    const run = (live: Live, lanes: number): Promise<Measured> => measured(product, pids, live, lanes, seconds);
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

async function measured(
  { temporal }: Product,
  pids: ReadonlyMap<string, number>,
  live: Live,
  lanes: number,
  seconds: number,
): Promise<Measured> {
  const over = async (workflowId: string): Promise<void> => void (await temporal.workflow.getHandle(workflowId).result());
  const { sample, ...rest } = await measure(live, over, pids, { lanes, warmUpSeconds, seconds });
  return { ...rest, history: await describeHistories(temporal, sample) };
}

async function startFloorWorker({ home }: Stage, { urls, namespace }: Product) {
  const env = { ...process.env, TEMPORAL_ADDRESS: urls.temporal, TEMPORAL_NAMESPACE: namespace };
  const service = { name: "Floor worker", main: "bench/lives/floor/worker.ts", dir: join(home, "floor"), graceMs: 5_000 };
  const { child, stop } = await startService({ ...service, env });
  return { pid: child.pid, stop };
}
