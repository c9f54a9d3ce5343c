// Who gets a ticket, and why nobody else: hard requirements filter, the team's strategy orders. The same figures give the same
// choice, in whatever order they come.
import type { Instant } from "../ticket";
import type { Candidate, Need } from "./candidate";
import { exclusions } from "./requirements";
import type { Exclusion } from "./requirements";
import type { TeamRules } from "./rules";
import { scoreOf, termsOf, weightsOf } from "./score";
import type { Terms, Weights } from "./score";

/** One candidate as a decision keeps them. */
export interface Considered extends Pick<Candidate, "agent" | "capacity" | "load" | "lastAssignedAt" | "lapsed"> {
  /** Empty: could have had it. */
  readonly excluded: readonly Exclusion[];
  /** 1 is the first; null when excluded. */
  readonly rank: number | null;
  readonly terms: Terms;
  readonly score: number;
}

export interface Choice {
  readonly agent: string | null;
  /** Everybody of the team, ranked first, with what decided. */
  readonly considered: readonly Considered[];
}

export function choose(candidates: readonly Candidate[], need: Need, rules: TeamRules, at: Instant): Choice {
  const weights = weightsOf(rules);
  const [free, rest]: [Judged[], Judged[]] = [[], []];
  for (const candidate of candidates) {
    const judged = judge(candidate, need, { rules, weights }, at);
    (judged.excluded.length === 0 ? free : rest).push(judged);
  }
  const order = orders[rules.strategy];
  free.sort((a, b) => byAnswer(a, b) || order(a, b)).forEach((one, index) => (one.rank = index + 1));
  return { agent: rules.strategy === "manual" ? null : (free[0]?.agent ?? null), considered: free.concat(rest.sort(byAgent)) };
}

/** Ranked once all are known. */
type Judged = Considered & { rank: number | null };

function judge(
  candidate: Candidate,
  need: Need,
  { rules, weights }: { readonly rules: TeamRules; readonly weights: Weights },
  at: Instant,
): Judged {
  const { agent, capacity, load, lastAssignedAt, lapsed } = candidate;
  const found = termsOf(candidate, need, rules, at);
  const excluded = exclusions(candidate, need, rules);
  return { agent, capacity, load, lastAssignedAt, lapsed, excluded, rank: null, terms: found, score: scoreOf(found, weights) };
}

type Order = (a: Considered, b: Considered) => number;

/** Whoever let it lapse is asked again only after everybody else. */
const byAnswer: Order = (a, b) => Number(a.lapsed) - Number(b.lapsed);
const bySpare: Order = (a, b) => b.capacity - b.load - (a.capacity - a.load);
const byRest: Order = (a, b) => (a.lastAssignedAt ?? 0) - (b.lastAssignedAt ?? 0);
const byScore: Order = (a, b) => b.score - a.score;
const byAgent: Order = (a, b) => {
  if (a.agent === b.agent) return 0;
  return a.agent < b.agent ? -1 : 1;
};

/** Each ends with the agent's id: no two candidates are equal. */
const orders: Readonly<Record<TeamRules["strategy"], Order>> = {
  "spare-capacity": (a, b) => bySpare(a, b) || byRest(a, b) || byAgent(a, b),
  "round-robin": (a, b) => byRest(a, b) || byAgent(a, b),
  "best-score": (a, b) => byScore(a, b) || bySpare(a, b) || byRest(a, b) || byAgent(a, b),
  manual: (a, b) => byScore(a, b) || bySpare(a, b) || byRest(a, b) || byAgent(a, b),
};
