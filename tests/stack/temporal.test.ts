// A Temporal of our own that runs and serves nobody.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../stack/ports";
import { startTemporal } from "../../stack/temporal";
import type { Temporal } from "../../stack/temporal";

let dir: string;
let temporal: Temporal;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "perdura-temporal-"));
  temporal = await startTemporal({ dir, port: await freePort() });
});
afterAll(async () => {
  await temporal.stop();
  await rm(dir, { recursive: true });
});

test("it answers while it serves; one that stands still is told from one that is well, and is well again after", async () => {
  await temporal.answers();
  temporal.child.process.kill("SIGSTOP");
  await expect(temporal.answers(300)).rejects.toThrow();
  temporal.child.process.kill("SIGCONT");
  await temporal.answers(30_000);
});
