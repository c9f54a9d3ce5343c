// By what a ticket is measured from now on: its policy with the calendars' editions pinned, and what it must know of them at once.
import { pinned, unpromised } from "../../domain/policy";
import type { Policy } from "../../domain/policy";
import { keyOf } from "../../domain/coverage";
import type { CalendarKey, Coverage } from "../../domain/coverage";
import type { Matchable } from "../../domain/policy-match";
import type { Instant } from "../../domain/ticket";
import type { Prisma, PrismaClient } from "../../prisma/client";
import { placedTickets } from "../../prisma/placed";
import { cover } from "../calendar/cover";
import { firstPolicy, newestPolicy } from "./first-policy";

/** What the journal keeps of the choice. */
export interface Measure {
  readonly policy: Policy;
  /** The calendar of windows that wait for the requester: the organisation's, else the team's; null: around the clock. */
  readonly windowsIn: CalendarKey | null;
  readonly calendars: readonly Coverage[];
}

/** What decides of a ticket, and the calendar of its windows. */
export interface Placed extends Matchable {
  readonly windows: string | null;
}

export interface MatchInput {
  readonly number: number;
  /** Wanted; null: the first that matches. */
  readonly policy: string | null;
  readonly from: Instant;
  /** What its row doesn't say yet. */
  readonly placed?: Pick<Matchable, "category" | "type"> & { readonly team: string };
}

export interface AskingBack {
  /** Whether the team that it is with by now asks for what the form of its type lacks. Left out: it does not. */
  readonly asksBack?: true;
}

/** Looks a ticket's policy up: the newest edition of `policy`, or (null, or retired) the first that matches today. */
export function createMatchPolicy(prisma: PrismaClient) {
  return async ({ number, policy, from, placed: unrecorded }: MatchInput): Promise<Measure & AskingBack> => {
    const team = unrecorded?.team ?? null;
    const [placed] = (await placedTickets(prisma, [number], team)) as Placed[];
    if (placed === undefined) throw new RangeError("a ticket without its row");
    const { category, type } = unrecorded ?? placed;
    const measure = await measureFor(prisma, { ...placed, category, type, team: team ?? placed.team }, policy, from);
    return unrecorded === undefined && (await asksBack(prisma, placed)) ? { ...measure, asksBack: true } : measure;
  };
}

async function asksBack(prisma: PrismaClient, { team, type }: Placed): Promise<boolean> {
  return team !== null && (await prisma.team.count({ where: { id: team, askBack: { has: type } } })) > 0;
}

/** The measure of a ticket that is placed like this, counting from `from`. */
export async function measureFor(
  prisma: Prisma.TransactionClient,
  placed: Placed,
  wanted: string | null,
  from: Instant,
): Promise<Measure> {
  const named = wanted === null ? null : await newestPolicy(prisma, wanted);
  const policy = named ?? (await firstPolicy(prisma, placed)) ?? unpromised;
  const ids = new Set(Object.values(policy.targets).map(({ calendar }) => calendar));
  if (placed.windows !== null) ids.add(placed.windows);
  const calendars: Coverage[] = [];
  for (const calendar of ids) calendars.push(await cover(prisma, { calendar, edition: null, from, until: from, enoughMs: 0 }));
  const keys = new Map(calendars.map((coverage) => [coverage.calendar, keyOf(coverage)]));
  return {
    policy: pinned(policy, keys),
    windowsIn: placed.windows === null ? null : (keys.get(placed.windows) ?? null),
    calendars,
  };
}
