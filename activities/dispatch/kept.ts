// What a worker keeps of a team's people from one decision to the next, so that a decision reads only whose figures have changed:
// triggers note each change in `agent_moves`, with its transaction, and whatever the last reading didn't see is read again. So it
// is as fresh as if all were read, whoever made the change and whenever it was committed. Refuses to know who is chosen.
import type { Instant } from "../../domain/ticket";
import { judged, readFigures } from "./figures";
import type { Figures, Read, Sought } from "./figures";
import { peopleOf } from "./members";
import type { Person } from "./members";
import type { Transaction } from "./places";

export interface KeptFigures {
  /** As `figuresOf` of everybody in the team reads them; whoever holds a place for this ticket already holds it as any other. */
  figuresOf(tx: Transaction, sought: Sought): Promise<Figures>;
  /** That nothing is kept of this team and category any more. */
  forget(sought: Pick<Sought, "team" | "category">): void;
}

interface Kept extends Pick<Read, "snapshot" | "own"> {
  /** When all were read. */
  readonly since: Instant;
  /** What was read of each: which skills, and whether their results. */
  readonly asks: string;
  readonly people: ReadonlyMap<string, Person>;
}

/** Read as a whole again after this long; moves are kept for longer. */
const longestMs = 5 * 60_000;
/** So many people are kept, some 20 MB; those of the team and category that were asked for longest ago go first. */
const mostPeople = 50_000;

export function createKeptFigures(): KeptFigures {
  const all = new Map<string, Kept>();
  const keep = (key: string, kept: Kept): void => {
    all.delete(key);
    all.set(key, kept);
    let count = 0;
    for (const { people } of all.values()) count += people.size;
    for (const [oldest, { people }] of all) {
      if (count <= mostPeople) break;
      all.delete(oldest);
      count -= people.size;
    }
  };
  return {
    figuresOf: async (tx, sought) => {
      const key = keyOf(sought);
      const before = all.get(key);
      const { read, kept } = (before && (await renewed(tx, sought, before))) ?? (await whole(tx, sought));
      keep(key, kept);
      return await judged(tx, sought, read, [...kept.people.values()]);
    },
    forget: (sought) => void all.delete(keyOf(sought)),
  };
}

function keyOf({ team, category }: Pick<Sought, "team" | "category">): string {
  return JSON.stringify([team, category]);
}

interface Reading {
  readonly read: Read;
  readonly kept: Kept;
}

async function whole(tx: Transaction, sought: Sought): Promise<Reading> {
  const read = await readFigures(tx, sought, { forAny: true });
  const people = new Map(peopleOf(read).map((person) => [person.agent, person]));
  return { read, kept: { snapshot: read.snapshot, own: read.own, since: read.at, asks: asksOf(read), people } };
}

/** Undefined: what is kept is too old, or says too little. */
async function renewed(tx: Transaction, sought: Sought, before: Kept): Promise<Reading | undefined> {
  const read = await readFigures(tx, sought, { since: before, forAny: true });
  if (asksOf(read) !== before.asks || read.at - before.since > longestMs || hasGoneBack(before.snapshot, read.snapshot)) return undefined;
  const people = new Map(before.people);
  for (const agent of read.moved ?? []) people.delete(agent);
  for (const person of peopleOf(read)) people.set(person.agent, person);
  const { snapshot, own } = read;
  return { read, kept: { ...before, snapshot, own, people } };
}

function asksOf({ wanted, set }: Read): string {
  return JSON.stringify([wanted, set.learns ?? false]);
}

/** Snapshots as `xmin:xmax:…`. A Postgres that was restored counts its transactions from an earlier one on. */
export function hasGoneBack(before: string, now: string): boolean {
  const [then, next] = [before, now].map((snapshot) => BigInt(snapshot.split(":")[1] ?? ""));
  return then !== undefined && next !== undefined && next < then;
}
