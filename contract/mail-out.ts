// Mails that go out: the list of notices, the desk's own templates, and addresses that nothing is sent to.
import { z } from "zod";
import { languages } from "../domain/words";
import { noticeStates, noticeView } from "./journal";
import { oneOrMore, pageQuery } from "./lists";
import { id } from "./text";

const at = z.iso.datetime();

/** `GET /notices`: of all tickets, oldest first. `state` may be repeated or hold several, with commas. */
export const noticeListQuery = pageQuery.extend({ state: oneOrMore(noticeStates).optional() });

export const listedNotice = noticeView.extend({ ticket: z.int() });

/** Mustache. `html` null: the plain text is all. */
export const templateContent = z.strictObject({
  subject: z.string().trim().min(1).max(500),
  text: z.string().trim().min(1).max(50_000),
  html: z.string().trim().min(1).max(200_000).nullable().default(null),
});
export type TemplateContent = z.infer<typeof templateContent>;

/** `brand`: a team's; left out: of all teams without templates of their own. */
export const templateQuery = z.strictObject({ brand: id.optional() });

/** What is tried; without content the edition in use. `ticket`: filled with what is known of it; without: with examples. */
export const templatePreview = z.strictObject({
  content: templateContent.optional(),
  ticket: z.int().positive().optional(),
});

export const templateView = z.strictObject({
  template: z.string(),
  language: z.enum(languages),
  brand: z.string().nullable(),
  edition: z.int(),
  /** Null: the built-in words. */
  content: templateContent.nullable(),
  by: z.string(),
  at,
});
export type TemplateView = z.infer<typeof templateView>;

export const suppressionView = z.strictObject({
  id: z.uuid(),
  address: z.string(),
  reason: z.enum(["bounced", "complained"]),
  /** The enhanced status code of the bounce (RFC 3463). */
  code: z.string().nullable(),
  notice: z.string().nullable(),
  ticket: z.int().nullable(),
  at,
  liftedBy: z.string().nullable(),
  liftedAt: at.nullable(),
});
export type SuppressionView = z.infer<typeof suppressionView>;

/** `GET /suppressions`: those that stand; with `lifted=true` those that were lifted. */
export const suppressionQuery = pageQuery.extend({ lifted: z.enum(["true", "false"]).default("false") });
