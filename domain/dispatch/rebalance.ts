// Evening out a team's load: which tickets would go from whom to whom. Knows what each ticket asks for and who may have it;
// refuses to know which tickets may be moved at all. The same figures give the same plan, in whatever order they come.
import { placesFor } from "./candidate";
import type { Candidate, Need } from "./candidate";
import { exclusions } from "./requirements";
import type { TeamRules } from "./rules";

export interface Bearer {
  readonly candidate: Candidate;
  /** Of their tickets those that may be moved. */
  readonly movable: readonly Movable[];
}

export interface Movable {
  readonly ticket: number;
  readonly need: Need;
}

export interface Shift {
  readonly ticket: number;
  readonly from: string;
  readonly to: string;
}

/**
 * One ticket after the other from whoever is fullest, for their capacity, to whoever of those that may have it is emptiest, as long
 * as that leaves the receiver less full than the giver was. Each ticket moves once at most.
 */
export function rebalance(bearers: readonly Bearer[], rules: TeamRules): readonly Shift[] {
  const shifts: Shift[] = [];
  let state = [...bearers].sort((a, b) => (a.candidate.agent < b.candidate.agent ? -1 : 1));
  for (let shift = nextShift(state, rules); shift !== null; shift = nextShift(state, rules)) {
    const { ticket, from, to, places } = shift;
    shifts.push({ ticket, from, to });
    state = state.map(({ candidate, movable }) => ({
      candidate: { ...candidate, load: candidate.load + (candidate.agent === to ? places : 0) - (candidate.agent === from ? places : 0) },
      movable: movable.filter((one) => one.ticket !== ticket),
    }));
  }
  return shifts;
}

function nextShift(bearers: readonly Bearer[], rules: TeamRules): (Shift & { readonly places: number }) | null {
  const givers = [...bearers].sort((a, b) => fullness(b.candidate) - fullness(a.candidate));
  for (const giver of givers) {
    // What came last goes first: whoever has had a ticket for longer knows it.
    for (const { ticket, need } of [...giver.movable].sort((a, b) => b.ticket - a.ticket)) {
      const takers = bearers.map(({ candidate }) => candidate).filter((one) => isBetter(one, giver.candidate, need, rules));
      const [taker] = takers.sort((a, b) => fullness(a) - fullness(b));
      if (taker !== undefined) return { ticket, from: giver.candidate.agent, to: taker.agent, places: placesFor(need, taker) };
    }
  }
  return null;
}

function isBetter(taker: Candidate, giver: Candidate, need: Need, rules: TeamRules): boolean {
  if (taker.agent === giver.agent || exclusions(taker, need, rules).length > 0) return false;
  return fullness({ ...taker, load: taker.load + placesFor(need, taker) }) < fullness(giver);
}

/** Somebody without any capacity is over it by whatever they have. */
function fullness({ load, capacity }: Pick<Candidate, "load" | "capacity">): number {
  return capacity > 0 ? load / capacity : load * 1_000;
}
