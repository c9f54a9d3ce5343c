// What somebody must have or be to get a ticket, and every reason why they can't. Refuses to know who is better.
import { kilometres, placesFor } from "./candidate";
import type { Candidate, Need, Site } from "./candidate";
import type { TeamRules } from "./rules";

/** In the order in which they are told. */
export const reasons = ["absent", "off-duty", "on-leave", "full", "skill", "language", "location", "declined", "has-offer"] as const;
export type Reason = (typeof reasons)[number];

/** `what`: which skill at which level, which language, which region; null where the reason says it all. */
export interface Exclusion {
  readonly reason: Reason;
  readonly what: string | null;
}

/** None: they may have it. */
export function exclusions(candidate: Candidate, need: Need, rules: TeamRules): readonly Exclusion[] {
  const found: Exclusion[] = [];
  const because = (reason: Reason, what: string | null = null): number => found.push({ reason, what });
  if (!candidate.present) because("absent");
  if (!candidate.onDuty) because("off-duty");
  if (candidate.onLeave) because("on-leave");
  if (isFull(candidate, need)) because("full");
  if (!need.relaxed) for (const skill of lacking(candidate, need)) because("skill", skill);
  if (rules.language === "required" && !speaks(candidate, need)) because("language", need.language);
  if (need.site !== null && !reaches(candidate, need.site)) because("location", need.site.region);
  if (candidate.declined) because("declined");
  if (rules.offers !== null && candidate.hasOffer) because("has-offer");
  return found;
}

export function speaks({ languages }: Candidate, { language }: Need): boolean {
  return language === null || languages.includes(language);
}

function isFull(candidate: Candidate, need: Need): boolean {
  return candidate.capacity <= 0 || candidate.load + placesFor(need, candidate) > candidate.capacity;
}

function lacking({ skills }: Candidate, need: Need): string[] {
  return Object.keys(need.skills)
    .sort()
    .filter((skill) => (skills[skill] ?? 0) < (need.skills[skill] ?? 0))
    .map((skill) => `${skill} ${need.skills[skill]}`);
}

/** Within the radius, or in one of the regions. */
function reaches({ place, regions }: Candidate, { point, region }: Site): boolean {
  if (region !== null && regions.includes(region)) return true;
  return point !== null && place !== null && kilometres(place, point) <= place.radiusKm;
}
