// Room for one more, whatever chance has left of it: so that somebody is given a place, and is told.
import type { Stage } from "../stage/stage";

/** For whoever has waited longest, at somebody of their team, `among` these where given; nothing, when nobody waits. */
export async function makeRoom({ prisma }: Stage, among: readonly string[] | null = null): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const [host] = await tx.$queryRaw<{ id: string }[]>`
      SELECT a.id FROM waiters w JOIN team_members m ON m.team_id = w.team_id JOIN agents a ON a.id = m.agent_id
      WHERE a.active AND a.present AND NOT w.sought -> 'declined' @> to_jsonb(a.id) AND (${among === null} OR a.id = ANY (${among ?? []}))
      ORDER BY w.turn, w.ticket, a.id LIMIT 1`;
    if (host === undefined) return;
    const held = await tx.reservation.count({ where: { agentId: host.id } });
    await tx.agent.update({ where: { id: host.id }, data: { capacity: held + 1 } });
    await tx.outbox.create({ data: { kind: "presence", subject: host.id, payload: {} } });
  });
}
