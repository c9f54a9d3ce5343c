// How a run ends before its end: Ctrl-C, a polite word from outside, or nothing left to wait for. What was begun is ended in
// order, and why is said: a run that breaks off has not passed.

const tidies = new Set<() => Promise<void>>();

/** Does `tidy` before the process goes, once it is asked to; answers how to take that back. */
export function whenEnded(tidy: () => Promise<void>): () => void {
  tidies.add(tidy);
  return () => void tidies.delete(tidy);
}

/** Runs to the end, or says on standard error what kept it from that, and exits with 1. Asked to end again it tidies up as before. */
export async function toTheEnd(run: () => Promise<void>): Promise<void> {
  let over: Promise<never> | undefined;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void (over ??= breakOff(signal)));
  process.on("exit", sayWhatIsMissing);
  try {
    await run();
  } finally {
    process.off("exit", sayWhatIsMissing);
    // What fails because it is ended under our hands is no news, and must not end us before all is tidy.
    await over;
  }
}

/** What was begun last is ended first. */
async function breakOff(signal: string): Promise<never> {
  process.off("exit", sayWhatIsMissing);
  console.error(`\nBroken off by ${signal}: not all has been done.`);
  for (const tidy of [...tidies].reverse()) await tidy().catch((error: unknown) => console.error(error));
  return process.exit(1);
}

/** Node goes when nothing can happen any more, whoever still waits. */
function sayWhatIsMissing(): void {
  console.error("\nBroken off: it waits for something that can't happen any more. Not all has been done.");
  process.exitCode = 1;
}
