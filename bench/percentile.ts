export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

/** NaN of nothing. */
export function percentiles(values: readonly number[]): Percentiles {
  return { p50: percentile(values, 50), p99: percentile(values, 99) };
}

/** The smallest value that at least `percent` of all don't exceed (nearest rank); NaN of nothing. */
export function percentile(values: readonly number[], percent: number): number {
  const ascending = [...values].sort((a, b) => a - b);
  return ascending[Math.max(0, Math.ceil((percent / 100) * ascending.length) - 1)] ?? Number.NaN;
}
