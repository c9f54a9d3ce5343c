// Ctrl-C, or a polite word from outside: what was begun is ended in order before the process goes.

/** Does `tidy` once asked to end, then ends; answers how to take that back. */
export function whenEnded(tidy: () => Promise<void>): () => void {
  const signals = ["SIGINT", "SIGTERM"] as const;
  const end = (): void => void tidy().finally(() => process.exit(1));
  for (const signal of signals) process.once(signal, end);
  return () => {
    for (const signal of signals) process.off(signal, end);
  };
}
