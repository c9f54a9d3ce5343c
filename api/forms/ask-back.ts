// Which tickets' requesters a team asks for what the form lacks, and what one of them is asked for.
import type { AskBackSetting } from "../../contract/form";
import type { Actor } from "../../domain/actor";
import type { Field } from "../../domain/forms/form";
import type { TicketType } from "../../domain/words";
import { noteChange } from "../changes";
import type { Db } from "../parts";
import { notFound } from "../problem";
import { fieldsOf } from "./filled-in";
import { formEdition } from "./rows";

export async function askBackOf(prisma: Db, id: string): Promise<AskBackSetting> {
  const team = await prisma.team.findUnique({ where: { id }, select: { askBack: true } });
  if (team === null) throw notFound("team");
  return { types: team.askBack as TicketType[] };
}

/** Tickets that open from now on go by it. */
export async function setAskBack(tx: Db, by: Actor, id: string, types: readonly TicketType[]): Promise<AskBackSetting> {
  const { count } = await tx.team.updateMany({ where: { id }, data: { askBack: [...new Set(types)] } });
  if (count === 0) throw notFound("team");
  await noteChange(tx, by, { kind: "form", subject: id, action: "changed", facts: { askBack: types.join(", ") } });
  return await askBackOf(tx, id);
}

/** The fields that a ticket still lacks. */
export async function lackingFields(prisma: Db, number: number): Promise<readonly Field[]> {
  const { form, missing } = await fieldsOf(prisma, number);
  const edition = form === null ? undefined : await formEdition(prisma, form.type, form.edition);
  return edition?.fields.filter(({ key }) => missing.includes(key)) ?? [];
}
