// A calendar as far as a ticket needs it: by whole weeks, so that tickets share expansions, and never without end.
import { add, beyond } from "../../domain/calendar";
import { ofKey } from "../../domain/coverage";
import type { Coverage, Need } from "../../domain/coverage";
import type { Instant } from "../../domain/ticket";
import type { Prisma, PrismaClient } from "../../prisma/client";
import { expandCalendar } from "./expand-calendar";

export interface Span {
  readonly calendar: string;
  /** Null: the newest. */
  readonly edition: number | null;
  readonly from: Instant;
  readonly until: Instant;
  /** How much open time is wanted after `from`, ms. */
  readonly enoughMs: number;
}

const week = 7 * 86_400_000;
/** How far beyond what is asked it reaches: what follows (a reply, a pause) then seldom needs more. */
const ahead = 3 * week;
/** A calendar that holds too little open time until then is taken not to open any more. */
const furthest = 520 * week;

/** What a ticket needs to know next, of the edition that it is measured by. */
export function createExtendCalendar(prisma: PrismaClient) {
  return async ({ key, from, until, enoughMs }: Need): Promise<Coverage> =>
    await cover(prisma, { ...ofKey(key), from, until, enoughMs });
}

export async function cover(prisma: Prisma.TransactionClient, { calendar, edition, from, until, enoughMs }: Span): Promise<Coverage> {
  const begin = Math.floor(from / week) * week;
  const limit = Math.max(from, until) + furthest;
  for (let length = ahead; ; length *= 2) {
    const end = Math.min(Math.ceil((Math.max(from + enoughMs, until) + length) / week) * week, limit);
    const expanded = await expandCalendar(prisma, { calendar, edition, from: begin, until: end });
    const exhausted = end === limit;
    if (exhausted || add(expanded, from, enoughMs) !== beyond) return { ...expanded, exhausted };
  }
}
