// Who and what there is: agents, teams, categories, and whether the service is well.
import { z } from "zod";
import { roles } from "../domain/actor";

/** `load`: the places taken of `capacity`. */
export const agentView = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  teams: z.array(z.string()),
  present: z.boolean(),
  active: z.boolean(),
  capacity: z.int(),
  load: z.int(),
});
export type AgentView = z.infer<typeof agentView>;

export const presence = z.strictObject({ present: z.boolean() });

/** `triage`: it gets what no rule matches. */
export const teamView = z.strictObject({
  id: z.string(),
  name: z.string(),
  lead: z.string().nullable(),
  manager: z.string().nullable(),
  triage: z.boolean(),
  members: z.array(z.string()),
});
export type TeamView = z.infer<typeof teamView>;

export const categoryView = z.strictObject({ id: z.string(), name: z.string(), team: z.string().nullable() });
export type CategoryView = z.infer<typeof categoryView>;

/** One sentence per part. `degraded`: tickets are accepted, commands may have to wait. */
export const readiness = z.strictObject({
  status: z.enum(["ok", "degraded", "down"]),
  postgres: z.string(),
  temporal: z.string(),
  tickets: z.string(),
});
export type Readiness = z.infer<typeof readiness>;
