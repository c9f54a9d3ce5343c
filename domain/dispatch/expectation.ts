// How long a new ticket will wait, told beforehand as an upper bound that most tickets keep. Knows earlier waits and how busy the
// team was then and is now; refuses to know who waits, and when anybody is open.
// Method: split conformal prediction with normalised scores (Lei et al. 2018): each wait is divided by how busy the team was when
// it began; the bound is a high quantile of these, times how busy it is now. While tickets are alike it holds for `share` of them.

/** Fewer earlier tickets of a kind say nothing. */
export const leastSamples = 30;
/** The newest so many count: what was long ago tells of another team. */
export const mostSamples = 100;
/** Of a hundred tickets so many get their answer within what they were told. */
export const share = 0.86;
/** Busier than ever by more than this factor: nobody knows how that goes. */
const unusual = 1.5;

/** How busy a team is: tickets that nobody has answered yet and whose turn is earlier, and people who work on them. */
export interface Crowding {
  readonly ahead: number;
  readonly people: number;
}

/** What an earlier ticket met when it came, and how long it waited then, ms of open time. */
export interface Sample extends Crowding {
  readonly waitedMs: number;
}

/** Why nothing is told. */
export const silences = ["few-samples", "unusual-load", "beyond-target", "nobody-there", "not-wanted"] as const;
export type Silence = (typeof silences)[number];

/**
 * The bound, ms of open time from the ticket's coming; or why there is none. `waitedMs`: how long it has waited already, for a
 * later look: only those count that waited as long.
 */
export function boundFor(samples: readonly Sample[], now: Crowding, waitedMs = 0): number | Silence {
  if (now.people === 0) return "nobody-there";
  const recent = samples.slice(0, mostSamples);
  if (recent.length >= leastSamples && pressure(now) > unusual * Math.max(...recent.map(pressure))) return "unusual-load";
  return quantileFor(recent, now, waitedMs) ?? "few-samples";
}

/** The same, nothing left out for being unusual: enough to say that it would be too long. Null: nobody knows. */
export function wouldWait(samples: readonly Sample[], now: Crowding): number | null {
  return now.people === 0 ? Infinity : quantileFor(samples.slice(0, mostSamples), now, 0);
}

function quantileFor(recent: readonly Sample[], now: Crowding, waitedMs: number): number | null {
  if (recent.length < leastSamples) return null;
  const all = recent.map((sample) => sample.waitedMs / pressure(sample));
  // Whoever comes while it is closed, and is answered before it opens, has not waited at all.
  const scores = waitedMs === 0 ? all : all.filter((score) => score * pressure(now) > waitedMs);
  const rank = Math.ceil((scores.length + 1) * share);
  const score = scores.sort((a, b) => a - b)[rank - 1];
  return score === undefined ? null : score * pressure(now);
}

/** A ticket's place in the line, spread over those who serve it; 1: nobody is before it. */
function pressure({ ahead, people }: Crowding): number {
  return 1 + ahead / Math.max(1, people);
}
