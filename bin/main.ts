// What every main has in common: a clear word when it can't start, and an orderly end when it is asked to stop.

/** What we foresee can keep a main from starting: its message says what to do, a stack would hide it. */
const foreseen = ["ConfigError", "CannotStart", "ForeignTemporal", "UnusableFile"];

/** Runs a main, then exits; with 1 and one clear line, no stack, when it throws something we foresee. */
export async function main(run: () => Promise<void>): Promise<void> {
  try {
    await run();
    process.exit();
  } catch (error) {
    console.error(error instanceof Error && foreseen.includes(error.name) ? error.message : error);
    process.exit(1);
  }
}

/** So that nobody has to kill us: many give 10 s. What is left then is done again, as after a kill. */
const endWithinMs = 9_000;

/** Resolves on SIGTERM, SIGINT, or when the process that started this one is gone; from then on the time runs, and asking again changes nothing. */
export async function whenAsked(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.on("SIGTERM", resolve);
    process.on("SIGINT", resolve);
    process.once("disconnect", resolve);
  });
  setTimeout(() => process.exit(), endWithinMs).unref();
}
