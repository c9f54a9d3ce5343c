// Whether a policy tells somebody: who is told can't be taken away.
import { Prisma } from "../../prisma/client";
import type { Db } from "../parts";
import { Problem } from "../problem";

/** 409 when the newest edition of a policy names it. Whoever writes one that does waits until the transaction ends. */
export async function mustBeUnused(tx: Db, member: "contact" | "webhook", id: string): Promise<void> {
  const table = Prisma.raw(member === "contact" ? "contacts" : "webhooks");
  await tx.$queryRaw`SELECT id FROM ${table} WHERE id = ${id} FOR UPDATE`;
  const path = `$.**.${member} ? (@ == $id)`;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM sla_policies p
    JOIN LATERAL (SELECT promise FROM sla_policy_editions WHERE policy_id = p.id ORDER BY edition DESC LIMIT 1) e ON true
    WHERE p.retired_at IS NULL AND jsonb_path_exists(e.promise, ${path}::jsonpath, ${JSON.stringify({ id })}::jsonb)
    ORDER BY p.id`;
  if (rows.length === 0) return;
  const policies = rows.map((policy) => policy.id).join(", ");
  throw new Problem("in_use", `It is told by the policies ${policies}.`, { facts: { policies } });
}
