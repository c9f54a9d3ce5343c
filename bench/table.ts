// The figures, for people.
import type { Measured } from "./measure";

export interface Round {
  readonly concurrency: number;
  readonly product: Measured;
  readonly floor: Measured;
}

export function tableOf(rounds: readonly Round[]): string {
  const rows = [
    ["", "at once", "lives", "lives/s", "intake p50", "p99", "command p50", "p99", "events/life"],
    ...rounds.flatMap(({ concurrency, product, floor }) => [
      rowOf("product", concurrency, product),
      rowOf("floor", concurrency, floor),
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("  "));
  const ratios = rounds.map(({ concurrency, product, floor }) => {
    const share = (100 * product.livesPerSecond) / floor.livesPerSecond;
    return `${concurrency} at once: the product leads ${share.toFixed(0)} % of the floor's lives per second.`;
  });
  return [...lines, "", ...ratios].join("\n");
}

function rowOf(name: string, concurrency: number, measured: Measured): string[] {
  const { lives, livesPerSecond, intakeMs, commandMs, eventsPerLife } = measured;
  const ms = (value: number): string => `${value.toFixed(0)} ms`;
  return [
    name,
    String(concurrency),
    String(lives),
    livesPerSecond.toFixed(1),
    ...[intakeMs.p50, intakeMs.p99, commandMs.p50, commandMs.p99].map(ms),
    String(eventsPerLife),
  ];
}
