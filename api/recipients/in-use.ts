// Whether a policy names somebody: who is told, or given tickets, can't be taken away.
import { Prisma } from "../../prisma/client";
import type { Db } from "../parts";
import { Problem } from "../problem";

const tables = { contact: "contacts", webhook: "webhooks", agent: "agents" } as const;

/** 409 when the newest edition of a policy names it. Whoever writes one that does waits until the transaction ends. */
export async function mustBeUnused(tx: Db, member: keyof typeof tables, id: string): Promise<void> {
  const table = Prisma.raw(tables[member]);
  await tx.$queryRaw`SELECT id FROM ${table} WHERE id = ${id} FOR UPDATE`;
  const path = `$.**.${member} ? (@ == $id)`;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM sla_policies p
    JOIN LATERAL (SELECT promise FROM sla_policy_editions WHERE policy_id = p.id ORDER BY edition DESC LIMIT 1) e ON true
    WHERE p.retired_at IS NULL AND jsonb_path_exists(e.promise, ${path}::jsonpath, ${JSON.stringify({ id })}::jsonb)
    ORDER BY p.id`;
  if (rows.length === 0) return;
  const policies = rows.map((policy) => policy.id).join(", ");
  throw new Problem("in_use", `It is named by the policies ${policies}.`, { facts: { policies } });
}

/**
 * 409 while an escalation may give a ticket to them: by the newest edition of a policy, or by the one that an open ticket has.
 * Where they would only be told by that one, the lead of its team stands in.
 */
export async function mustBeNobodysNext(tx: Db, agent: string): Promise<void> {
  await mustBeUnused(tx, "agent", agent);
  const path = `$.targets.*.escalation[*].actions[*] ? (@.do == "reassign" && @.agent == $agent)`;
  const [counted] = await tx.$queryRaw<{ tickets: number }[]>`
    SELECT count(*)::int AS tickets FROM tickets
    WHERE status <> 'closed' AND jsonb_path_exists(state -> 'ticket' -> 'policy', ${path}::jsonpath, ${JSON.stringify({ agent })}::jsonb)`;
  const tickets = counted?.tickets ?? 0;
  if (tickets === 0) return;
  const detail = `${tickets} open tickets have a policy's earlier edition, which may give them to ${agent}: apply the newest to them first.`;
  throw new Problem("in_use", detail, { facts: { tickets } });
}
