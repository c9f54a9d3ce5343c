// What came of it, for people: faults by name, lives, commands, laws checked, violations.
import { asLines } from "./ledgers/totals";
import type { Outcome } from "./perform";

const shownAtMost = 12;

export function report(outcomes: readonly Outcome[]): string {
  const hits = outcomes.flatMap((outcome) => Object.entries(outcome.hits));
  const byName = new Map<string, number>();
  for (const [name, count] of hits) byName.set(name, (byName.get(name) ?? 0) + count);
  return [
    "Faults really hit:",
    ...[...byName]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, count]) => `  ${String(count).padStart(4)}  ${name}`),
    "",
    row("scenario", "lives", "commands", "faults", "missed", "laws", "violations", "seconds"),
    ...outcomes.map((outcome) => {
      const faults = Object.values(outcome.hits).reduce((sum, count) => sum + count, 0);
      const { name, lives, commands, missed, checked, seconds } = outcome;
      return row(name, lives, commands, faults, missed.length, checked, violationsOf(outcome), seconds);
    }),
    ...outcomes.flatMap(({ name, totals }) => (totals === null ? [] : ["", `${name}, what the ledgers hold:`, ...asLines(totals).map((line) => `  ${line}`)])),
    ...outcomes.flatMap(({ name, overlaid }) => (overlaid === 0 ? [] : ["", `${name}: the SDK lost its place in ${overlaid} of the runs, and says so`])),
    ...outcomes.flatMap(troubles),
    "",
    closingLine(outcomes),
  ].join("\n");
}

/** Counts scenarios, as that of the tests counts tests. */
function closingLine(outcomes: readonly Outcome[]): string {
  const failed = outcomes.filter(isFailed).length;
  return `${outcomes.length - failed} passed, ${failed} failed`;
}

/** A law was broken, or a fault that was meant to be never came. */
export function isFailed(outcome: Outcome): boolean {
  return violationsOf(outcome) > 0 || outcome.missed.length > 0;
}

export function violationsOf({ violations }: Outcome): number {
  return Object.values(violations).reduce((sum, offences) => sum + offences.length, 0);
}

/** What was wrong, in a few lines. */
export function troubles({ name, violations, missed, kept }: Outcome): string[] {
  return [
    ...Object.entries(violations).flatMap(([law, offences]) => [
      "",
      `${name} breaks ${law} (${offences.length}):`,
      ...offences.slice(0, shownAtMost).map((offence) => `  - ${offence}`),
    ]),
    ...(missed.length === 0 ? [] : ["", `${name}: never come by: ${missed.join(", ")}`]),
    ...(kept === null ? [] : ["", `${name}: everything is kept in ${kept}`]),
  ];
}

function row(name: string, ...cells: readonly (string | number)[]): string {
  return `${name.padEnd(20)}${cells.map((cell) => String(cell).padStart(11)).join("")}`;
}
