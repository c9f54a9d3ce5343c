// What a new ticket's form lacks, where its team asks for it. Reads what the requester said; returns keys of fields only, for what
// it returns enters Temporal's history.
import { knownValues, rememberedValues, remembers } from "../domain/forms/known";
import type { Form } from "../domain/forms/form";
import { missingFields } from "../domain/forms/judge";
import type { TicketType } from "../domain/words";
import type { PrismaClient } from "../prisma/client";
import { saidBefore, saidOn } from "../prisma/said";

export interface Missing {
  readonly form: TicketType;
  readonly edition: number;
  readonly fields: readonly string[];
}

interface Row {
  readonly edition: number;
  readonly definition: Omit<Form, "type" | "edition">;
}

/** Null: nothing is missing, the type has no form, or the team does not ask; a VIP is never asked. */
export function createFindMissing(prisma: PrismaClient) {
  return async ({ number, team, type }: { number: number; team: string | null; type: TicketType }): Promise<Missing | null> => {
    const [row] = await prisma.$queryRaw<Row[]>`
      SELECT e.edition, e.definition
      FROM teams t
      JOIN forms f ON f.type = ${type} AND f.retired_at IS NULL
      JOIN form_editions e ON e.type = f.type
      WHERE t.id = ${team} AND f.type = ANY(t.ask_back) AND NOT EXISTS (
        SELECT FROM tickets k JOIN requesters r ON r.id = k.requester_id
        LEFT JOIN organisations o ON lower(substring(r.email FROM '[^@]*$')) = ANY(o.domains)
        WHERE k.number = ${number} AND (r.vip OR o.vip)) ORDER BY e.edition DESC LIMIT 1`;
    const said = row === undefined ? null : await saidOn(prisma, number);
    if (row === undefined || said === null) return null;
    const { edition, definition } = row;
    const form = { type, edition, ...definition };
    const given = said.statedType === type ? said.fields : null;
    const remembered = rememberedValues(form, await saidBefore(prisma, number, remembers(form)));
    const fields = missingFields(form, knownValues(form, { ...remembered, ...given }, said.texts)).map(({ key }) => key);
    return fields.length === 0 ? null : { form: type, edition, fields };
  };
}
