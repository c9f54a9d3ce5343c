// What somebody must have or be to get a ticket, and every reason why they can't. Refuses to know who is better.
import { kilometres, placesFor } from "./candidate";
import type { Candidate, Need, Site } from "./candidate";
import type { TeamRules } from "./rules";

/** In the order in which they are told. */
export const reasons = ["absent", "off-duty", "on-leave", "full", "skill", "language", "location", "declined", "has-offer", "paced"] as const;
export type Reason = (typeof reasons)[number];

/** `what`: which skill at which level, which language, which region; null where the reason says it all. */
export interface Exclusion {
  readonly reason: Reason;
  readonly what: string | null;
}

/** None: they may have it. */
export function exclusions(candidate: Candidate, need: Need, rules: TeamRules): readonly Exclusion[] {
  const found: Exclusion[] = [];
  if (!candidate.present) found.push(because("absent"));
  if (!candidate.onDuty) found.push(because("off-duty"));
  if (candidate.onLeave) found.push(because("on-leave"));
  if (isFull(candidate, need)) found.push(because("full"));
  if (!need.relaxed) for (const skill of lacking(candidate, need)) found.push(because("skill", skill));
  if (rules.language === "required" && !speaks(candidate, need)) found.push(because("language", need.language));
  if (need.site !== null && !reaches(candidate, need.site)) found.push(because("location", need.site.region));
  if (candidate.declined) found.push(because("declined"));
  if (rules.offers !== null && candidate.hasOffer) found.push(because("has-offer"));
  if (candidate.paced === true) found.push(because("paced"));
  return found;
}

function because(reason: Reason, what: string | null = null): Exclusion {
  return { reason, what };
}

export function speaks({ languages }: Candidate, { language }: Need): boolean {
  return language === null || languages.includes(language);
}

function isFull(candidate: Candidate, need: Need): boolean {
  return candidate.capacity <= 0 || candidate.load + placesFor(need, candidate) > candidate.capacity;
}

/** Each with the level that is asked for, in the order of their names. */
function lacking({ skills }: Candidate, need: Need): readonly string[] {
  const found: string[] = [];
  for (const skill of Object.keys(need.skills).sort()) {
    const least = need.skills[skill] ?? 0;
    if ((skills[skill] ?? 0) < least) found.push(`${skill} ${least}`);
  }
  return found;
}

/** Within the radius, or in one of the regions. */
function reaches({ place, regions }: Candidate, { point, region }: Site): boolean {
  if (region !== null && regions.includes(region)) return true;
  return point !== null && place !== null && kilometres(place, point) <= place.radiusKm;
}
