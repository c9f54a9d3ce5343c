// Who changed what is configured: written in the change's own transaction, read as a list.
import type { ChangeView } from "../contract/changes";
import type { List, PageQuery } from "../contract/lists";
import { actorId } from "../domain/actor";
import type { Actor } from "../domain/actor";
import { pageOf, readCursor } from "./paging";
import type { Db } from "./parts";

export type Configured =
  | "team-mail"
  | "calendar"
  | "team-calendar"
  | "organisation"
  | "policy"
  | "rule"
  | "model"
  | "form"
  | "dispatch"
  | "raising"
  | "vip"
  | "contact"
  | "webhook"
  | "mailbox"
  | "notifications"
  | "suppression"
  | "template";

interface Change {
  readonly kind: Configured;
  readonly subject: string;
  readonly action: ChangeView["action"];
  readonly edition?: number;
  readonly facts?: Readonly<Record<string, string | number | null>>;
}

export async function noteChange(tx: Db, by: Actor, { kind, subject, action, edition, facts = {} }: Change): Promise<void> {
  await tx.change.create({ data: { kind, subject, action, edition: edition ?? null, by: actorId(by), facts } });
}

/** Oldest first. */
export async function changesOf(prisma: Db, kind: Configured, subject: string, { limit, cursor }: PageQuery): Promise<List<ChangeView>> {
  const after = readCursor(cursor)?.version ?? 0;
  const rows = await prisma.change.findMany({ where: { kind, subject, id: { gt: after } }, orderBy: { id: "asc" }, take: limit + 1 });
  const { items, next } = pageOf(rows, limit, ({ id }) => ({ version: Number(id) }));
  return { items: items.map(({ action, edition, by, at, facts }) => ({ action, edition, by, at: at.toISOString(), facts }) as ChangeView), next };
}
