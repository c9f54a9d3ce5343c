// A form that comes with a ticket: judged by the edition of the moment, and kept with it.
import type { TicketFields } from "../../contract/form";
import type { NewTicket } from "../../contract/ticket";
import { judge } from "../../domain/forms/judge";
import type { Intake } from "../../domain/ticket";
import type { Submission } from "../intake";
import type { Db } from "../parts";
import { invalid, notFound, Problem } from "../problem";
import { presentForms } from "./rows";

/** Null: it came without a form. 422 names every field at fault, also when the type has no form that could be filled in. */
export async function filledIn(prisma: Db, { type, fields }: Pick<NewTicket, "type" | "fields">): Promise<Submission["form"]> {
  if (fields === undefined) return null;
  if (type === undefined) throw invalid("type", "Fields belong to the form of a type: say which.", "type_needed");
  const [form] = await presentForms(prisma, type);
  if (form === undefined) throw invalid("fields", `There is no form for a ${type}.`, "no_form");
  const faults = judge(form, fields);
  if (faults.length === 0) return { edition: form.edition, values: fields };
  const errors = faults.map(({ key, code, message }) => ({ field: `fields.${key}`, code, message }));
  const named = errors.map(({ field }) => field).join(", ");
  throw new Problem("invalid", `Not as the form of a ${type} has it: ${named}.`, { errors, facts: { form: type, edition: form.edition } });
}

/** What a ticket's forms were filled in with; 404 when there is no such ticket. */
export async function fieldsOf(prisma: Db, number: number): Promise<TicketFields> {
  const intake = await prisma.intake.findUnique({ where: { number }, select: { facts: true, fields: true, formEdition: true } });
  if (intake === null) throw notFound("ticket");
  const { type } = (intake.facts as unknown as Intake).stated;
  const form = type === null || intake.formEdition === null ? null : { type, edition: intake.formEdition };
  return { form, values: (intake.fields ?? {}) as TicketFields["values"] };
}
