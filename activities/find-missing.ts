// What a new ticket's form lacks, where its team asks for it. Reads what the requester said; returns keys of fields only, for what
// it returns enters Temporal's history.
import { knownValues } from "../domain/forms/known";
import type { Form, Values } from "../domain/forms/form";
import { missingFields } from "../domain/forms/judge";
import type { TicketType } from "../domain/words";
import type { PrismaClient } from "../prisma/client";

export interface Missing {
  readonly form: TicketType;
  readonly edition: number;
  readonly fields: readonly string[];
}

interface Row {
  readonly type: TicketType;
  readonly edition: number;
  readonly definition: Omit<Form, "type" | "edition">;
  /** What the ticket came with, where that was this type's form. */
  readonly given: Values | null;
  readonly text: string;
}

/** Null: nothing is missing, the type has no form, or the team does not ask. */
export function createFindMissing(prisma: PrismaClient) {
  return async ({ number, team, type }: { number: number; team: string | null; type: TicketType }): Promise<Missing | null> => {
    const [row] = await prisma.$queryRaw<Row[]>`
      SELECT e.type, e.edition, e.definition, m.text,
             CASE WHEN i.facts -> 'stated' ->> 'type' = e.type THEN i.fields END AS given
      FROM intakes i
      JOIN messages m ON m.ticket = i.number AND m.version = 1
      JOIN teams t ON t.id = ${team} AND ${type} = ANY(t.ask_back)
      JOIN forms f ON f.type = ${type} AND f.retired_at IS NULL
      JOIN form_editions e ON e.type = f.type
      WHERE i.number = ${number} ORDER BY e.edition DESC LIMIT 1`;
    if (row === undefined) return null;
    const { edition, definition, given, text } = row;
    const form = { type, edition, ...definition };
    const fields = missingFields(form, knownValues(form, given ?? {}, [text])).map(({ key }) => key);
    return fields.length === 0 ? null : { form: type, edition, fields };
  };
}
