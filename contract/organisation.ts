// Organisations: to whom requesters belong, by the domain of their address, and what the desk does otherwise for them.
import { z } from "zod";
import { id, words } from "./text";

/** Compared with what follows the @ as a whole: `acme.example` doesn't mean `mail.acme.example`. Kept in lower case. */
const domain = z
  .string()
  .max(253, "At most 253 characters.")
  .toLowerCase()
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/, "Not a domain: what follows the @ of its addresses, such as acme.example.");

const name = words(200);
const domains = z
  .array(domain)
  .max(200, "At most 200 domains.")
  .superRefine((all, context) => {
    for (const [index, one] of all.entries()) {
      if (all.indexOf(one) === index) continue;
      context.addIssue({ code: "custom", path: [index], message: `${one} is named twice.`, params: { code: "domain_twice" } });
    }
  });
const calendar = id.nullable();

/** `POST /organisations`. Without an `id` its name makes one. */
export const newOrganisation = z.strictObject({
  id: id.optional(),
  name,
  domains: domains.default([]),
  vip: z.boolean().default(false),
  calendar: calendar.default(null),
});

/** `PATCH /organisations/:id`: what is left out stays. */
export const organisationChange = z.strictObject({
  name: name.optional(),
  domains: domains.optional(),
  vip: z.boolean().optional(),
  calendar: calendar.optional(),
});
export type OrganisationChange = z.infer<typeof organisationChange>;

/**
 * `vip`: the tickets of its requesters are raised by the rule for such. `calendar`: in which windows that wait for them count;
 * null: in their team's.
 */
export const organisationView = z.strictObject({
  id: z.string(),
  name: z.string(),
  domains: z.array(z.string()),
  vip: z.boolean(),
  calendar: z.string().nullable(),
});
export type OrganisationView = z.infer<typeof organisationView>;
