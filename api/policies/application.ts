// "Apply this policy to open tickets": which ones, what would breach at once, and the bulk command that carries it to them.
import { Router } from "express";
import { policyApplication } from "../../contract/policy";
import type { ApplicationPreview } from "../../contract/policy";
import { actorId } from "../../domain/actor";
import { keyOf } from "../../domain/coverage";
import type { Coverage } from "../../domain/coverage";
import type { ArgsOf } from "../../domain/decide";
import { dayMs } from "../../domain/opening-hours";
import { editionKey, pinned } from "../../domain/policy";
import type { Policy } from "../../domain/policy";
import { firstMatching } from "../../domain/policy-match";
import type { Matchable, PolicyMatch } from "../../domain/policy-match";
import { uncountedSince } from "../../domain/deadline";
import { breachesUnder } from "../../domain/sla";
import type { Instant, Ticket } from "../../domain/ticket";
import { orderBulk } from "../../prisma/bulk";
import type { BulkOrder } from "../../prisma/bulk";
import { Prisma } from "../../prisma/client";
import { placedTickets } from "../../prisma/placed";
import { only } from "../answer";
import { staffWho } from "../auth";
import type { Staff } from "../auth";
import { presentBulk } from "../bulk";
import { coverageOf, editionRows } from "../calendars/rows";
import { noteChange } from "../changes";
import type { Db, Parts } from "../parts";
import { stateOf } from "../present-ticket";
import { bodyOf, nameOf } from "../request";
import { listedPolicies, policyRow, promiseOf } from "./rows";

const page = 500;
const mostBreaches = 100;

export function applicationRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/policies/:id/application")
    .post(async (request, response) => {
      const by = staffWho(response, "applyPolicies");
      const id = nameOf(request, "id", "policy");
      const { preview, reason = null, perSecond } = bodyOf(request, policyApplication);
      const { edition } = (await policyRow(prisma, id)).editions.at(-1)!;
      if (preview) return void response.json(await previewOf(prisma, { id, edition, perSecond }));
      const numbers: number[] = [];
      for await (const tickets of affectedBy(prisma, { id, edition })) numbers.push(...tickets.map(({ number }) => number));
      const bulk = await prisma.$transaction((tx) => order(tx, by, { id, edition }, { numbers, reason, perSecond }));
      response.status(202).location(`${request.baseUrl}/bulk-commands/${bulk}`).json(await presentBulk(prisma, bulk));
    })
    .all(only("POST"));
  return router;
}

interface Wanted {
  readonly id: string;
  readonly edition: number;
}

type Order = Pick<BulkOrder, "reason" | "perSecond"> & { readonly numbers: readonly number[] };

/** One application of a policy orders at a time; what another has ordered since the tickets were looked up is left to it. */
async function order(tx: Db, by: Staff, { id, edition }: Wanted, { numbers, reason, perSecond }: Order): Promise<string> {
  await tx.$queryRaw`SELECT FROM sla_policies WHERE id = ${id} FOR NO KEY UPDATE`;
  const args: ArgsOf<"applyPolicy"> = { policy: id, reason: null };
  const items = (await stillWithout(tx, { id, edition }, numbers)).map((ticket) => ({ ticket, verb: "applyPolicy", args }));
  await noteChange(tx, by, { kind: "policy", subject: id, action: "applied", edition, facts: { tickets: items.length } });
  return await orderBulk(tx, { about: { kind: "policy", policy: id, edition }, by: actorId(by), actor: by, reason, perSecond, items });
}

async function stillWithout(tx: Db, { id, edition }: Wanted, numbers: readonly number[]): Promise<readonly number[]> {
  const rows = await tx.$queryRaw<{ number: number }[]>`
    SELECT t.number FROM tickets t
    WHERE t.number = ANY (${numbers}) AND NOT (${isAboutToGet(id)})
      AND (t.state #>> '{ticket,policy,id}', (t.state #>> '{ticket,policy,edition}')::int) IS DISTINCT FROM (${id}, ${edition})
    ORDER BY t.number`;
  return rows.map(({ number }) => number);
}

