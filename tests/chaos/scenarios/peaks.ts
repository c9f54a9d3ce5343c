// A peak that doesn't end: every team's queue overflows into the next one's, and every wait that is told is too short. Tickets are
// answered just when their requesters would be told of a longer one; the worker and the API die where it hurts.
import { setTimeout as sleep } from "node:timers/promises";
import type { Play, Scenario } from "../play";
import type { Stage } from "../stage/stage";
import { once } from "./once";
import { anAssignedTicket, until } from "./other-run";

/** Each to the one after it, the last to the first: but for one person nobody is in two neighbours. */
const ring = ["support", "billing", "accounts", "operations", "technical", "field"] as const;
/** So long a ticket waits before it goes on, ms. */
const afterMs = 500;
const lookEveryMs = 300;
/** So many of the scenario's own are left unanswered at most: more of them, and nobody could tell of any wait. */
const mostUnanswered = 8;

const points = [
  "overflowed.uncommitted",
  "overflowed.committed",
  "relay.signal.before.overflowed",
  "relay.signal.after.overflowed",
  "record.before.overflow",
  "record.uncommitted.overflow",
  "record.after.overflow",
  "waitGrew.uncommitted",
  "waitGrew.committed",
  "relay.signal.before.waitGrew",
  "relay.signal.after.waitGrew",
  "record.before.expectedLater",
  "record.after.expectedLater",
  "api.update.before.reply",
  "api.update.after.reply",
];

export const peaks: Scenario = {
  what: "queues overflow into other teams, told waits are too short: kills while tickets go on and while requesters are told again",
  lanes: 3,
  play: async (play) => {
    const { stage, random } = play;
    await crowdTogether(stage);
    const own = new Set<number>();
    const over = new AbortController();
    const answering = answer(play, own, over.signal);
    for (const point of random.shuffled(points)) {
      await play.at([point], { kind: "kill" }, { provoke: async () => await provoke(play, own) });
      await play.progress(3, 4_000);
    }
    over.abort();
    await answering;
    await oneGoesOn(stage, random.between(1, 1e9));
  },
};

/** Rules that overflow, and earlier answers that came so soon that hardly any to come keeps to them. */
async function crowdTogether({ prisma }: Stage): Promise<void> {
  for (const [at, id] of ring.entries()) {
    await prisma.team.update({ where: { id }, data: { dispatch: { overflow: { to: ring[(at + 1) % ring.length] as string, afterMs } } } });
  }
  await prisma.$executeRaw`
    INSERT INTO expectations (ticket, team_id, category, priority, turn, ahead, people, over, answered_at, waited_ms)
    SELECT 1000000 + row_number() OVER (), t.id, c.id, p.priority, to_timestamp(0), 0, 1, true, clock_timestamp(), n * 60
    FROM teams t, categories c, unnest(ARRAY['low', 'normal', 'high', 'urgent']) AS p (priority), generate_series(1, 40) AS n`;
}

/** One ticket more, and room for the one that has waited longest: where it waits, or where it is to go on to. */
async function provoke({ stage, random }: Play, own: Set<number>): Promise<void> {
  await makeRoomBeyond(stage);
  if (own.size < mostUnanswered) own.add(await anAssignedTicket(stage, random.between(1, 1e9)));
}

/** For whoever has waited longest and has not gone on yet, at somebody of the next team alone. */
async function makeRoomBeyond({ prisma }: Stage): Promise<void> {
  await prisma.$executeRaw`
    WITH host AS (
      SELECT a.id FROM waiters w JOIN teams g ON g.id = w.team_id JOIN team_members m ON m.team_id = g.dispatch -> 'overflow' ->> 'to'
      JOIN agents a ON a.id = m.agent_id AND a.active AND a.present
      WHERE w.overflow_at IS NULL AND NOT EXISTS (SELECT FROM team_members o WHERE o.team_id = w.team_id AND o.agent_id = a.id)
        AND NOT EXISTS (SELECT FROM events e WHERE e.ticket = w.ticket AND e.kind = 'transferred' AND e.facts ? 'overflow')
      ORDER BY w.turn, w.ticket, a.id LIMIT 1),
    more AS (
      UPDATE agents a SET capacity = 1 + (SELECT coalesce(sum(places), 0) FROM reservations r WHERE r.agent_id = a.id) FROM host WHERE a.id = host.id RETURNING a.id)
    INSERT INTO outbox (kind, subject, payload) SELECT 'presence', id, '{}' FROM more`;
}

/**
 * Of two teams that nobody else is sent to the one has no place, and the other gets one once a ticket has waited there for too long:
 * at the end it must have gone on, whatever chance has left in the other queues.
 */
async function oneGoesOn(stage: Stage, salt: number): Promise<void> {
  const { prisma } = stage;
  const led = { leadId: "ingrid", managerId: "sofia" };
  await prisma.team.create({ data: { id: "spare", name: "Spare", ...led } });
  await prisma.team.create({ data: { id: "full", name: "Full", ...led, dispatch: { overflow: { to: "spare", afterMs } } } });
  await prisma.agent.create({ data: { id: "sten", name: "Sten", email: "sten@staff.example", role: "agent", capacity: 0, present: true } });
  await prisma.teamMember.create({ data: { teamId: "spare", agentId: "sten" } });
  await prisma.rule.create({ data: { id: "to-full", position: -1, words: ["brimful"], categoryId: "how-to", teamId: "full" } });
  const ticket = await anAssignedTicket(stage, salt, "brimful");
  await until(async () => (await prisma.waiter.count({ where: { ticket, teamId: "full", queuedAt: { lt: new Date(Date.now() - afterMs) } } })) === 1);
  await prisma.agent.update({ where: { id: "sten" }, data: { capacity: 1 } });
  await prisma.outbox.create({ data: { kind: "presence", subject: "sten", payload: {} } });
}

/** Those whose told time is near or over, or who were told none, are answered or solved as chance has it, or left to be told again. */
async function answer(play: Play, own: Set<number>, over: AbortSignal): Promise<void> {
  const { stage, random } = play;
  for (; !over.aborted; await sleep(lookEveryMs)) {
    const soon = new Date(Date.now() + 500);
    const due = await stage.prisma.expectation.findMany({ where: { ticket: { in: [...own] }, OR: [{ until: null }, { until: { lt: soon } }] } });
    for (const { ticket } of due) {
      if (over.aborted || !random.oneIn(8)) continue;
      own.delete(ticket);
      await once(play, ticket, random.pick(["reply", "resolve"] as const)).catch(() => null);
    }
  }
}
