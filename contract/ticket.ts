// A ticket on the wire: how it is submitted and how it reads.
import { z } from "zod";
import { requesterVerbs, staffVerbs } from "../domain/lifecycle";
import { channels, degrees, languages, priorities, statuses, ticketTypes } from "../domain/words";
import { site } from "./dispatch";
import { mostFields, valueLimit } from "./form";
import { email, id, storable, subjectLimit, textLimit, words } from "./text";

/** Shown for a ticket that has no category yet. */
export const uncategorised = "uncategorised";

const fieldValue = z.union([storable(valueLimit), z.number(), z.boolean(), z.array(storable(100)).max(100)]);

/**
 * `POST /tickets`. `fields`: what the form of the type asks for, which judges them. `onBehalf` (staff only): opened for
 * somebody by phone or in person.
 */
export const newTicket = z.strictObject({
  subject: words(subjectLimit),
  text: words(textLimit),
  requester: z.strictObject({ email, name: words(200).optional(), language: storable(35).optional() }),
  type: z.enum(ticketTypes).optional(),
  impact: z.enum(degrees).optional(),
  urgency: z.enum(degrees).optional(),
  /** Where the work is to be done, if it is on site. */
  site: site.optional(),
  channel: z.enum(["web", "phone", "api", "chat"]).optional(),
  fields: z
    .record(words(100), fieldValue)
    .refine((fields) => Object.keys(fields).length <= mostFields, `At most ${mostFields} fields.`)
    .optional(),
  onBehalf: z.strictObject({ notify: z.boolean().optional(), assignee: id.optional() }).optional(),
});
export type NewTicket = z.infer<typeof newTicket>;

/** What somebody without a key is told of the ticket they submitted. */
export const receipt = z.strictObject({
  number: z.int(),
  subject: z.string(),
  status: z.enum(statuses),
  createdAt: z.iso.datetime(),
});
export type Receipt = z.infer<typeof receipt>;

/** A ticket for one actor: `abilities` are the verbs that they may now use. Instants are ISO strings. */
export const ticketView = z.strictObject({
  number: z.int(),
  subject: z.string(),
  status: z.enum(statuses),
  type: z.enum(ticketTypes),
  category: z.string(),
  priority: z.enum(priorities),
  team: z.string().nullable(),
  assignee: z.string().nullable(),
  requester: z.strictObject({
    id: z.uuid(),
    name: z.string().nullable(),
    email: z.string(),
    language: z.enum(languages),
  }),
  channel: z.enum(channels),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** When the first running target falls due; null while no clock runs. */
  deadline: z.iso.datetime().nullable(),
  breached: z.boolean(),
  /** The highest level reached; 0: none. */
  escalation: z.int(),
  followUpOf: z.int().nullable(),
  followedUpBy: z.int().nullable(),
  /** The ticket that stands for it since it was merged, and those that were merged into it. */
  mergedInto: z.int().nullable(),
  merged: z.array(z.int()),
  spam: z.boolean(),
  /** An earlier ticket of its requester was spam. */
  looksLikeSpam: z.boolean(),
  /** Its requester has said thanks to the solution, and nothing else. */
  thanked: z.boolean(),
  /** When a wait ends by itself. */
  resumeAt: z.iso.datetime().nullable(),
  abilities: z.array(z.enum([...staffVerbs, ...requesterVerbs])),
  /** What a person should know about what they have just done. */
  warnings: z.array(z.enum(["over_capacity"])).optional(),
});
export type TicketView = z.infer<typeof ticketView>;
