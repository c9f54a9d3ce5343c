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

/** What may be wrong, the worst first. */
export const troubleCodes = [
  "postgres_away",
  "postgres_read_only",
  "migrations_pending",
  "temporal_away",
  "temporal_stalled",
  "namespace_missing",
  "no_ticket_worker",
  "no_mail_worker",
  "foreign_workflows",
  "tickets_stuck",
  "starts_behind",
  "relay_behind",
  "mails_behind",
  "mailbox_stale",
] as const;
export type TroubleCode = (typeof troubleCodes)[number];

/** `code` is stable; `detail` says in a sentence or two what is wrong and what to do. */
export const trouble = z.strictObject({ code: z.enum(troubleCodes), detail: z.string() });
export type Trouble = z.infer<typeof trouble>;

/** `degraded`: tickets are accepted, the rest may have to wait. `down`: nothing is accepted. */
export const readiness = z.strictObject({ status: z.enum(["ok", "degraded", "down"]), troubles: z.array(trouble) });
export type Readiness = z.infer<typeof readiness>;
