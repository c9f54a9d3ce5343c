// How a run ends before its end: Ctrl-C, a polite word from outside, or nothing left to wait for. What was begun is ended in
// order, and why is said: a run that breaks off has not passed.

const tidies = new Set<() => Promise<void>>();

/** Does `tidy` before the process goes, once it is asked to; answers how to take that back. */
export function whenEnded(tidy: () => Promise<void>): () => void {
  tidies.add(tidy);
  return () => void tidies.delete(tidy);
}

/** Runs to the end, or says on standard error what kept it from that, and exits with 1. */
export async function toTheEnd(run: () => Promise<void>): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => void breakOff(signal));
  process.on("exit", sayWhatIsMissing);
  await run().finally(() => process.off("exit", sayWhatIsMissing));
}

async function breakOff(signal: string): Promise<void> {
  process.off("exit", sayWhatIsMissing);
  console.error(`\nBroken off by ${signal}: not all has been played.`);
  await Promise.allSettled([...tidies].map((tidy) => tidy()));
  process.exit(1);
}

/** Node goes when nothing can happen any more, whoever still waits. */
function sayWhatIsMissing(): void {
  console.error("\nBroken off: it waits for something that can't happen any more. Not all has been played.");
  process.exitCode = 1;
}
