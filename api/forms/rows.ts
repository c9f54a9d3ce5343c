// A form's rows: the edition that judges now, and how a further one is written.
import type { FormEditionView, NewFormEdition } from "../../contract/form";
import { actorId } from "../../domain/actor";
import type { Actor } from "../../domain/actor";
import type { Form } from "../../domain/forms/form";
import type { TicketType } from "../../domain/words";
import { noteChange } from "../changes";
import { mustBeNewest } from "../editions";
import type { Db } from "../parts";
import { notFound } from "../problem";

/** All that an edition says. */
type Definition = Omit<Form, "type" | "edition">;

/** Oldest first; 404 when the type never had a form. */
export async function formEditionRows(prisma: Db, type: string) {
  const rows = await prisma.formEdition.findMany({ where: { type }, orderBy: { edition: "asc" } });
  if (rows.length === 0) throw notFound("form");
  return rows;
}

type EditionRow = Awaited<ReturnType<typeof formEditionRows>>[number];

/** Undefined when there is none. */
export async function formEdition(prisma: Db, type: TicketType, edition: number): Promise<Form | undefined> {
  const row = await prisma.formEdition.findUnique({ where: { type_edition: { type, edition } } });
  return row === null ? undefined : { type, edition, ...(row.definition as unknown as Definition) };
}

/** The newest edition of each type that has a form, or of one; in no order. */
export async function presentForms(prisma: Db, type?: TicketType): Promise<Form[]> {
  const rows = await prisma.$queryRaw<{ type: TicketType; edition: number; definition: Definition }[]>`
    SELECT DISTINCT ON (e.type) e.type, e.edition, e.definition
    FROM forms f JOIN form_editions e ON e.type = f.type
    WHERE f.retired_at IS NULL AND f.type = coalesce(${type ?? null}, f.type)
    ORDER BY e.type, e.edition DESC`;
  return rows.map(({ definition, ...head }) => ({ ...head, ...definition }));
}

export function presentFormEdition({ type, edition, definition, by, at }: EditionRow): FormEditionView {
  return { type, edition, ...(definition as object), by, at: at.toISOString() } as FormEditionView;
}

/**
 * The first makes the type's form, and one after the form was deleted brings it back. One at a time for each type. 409 when
 * `basedOn` isn't the newest any more.
 */
export async function addFormEdition(tx: Db, by: Actor, type: string, { basedOn, ...said }: NewFormEdition): Promise<FormEditionView> {
  const { count } = await tx.form.createMany({ data: [{ type }], skipDuplicates: true });
  await tx.$queryRaw`SELECT type FROM forms WHERE type = ${type} FOR UPDATE`;
  const { _max } = await tx.formEdition.aggregate({ where: { type }, _max: { edition: true } });
  const newest = _max.edition ?? 0;
  mustBeNewest(basedOn, newest);
  const definition: Definition = plain(said);
  const edition = newest + 1;
  const row = await tx.formEdition.create({ data: { type, edition, definition: definition as unknown as object, by: actorId(by) } });
  await tx.form.update({ where: { type }, data: { retiredAt: null } });
  await noteChange(tx, by, { kind: "form", subject: type, action: count === 0 ? "changed" : "created", edition });
  return presentFormEdition(row);
}

/** Its editions stay: tickets name them. 404 when there is none now. */
export async function retireForm(tx: Db, by: Actor, type: TicketType): Promise<void> {
  const { count } = await tx.form.updateMany({ where: { type, retiredAt: null }, data: { retiredAt: new Date() } });
  if (count === 0) throw notFound("form");
  await noteChange(tx, by, { kind: "form", subject: type, action: "deleted" });
}

/** Without the members that a language left out would have as `undefined`. */
function plain(said: Omit<NewFormEdition, "basedOn">): Definition {
  return JSON.parse(JSON.stringify(said)) as Definition;
}
