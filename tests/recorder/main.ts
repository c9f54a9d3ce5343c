// Records the histories of paths that have none yet, by leading these lives on the real product: npm run histories
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../stack/ports";
import { startTemporal } from "../../stack/temporal";
import setUp from "../support/global-setup";
import tearDown from "../support/global-teardown";
import { aProduct } from "../support/product";
import { dispatchLives } from "./dispatch-lives";
import { isKept, keep } from "./keep";
import { lives } from "./lives";
import type { Path } from "./lives";
import { longLives, settings } from "./long-lives";
import { Stage } from "./stage";
import { troubles } from "./troubles";

async function main(): Promise<void> {
  const ordinary = missing({ ...lives, ...dispatchLives, ...troubles });
  const long = missing(longLives);
  if (ordinary.length + long.length === 0) return console.log("Every path has its histories.");
  await setUp();
  try {
    if (ordinary.length > 0) await record(ordinary);
    if (long.length > 0) await withImpatientTemporal(() => record(long));
  } finally {
    await tearDown();
  }
}

function missing(paths: Readonly<Record<string, Path>>): readonly (readonly [string, Path])[] {
  return Object.entries(paths).filter(([name]) => !isKept(name));
}

async function record(paths: readonly (readonly [string, Path])[]): Promise<void> {
  const product = await aProduct();
  try {
    for (const [name, lead] of paths) {
      const stage = new Stage(product);
      await stage.promise({});
      for (const number of await lead(stage)) {
        const sizes = await keep(product.temporal.client, name, number);
        console.log(`${name}: ${sizes.join(" + ")} events`);
      }
    }
  } finally {
    await product.stop();
  }
}

/** One that wants a new run long before a history is long. */
async function withImpatientTemporal(work: () => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), "perdura-recorder-"));
  const temporal = await startTemporal({ dir, port: await freePort(), inMemory: true, settings });
  const usual = process.env.TEST_TEMPORAL;
  process.env.TEST_TEMPORAL = temporal.address;
  try {
    await work();
  } finally {
    process.env.TEST_TEMPORAL = usual;
    await temporal.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
