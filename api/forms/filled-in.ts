// A form that comes with a ticket: judged by the edition of the moment, and kept with it.
import type { TicketFields } from "../../contract/form";
import type { NewTicket } from "../../contract/ticket";
import { knownValues, rememberedValues, remembers } from "../../domain/forms/known";
import { judge, missingFields } from "../../domain/forms/judge";
import type { TicketType } from "../../domain/words";
import { saidBefore, saidOn } from "../../prisma/said";
import type { Submission } from "../intake";
import type { Db } from "../parts";
import { invalid, notFound, Problem } from "../problem";
import { formEdition, presentForms } from "./rows";

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

/**
 * What is known of a ticket by its form: the edition that judged it when it came, or today's for a ticket that came without a
 * form or has got another type since. 404 when there is no such ticket.
 */
export async function fieldsOf(prisma: Db, number: number): Promise<TicketFields> {
  const said = await saidOn(prisma, number);
  if (said === null) throw notFound("ticket");
  const { statedType, edition } = said;
  const type = said.type as TicketType;
  const judged = edition !== null && statedType === type;
  const form = judged ? await formEdition(prisma, type, edition) : (await presentForms(prisma, type))[0];
  if (form === undefined) return { form: null, values: {}, missing: [] };
  const remembered = rememberedValues(form, await saidBefore(prisma, number, remembers(form)));
  const values = knownValues(form, { ...remembered, ...(judged ? said.fields : null) }, said.texts);
  const missing = missingFields(form, values).map(({ key }) => key);
  return { form: { type, edition: form.edition }, values: values as TicketFields["values"], missing };
}
