import { rm } from "node:fs/promises";

/** Ends what the global setup started, and removes what it wrote. */
export default async function tearDown(): Promise<void> {
  const parts = globalThis.sharedParts;
  if (parts === undefined) return;
  await Promise.all([parts.temporal.stop(), parts.postgres.stop()]);
  await rm(parts.dir, { recursive: true, force: true });
}