/**
 * Page by page those that this policy is the first to match today and that don't have its newest edition, nor are about to
 * get it.
 */
async function* affectedBy(prisma: Db, { id, edition }: Wanted): AsyncGenerator<readonly Ticket[]> {
  const list = (await listedPolicies(prisma)).map((row) => ({ id: row.id, match: row.editions.at(-1)!.match as PolicyMatch }));
  for (let rows = await openAfter(prisma, id, 0); rows.length > 0; rows = await openAfter(prisma, id, rows.at(-1)!.number)) {
    const placed = new Map((await placedTickets(prisma, rows.map(({ number }) => number))).map((row) => [row.number, row as Matchable]));
    yield rows
      .filter(({ number }) => firstMatching(list, placed.get(number)!)?.id === id)
      .map(stateOf)
      .filter(({ policy }) => policy?.id !== id || policy.edition !== edition);
  }
}

async function openAfter(prisma: Db, policy: string, number: number) {
  return await prisma.$queryRaw<(Parameters<typeof stateOf>[0] & { readonly number: number })[]>`
    SELECT t.number, t.state FROM tickets t
    WHERE t.number > ${number} AND t.status <> 'closed' AND t.started AND NOT (${isAboutToGet(policy)})
    ORDER BY t.number LIMIT ${page}`;
}

/** Whether an application that goes on has the policy for ticket `t`. */
function isAboutToGet(policy: string): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT FROM bulk_items i JOIN bulk_commands b ON b.id = i.bulk_id
    WHERE i.ticket = t.number AND i.state = 'waiting' AND b.stopped_at IS NULL
      AND b.about ->> 'kind' = 'policy' AND b.about ->> 'policy' = ${policy})`;
}

async function previewOf(prisma: Db, { perSecond, ...wanted }: Wanted & { readonly perSecond: number }): Promise<ApplicationPreview> {
  const at = Date.now();
  const from = new Map<string | null, number>();
  const breaches: ApplicationPreview["breaches"] = [];
  let count = 0;
  for await (const tickets of affectedBy(prisma, wanted)) {
    count += tickets.length;
    const since = tickets.reduce((first, ticket) => Math.min(first, uncountedSince(ticket) ?? first), at);
    const { policy, coverages } = await measuredBy(prisma, wanted.id, [since, at]);
    for (const ticket of tickets) {
      const key = ticket.policy === null ? null : editionKey(ticket.policy);
      from.set(key, (from.get(key) ?? 0) + 1);
      const metrics = breachesUnder(ticket, policy, coverages, at);
      if (metrics.length > 0) breaches.push({ number: ticket.number, metrics: [...metrics] });
    }
  }
  return {
    policy: wanted.id,
    edition: wanted.edition,
    tickets: count,
    from: [...from].map(([key, tickets]) => ({ policy: key, tickets })),
    breaching: breaches.length,
    breaches: breaches.slice(0, mostBreaches),
    seconds: Math.ceil(count / perSecond),
  };
}

/** The newest edition with its calendars' newest, known over a span. */
async function measuredBy(prisma: Db, id: string, [since, until]: readonly [Instant, Instant]) {
  const row = (await policyRow(prisma, id)).editions.at(-1)!;
  const policy: Policy = { ...promiseOf(row), id, edition: row.edition };
  const coverages: Record<string, Coverage> = {};
  const keys = new Map<string, string>();
  for (const calendar of new Set(Object.values(policy.targets).map((target) => target.calendar))) {
    const rows = await editionRows(prisma, calendar);
    const coverage = coverageOf(rows, since - dayMs, until + dayMs);
    keys.set(calendar, keyOf(coverage));
    coverages[keyOf(coverage)] = coverage;
  }
  return { policy: pinned(policy, keys), coverages };
}
