// Dispatch on a real Postgres with the API beside it and no Temporal: tickets are accepted, people chosen and looked at as the
// worker and the relay do it.
import { createTicketActivities } from "../../activities";
import type { TicketActivities } from "../../activities";
import type { Chosen } from "../../activities/dispatch/choose";
import type { DecisionView } from "../../contract/dispatch";
import type { Priority } from "../../domain/words";
import { anApi, aSubmission } from "../api/an-api";
import type { Answer, TestApi, Who } from "../api/an-api";

type Wish = Partial<{ category: string; priority: Priority; type: "question" | "incident"; declined: string[]; relaxed: boolean; since: number }>;

export interface Floor {
  readonly api: TestApi;
  readonly activities: TicketActivities;
  /** A team of its own: its people by capacity, all present. */
  team(id: string, people: Readonly<Record<string, number>>, rules?: object): Promise<void>;
  /** Accepts a ticket and seeks somebody of the team for it. */
  seek(team: string, wish?: Wish, submission?: Readonly<Record<string, unknown>>): Promise<Chosen & { number: number }>;
  /** By an admin; throws unless it is done. */
  put(path: string, body: object, as?: Who): Promise<Answer>;
  come(agent: string, present: boolean): Promise<void>;
  /** Does what the outbox says of people and teams, as the relay does; tickets stay untold. */
  relay(): Promise<void>;
  /** Who has a place for the ticket. */
  holder(number: number): Promise<string | null>;
  decision(number: number, as?: Who): Promise<DecisionView>;
  close(): Promise<void>;
}

/** Call it in `beforeAll`, and `close` in `afterAll`. */
export async function aFloor(): Promise<Floor> {
  const api = await anApi();
  const { prisma } = api.database;
  const activities = createTicketActivities(prisma);
  const floor: Floor = {
    api,
    activities,
    team: async (id, people, rules = {}) => {
      await prisma.team.create({ data: { id, name: id, leadId: "ingrid", dispatch: rules } });
      for (const [agentId, capacity] of Object.entries(people)) {
        const data = { id: agentId, name: agentId, email: `${agentId}@staff.test`, role: "agent", capacity, present: true };
        await prisma.agent.upsert({ where: { id: agentId }, create: data, update: {} });
        await prisma.teamMember.create({ data: { teamId: id, agentId } });
      }
    },
    seek: async (team, { since = Date.now(), ...wish } = {}, submission = {}) => {
      const { number } = (await api.call("POST", "/tickets", { body: aSubmission(submission) })).body as { number: number };
      const usual = { category: null, priority: "normal", type: "question", declined: [], lapsed: [], relaxed: false } as const;
      const chosen = await activities.chooseAssignee({ number, epoch: 1, decision: `${number}-1-1`, team, ...usual, ...wish, since });
      return { ...chosen, number };
    },
    put: async (path, body, as = "admin") => {
      const answer = await api.call("PUT", path, { as, body });
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);
      return answer;
    },
    come: async (agent, present) => {
      await floor.put(`/agents/${agent}/presence`, { present });
      await floor.relay();
    },
    relay: async () => {
      const rows = await prisma.outbox.findMany({ where: { kind: { in: ["presence", "team"] } }, orderBy: { id: "asc" } });
      for (const { id, kind, subject } of rows) {
        await activities.review({ kind: kind === "team" ? "team" : "agent", id: subject });
        await prisma.outbox.delete({ where: { id } });
      }
    },
    holder: async (ticket) => (await prisma.reservation.findUnique({ where: { ticket } }))?.agentId ?? null,
    decision: async (number, as = "lead") => {
      const { body } = await api.call("GET", `/tickets/${number}/candidates`, { as });
      return (body.items as DecisionView[])[0] as DecisionView;
    },
    close: () => api.close(),
  };
  return floor;
}

/** Why each who was considered is left out; empty for whoever is not. */
export function reasonsOf({ considered }: DecisionView): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(considered.map(({ agent, excluded }) => [agent, excluded.map(({ reason }) => reason)]));
}
