// Who might get a ticket and what it asks for: figures only. Refuses to know where they are kept or how they are locked.
import type { Instant } from "../ticket";

/** Degrees, as on a map. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

export interface Candidate {
  readonly agent: string;
  readonly present: boolean;
  /** Within working hours. */
  readonly onDuty: boolean;
  readonly onLeave: boolean;
  /** In places; what is open, reserved or on offer takes `load` of them. */
  readonly capacity: number;
  readonly load: number;
  readonly lastAssignedAt: Instant | null;
  /** By skill, 1 to 5. */
  readonly skills: Readonly<Record<string, number>>;
  readonly languages: readonly string[];
  /** Where they start from, and how far they go. */
  readonly place: (Point & { readonly radiusKm: number }) | null;
  readonly regions: readonly string[];
  /** Had this requester, or the linked ticket, before. */
  readonly knowsThem: boolean;
  /** 0 to 1, 0.5 as the team on average (`performance.ts`); null where nothing is learned. */
  readonly performance: number | null;
  /** Has said no to this ticket. */
  readonly declined: boolean;
  /** Has let an offer of this ticket lapse: others come first. */
  readonly lapsed: boolean;
  /** Has another ticket on offer. */
  readonly hasOffer: boolean;
  /** Has just come on duty and had their portion of the queue, behind which this ticket stands. Left out: not so. */
  readonly paced?: true;
}

/** What a ticket asks of whoever gets it. */
export interface Need {
  /** Places it takes; somebody whose whole capacity is less can still have it, and then nothing else. */
  readonly places: number;
  /** The least level by skill, 1 to 5. */
  readonly skills: Readonly<Record<string, number>>;
  /** Whether the skills are only wished for by now. */
  readonly relaxed: boolean;
  readonly language: string | null;
  /** Where the work is; null: anywhere. */
  readonly site: Site | null;
}

/** On a map, by the name of a region, or both. */
export interface Site {
  readonly point: Point | null;
  readonly region: string | null;
}

/** The places that the ticket would take of this one's capacity. */
export function placesFor({ places }: Need, { capacity }: Pick<Candidate, "capacity">): number {
  return Math.min(places, Math.max(1, capacity));
}

/** As the crow flies, by the haversine formula on a sphere of 6,371 km. */
export function kilometres(a: Point, b: Point): number {
  const radians = Math.PI / 180;
  const half = (degrees: number): number => Math.sin((degrees * radians) / 2) ** 2;
  const h =
    half(b.latitude - a.latitude) +
    Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * half(b.longitude - a.longitude);
  return 2 * 6_371 * Math.asin(Math.min(1, Math.sqrt(h)));
}
