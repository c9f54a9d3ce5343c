// The figures, for people.
import { columns } from "../columns";
import type { Histories } from "./histories";
import type { Rate } from "./measure";

export interface Measured extends Rate {
  readonly history: Histories;
}

export interface Round {
  /** How many lives at once. */
  readonly lanes: number;
  readonly product: Measured;
  readonly floor: Measured;
}

export function tableOf(rounds: readonly Round[]): string {
  const [last] = rounds.slice(-1);
  return [
    columns(rates(rounds)),
    rounds.map(shareOf).join("\n"),
    `CPU per life, ms\n${columns(cpu(rounds))}`,
    `Histories\n${columns(histories(rounds))}`,
    ...(last === undefined ? [] : [`Events per life\n${columns(events(last))}`]),
  ].join("\n\n");
}

type Of = readonly [name: string, lanes: number, measured: Measured];

function each(rounds: readonly Round[]): readonly Of[] {
  return rounds.flatMap(({ lanes, product, floor }): Of[] => [["product", lanes, product], ["floor", lanes, floor]]);
}

function rates(rounds: readonly Round[]): string[][] {
  const head = ["", "at once", "lives", "lives/s", "intake p50", "p99", "command p50", "p99"];
  const rows = each(rounds).map(([name, lanes, { lives, livesPerSecond, intakeMs, commandMs }]) => [
    name,
    String(lanes),
    String(lives),
    livesPerSecond.toFixed(1),
    ...[intakeMs.p50, intakeMs.p99, commandMs.p50, commandMs.p99].map((ms) => `${ms.toFixed(0)} ms`),
  ]);
  return [head, ...rows];
}

function shareOf({ lanes, product, floor }: Round): string {
  const share = (100 * product.livesPerSecond) / floor.livesPerSecond;
  const slower = product.commandMs.p99 / floor.commandMs.p99;
  const commands = `its commands' p99 is ${slower.toFixed(1)} times the floor's`;
  return `${lanes} at once: the product leads ${share.toFixed(0)} % of the floor's lives per second; ${commands}.`;
}

function cpu(rounds: readonly Round[]): string[][] {
  const names = [...new Set(each(rounds).flatMap(([, , { cpuMsPerLife }]) => Object.keys(cpuMsPerLife)))];
  const rows = each(rounds).map(([name, lanes, { cpuMsPerLife }]) => {
    const all = names.map((process) => cpuMsPerLife[process] ?? 0);
    return [name, String(lanes), ...all.map((ms) => ms.toFixed(0)), all.reduce((sum, ms) => sum + ms, 0).toFixed(0)];
  });
  return [["", "at once", ...names, "all"], ...rows];
}

function histories(rounds: readonly Round[]): string[][] {
  const rows = each(rounds).map(([name, lanes, { history: { events: count, bytes } }]) => [
    name,
    String(lanes),
    ...[count.median, count.max, bytes.median, bytes.max].map(String),
  ]);
  return [["", "at once", "events", "most", "bytes", "most"], ...rows];
}

function events({ product, floor }: Round): string[][] {
  const types = [...new Set([product, floor].flatMap(({ history }) => Object.keys(history.byType)))];
  const cell = ({ history }: Measured, type: string): string => (history.byType[type] ?? 0).toFixed(1);
  return [["", "product", "floor"], ...types.map((type) => [type.toLowerCase(), cell(product, type), cell(floor, type)])];
}
