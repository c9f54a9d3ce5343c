// How much each ledger holds, for people to compare: what was brought and taken, stored, become, and sent.
import { acceptedOf } from "../clients/letters";
import type { Evidence } from "./evidence";

export type Totals = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Null where no mails came in. */
export function totalsOf({ calls, rows, mails, runs, folder }: Evidence): Totals | null {
  const accepted = acceptedOf(calls.letters);
  if (accepted.length === 0) return null;
  return {
    "tries to bring a mail": counted(calls.letters, ({ reception }) => reception),
    "mails taken": counted(accepted, ({ route }) => route),
    "mails stored": counted(rows.rawMails, ({ source }) => source),
    "have become": counted(rows.rawMails, ({ state, outcome }) => outcome ?? state),
    "placed, and why": counted(rows.placements, ({ outcome, because }) => `${outcome} (${because})`),
    "on the IMAP server": counted(folder, ({ seen }) => (seen ? "seen" : "not seen")),
    tickets: counted(rows.tickets, ({ status }) => status),
    "runs of tickets": counted(runs, ({ status }) => status.toLowerCase()),
    notices: counted(rows.notices, ({ state }) => state),
    "different mails left": counted(new Set(mails.map(({ id }) => id)), (id) => (copiesOf(mails, id) === 1 ? "once" : `${copiesOf(mails, id)} times`)),
  };
}

/** In lines, each ledger with its sum. */
export function asLines(totals: Totals): string[] {
  return Object.entries(totals).map(([ledger, counts]) => {
    const sum = Object.values(counts).reduce((all, count) => all + count, 0);
    const parts = Object.entries(counts).map(([what, count]) => `${what} ${count}`);
    return `${ledger.padEnd(22)} ${String(sum).padStart(6)}  ${parts.join(", ")}`;
  });
}

function copiesOf(mails: Evidence["mails"], id: string): number {
  return mails.filter((mail) => mail.id === id).length;
}

function counted<T>(things: Iterable<T>, kindOf: (thing: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const thing of things) counts[kindOf(thing)] = (counts[kindOf(thing)] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
