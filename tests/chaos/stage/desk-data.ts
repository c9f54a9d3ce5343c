// What a desk under test works with: clocks of seconds, few places, and a log of every place taken and given up.
import type { PrismaClient } from "../../../prisma/client";
import { promiseAll } from "../../support/promise";
import type { Durations } from "../../support/promise";

/** What links in mails are signed with. */
export const SECRET = "a-secret-of-the-tests-0000000000000000";

/** So short that every clock runs out within a run, ms. */
const hurried = {
  firstResponseMs: { urgent: 2_000, high: 4_000, normal: 6_000, low: 8_000 },
  resolutionMs: { urgent: 6_000, high: 8_000, normal: 10_000, low: 12_000 },
  managerAfterMs: 3_000,
  autoCloseMs: 2_000,
  acknowledgeAfterMs: 1_000,
};

/** Places per agent: so few that tickets have to wait. */
const places = 1;

/** `haste`: a factor for the durations of all clocks. */
export async function furnish(prisma: PrismaClient, haste = 1): Promise<void> {
  await promiseAll(prisma, hastened(haste));
  await prisma.agent.updateMany({ where: { capacity: { gt: 0 } }, data: { capacity: places } });
  // Nobody is on leave: who is there is for the scenarios to say.
  await prisma.leave.deleteMany();
  // Where tickets are offered is a scenario of its own.
  await prisma.team.updateMany({ data: { dispatch: {} } });
  for (const statement of placeLog) await prisma.$executeRawUnsafe(statement);
}

function hastened(factor: number): Durations {
  const { firstResponseMs, resolutionMs, managerAfterMs, autoCloseMs, acknowledgeAfterMs } = hurried;
  const each = (durations: typeof firstResponseMs): typeof firstResponseMs => ({
    urgent: durations.urgent * factor,
    high: durations.high * factor,
    normal: durations.normal * factor,
    low: durations.low * factor,
  });
  return {
    firstResponseMs: each(firstResponseMs),
    resolutionMs: each(resolutionMs),
    managerAfterMs: managerAfterMs * factor,
    autoCloseMs: autoCloseMs * factor,
    acknowledgeAfterMs: acknowledgeAfterMs * factor,
  };
}

// An entry is made in the transaction that it tells of, while the agent is locked: so the order of entries is that of
// commits.
const placeLog = [
  `CREATE TABLE IF NOT EXISTS chaos_places
     (id bigserial PRIMARY KEY, ticket int, agent text, taken boolean, by_dispatch boolean, capacity int)`,
  `CREATE OR REPLACE FUNCTION chaos_note_place() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF TG_OP = 'UPDATE' AND OLD.agent_id = NEW.agent_id THEN RETURN NULL; END IF;
     IF TG_OP <> 'INSERT' THEN
       INSERT INTO chaos_places (ticket, agent, taken, by_dispatch) VALUES (OLD.ticket, OLD.agent_id, false, false);
     END IF;
     IF TG_OP <> 'DELETE' THEN
       INSERT INTO chaos_places (ticket, agent, taken, by_dispatch, capacity)
       SELECT NEW.ticket, NEW.agent_id, true, NOT NEW.confirmed, capacity FROM agents WHERE id = NEW.agent_id;
     END IF;
     RETURN NULL;
   END $$`,
  `CREATE OR REPLACE TRIGGER chaos_places AFTER INSERT OR UPDATE OR DELETE ON reservations
     FOR EACH ROW EXECUTE FUNCTION chaos_note_place()`,
];
