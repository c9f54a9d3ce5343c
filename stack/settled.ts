/** All results; when one rejects, rejects with that reason, but only after all have ended: nothing is left half started. */
export async function settled<T extends readonly unknown[]>(work: readonly [...T]): Promise<{ -readonly [I in keyof T]: Awaited<T[I]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
