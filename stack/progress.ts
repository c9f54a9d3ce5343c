// What the starter says while it works: nothing of what is quick.

export type Say = (line: string) => void;

const SLOW_MS = 1_000;

/** Does the work and answers its result; says what it is once it takes over a second, and then how long it took. */
export async function step<T>(say: Say, title: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  let isSlow = false;
  const timer = setTimeout(() => {
    isSlow = true;
    say(`  ${title} …`);
  }, SLOW_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    if (isSlow) say(`  ${title}: ${seconds(startedAt)}`);
  }
}

/** Time since `startedAt` (of `performance.now`), for people: "2.4 s". */
export function seconds(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
}
