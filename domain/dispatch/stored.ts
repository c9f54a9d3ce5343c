// How a decision's candidates are stored: as lists without names, since a large team makes many of them with every ticket.
import type { Considered } from "./choose";
import type { Exclusion } from "./requirements";
import { terms } from "./rules";
import type { Terms } from "./score";

/** One candidate; the terms in the order of `terms`. Ranked ones come first, in the order of their ranks. */
export type Packed = readonly [
  agent: string,
  capacity: number,
  load: number,
  lastAssignedAt: number | null,
  score: number,
  terms: readonly number[],
  excluded: readonly (readonly [reason: Exclusion["reason"], what: string | null])[],
  /** Left out where they have not. */
  lapsed?: true,
];

export function pack(considered: readonly Considered[]): readonly Packed[] {
  return considered.map(({ agent, capacity, load, lastAssignedAt, score, terms: found, excluded, lapsed }) => [
    agent,
    capacity,
    load,
    lastAssignedAt === null ? null : Math.round(lastAssignedAt),
    score,
    terms.map((term) => found[term]),
    excluded.map(({ reason, what }) => [reason, what] as const),
    ...(lapsed ? ([true] as const) : ([] as const)),
  ]);
}

export function unpack(packed: readonly Packed[]): readonly Considered[] {
  return packed.map(([agent, capacity, load, lastAssignedAt, score, found, excluded, lapsed = false], at) => ({
    agent,
    capacity,
    load,
    lastAssignedAt,
    score,
    terms: Object.fromEntries(terms.map((term, index) => [term, found[index] ?? 0])) as Terms,
    lapsed,
    excluded: excluded.map(([reason, what]) => ({ reason, what })),
    rank: excluded.length === 0 ? at + 1 : null,
  }));
}
