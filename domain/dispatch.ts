// Who of a team gets a ticket: of the present ones with free capacity the one with most of it, then whoever has been longest
// without a new ticket. Knows figures; refuses to know where they are kept or how they are locked.
import type { Instant } from "./ticket";

export interface Candidate {
  readonly agent: string;
  readonly present: boolean;
  readonly capacity: number;
  /** Open tickets and reserved places. */
  readonly load: number;
  readonly lastAssignedAt: Instant | null;
}

/** Why somebody was not considered. */
export type Exclusion = "absent" | "full";

export interface Considered extends Candidate {
  readonly excluded: Exclusion | null;
  /** 1 is the chosen one; null when excluded. */
  readonly rank: number | null;
}

export interface Choice {
  readonly agent: string | null;
  /** Everybody of the team, ranked first, with the figures that decided. */
  readonly considered: readonly Considered[];
}

/** Depends on the candidates' figures alone, never on their order. */
export function choose(candidates: readonly Candidate[]): Choice {
  const free = candidates.filter((candidate) => exclusion(candidate) === null).sort(byPreference);
  const rest = candidates.filter((candidate) => exclusion(candidate) !== null).sort(byAgent);
  return {
    agent: free[0]?.agent ?? null,
    considered: [
      ...free.map((candidate, index) => ({ ...candidate, excluded: null, rank: index + 1 })),
      ...rest.map((candidate) => ({ ...candidate, excluded: exclusion(candidate), rank: null })),
    ],
  };
}

function exclusion({ present, capacity, load }: Candidate): Exclusion | null {
  if (!present) return "absent";
  return load >= capacity ? "full" : null;
}

function byPreference(a: Candidate, b: Candidate): number {
  return (
    b.capacity - b.load - (a.capacity - a.load) ||
    (a.lastAssignedAt ?? 0) - (b.lastAssignedAt ?? 0) ||
    byAgent(a, b)
  );
}

function byAgent(a: Candidate, b: Candidate): number {
  if (a.agent === b.agent) return 0;
  return a.agent < b.agent ? -1 : 1;
}
