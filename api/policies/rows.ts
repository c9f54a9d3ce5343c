// A policy's rows: its editions, its place in the list, and how a further edition is written.
import type { NewPolicyEdition, PolicyView } from "../../contract/policy";
import { actorId } from "../../domain/actor";
import type { Actor } from "../../domain/actor";
import type { Policy } from "../../domain/policy";
import type { PolicyMatch } from "../../domain/policy-match";
import { noteChange } from "../changes";
import { mustBeNewest } from "../editions";
import type { Db } from "../parts";
import { notFound, Problem } from "../problem";
import { mustBeSound } from "./references";

/** All that an edition says of a ticket's clocks. */
export type PolicyPromise = Omit<Policy, "id" | "edition">;

const withEditions = { editions: { orderBy: { edition: "asc" } } } as const;

/** With all editions, oldest first; 404 when there is none. A deleted one is there still, for whoever asks for it too. */
export async function policyRow(prisma: Db, id: string, which: { readonly deleted: boolean } = { deleted: false }) {
  const row = await prisma.slaPolicy.findUnique({ where: { id }, include: withEditions });
  if (row === null || (row.retiredAt !== null && !which.deleted)) throw notFound("policy");
  return row;
}

type PolicyRow = Awaited<ReturnType<typeof policyRow>>;
type EditionRow = PolicyRow["editions"][number];

/** In their order: the first that matches a ticket wins. */
export async function listedPolicies(prisma: Db): Promise<PolicyRow[]> {
  return await prisma.slaPolicy.findMany({
    where: { retiredAt: null },
    orderBy: [{ position: "asc" }, { id: "asc" }],
    include: withEditions,
  });
}

export function promiseOf({ promise }: EditionRow): PolicyPromise {
  return promise as unknown as PolicyPromise;
}

export function presentPolicy(row: PolicyRow, edition: EditionRow = row.editions.at(-1)!): PolicyView {
  const { name, by, at } = edition;
  const said = { ...promiseOf(edition), match: edition.match } as unknown as Pick<PolicyView, "match" | keyof PolicyPromise>;
  return { id: row.id, name, edition: edition.edition, position: row.position, ...said, by, at: at.toISOString() };
}

type Told = Omit<NewPolicyEdition, "name" | "basedOn">;

/** One at a time for the whole list, so that positions stay 1, 2, 3 … 409 when the id is taken, also by a deleted one. */
export async function createPolicy(tx: Db, by: Actor, id: string, name: string, position: number | undefined, told: Told): Promise<PolicyView> {
  await lockList(tx);
  const list = await listedPolicies(tx);
  const at = Math.min(position ?? list.length + 1, list.length + 1);
  const { count } = await tx.slaPolicy.createMany({ data: [{ id, position: at }], skipDuplicates: true });
  if (count === 0) throw new Problem("exists", `There is a policy ${id}, or there was one: choose another id.`, { facts: { id } });
  await renumber(tx, [...list.slice(0, at - 1).map((row) => row.id), id, ...list.slice(at - 1).map((row) => row.id)]);
  await writeEdition(tx, by, id, 1, name, told);
  await noteChange(tx, by, { kind: "policy", subject: id, action: "created", edition: 1, facts: { position: at } });
  return presentPolicy(await policyRow(tx, id));
}

/** Tickets keep the edition that they have. 409 when `basedOn` isn't the newest any more. */
export async function addPolicyEdition(tx: Db, by: Actor, id: string, { name, basedOn, ...told }: NewPolicyEdition): Promise<PolicyView> {
  await lockList(tx);
  const newest = (await policyRow(tx, id)).editions.at(-1)!;
  mustBeNewest(basedOn, newest.edition);
  await writeEdition(tx, by, id, newest.edition + 1, name ?? newest.name, told);
  await noteChange(tx, by, { kind: "policy", subject: id, action: "changed", edition: newest.edition + 1 });
  return presentPolicy(await policyRow(tx, id));
}

/** 409 when the order doesn't name exactly the policies that there are. */
export async function reorder(tx: Db, by: Actor, order: readonly string[]): Promise<PolicyView[]> {
  await lockList(tx);
  const before = (await listedPolicies(tx)).map(({ id }) => id);
  if (order.length !== before.length || new Set(order).size !== order.length || order.some((id) => !before.includes(id))) {
    throw new Problem("outdated", "The order must name every policy once, and no other.", { facts: { policies: before.join(", ") } });
  }
  await renumber(tx, order);
  for (const [index, id] of order.entries()) {
    const from = before.indexOf(id) + 1;
    if (from !== index + 1) await noteChange(tx, by, { kind: "policy", subject: id, action: "moved", facts: { from, to: index + 1 } });
  }
  return (await listedPolicies(tx)).map((row) => presentPolicy(row));
}

/** Its editions stay: histories and reports name them. 409 while open tickets have it. */
export async function retirePolicy(tx: Db, by: Actor, id: string): Promise<void> {
  await lockList(tx);
  await policyRow(tx, id);
  const [counted] = await tx.$queryRaw<{ tickets: number }[]>`
    SELECT count(*)::int AS tickets FROM tickets
    WHERE status <> 'closed' AND state -> 'ticket' -> 'policy' ->> 'id' = ${id}`;
  const tickets = counted?.tickets ?? 0;
  if (tickets > 0) throw new Problem("in_use", `${tickets} open tickets have it.`, { facts: { tickets } });
  await tx.slaPolicy.update({ where: { id }, data: { retiredAt: new Date() } });
  await renumber(tx, (await listedPolicies(tx)).map((row) => row.id));
  await noteChange(tx, by, { kind: "policy", subject: id, action: "deleted" });
}

async function writeEdition(tx: Db, by: Actor, policyId: string, edition: number, name: string, { match, ...rest }: Told): Promise<void> {
  const conditions: PolicyMatch = match;
  const promise: PolicyPromise = rest;
  await mustBeSound(tx, conditions, promise);
  const data = { policyId, edition, name, by: actorId(by) };
  await tx.slaPolicyEdition.create({ data: { ...data, match: plain(conditions), promise: plain(promise) } });
}

async function renumber(tx: Db, order: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE sla_policies p SET position = o.position
    FROM unnest(${[...order]}::text[]) WITH ORDINALITY AS o(id, position) WHERE p.id = o.id`;
}

/** Whoever changes the list waits for whoever does. */
async function lockList(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('sla_policies'))`;
}

function plain(value: object): object {
  return JSON.parse(JSON.stringify(value)) as object;
}
