// Who can be told besides requesters: contacts, webhooks, and when members of staff want to be left alone.
import { z } from "zod";
import { calendarFaults, isAroundTheClock } from "../domain/opening-hours";
import { languages } from "../domain/words";
import { timeZone, weeklyHours } from "./calendar";
import { email, id, words } from "./text";

const at = z.iso.datetime();
const language = z.enum(languages);

/** Without an `id` its name makes one. */
export const newContact = z.strictObject({
  id: id.optional(),
  name: words(200),
  email,
  language: language.default("en"),
  timeZone: timeZone.nullable().default(null),
});

export const contactChange = z.strictObject({
  name: words(200).optional(),
  email: email.optional(),
  language: language.optional(),
  timeZone: timeZone.nullable().optional(),
});

/** A mail address that policies can name. `timeZone`: of the times in its mails; null: UTC. */
export const contactView = z.strictObject({
  id,
  name: z.string(),
  email: z.string(),
  language,
  timeZone: z.string().nullable(),
  createdAt: at,
});
export type ContactView = z.infer<typeof contactView>;

const url = z
  .url({ protocol: /^https?$/, error: "Not an address that begins with https." })
  .max(2_000)
  .refine((text) => !URL.canParse(text) || (new URL(text).username === "" && new URL(text).password === ""), {
    message: "A password has no place in it.",
    params: { code: "url_password" },
  });

/** As Standard Webhooks has it: `whsec_` and 24 to 64 bytes in base64. */
const secret = z.string().refine(isSecret, {
  message: "whsec_ and 24 to 64 bytes in base64.",
  params: { code: "invalid_format" },
});

/** Without a `secret` one is made. */
export const newWebhook = z.strictObject({ id, url, secret: secret.optional() });

/** `secret`: another one; `"new"` has one made. */
export const webhookChange = z.strictObject({ url: url.optional(), secret: z.union([z.literal("new"), secret]).optional() });

/** `secret` is there once: in the answer to the command that made or set it. */
export const webhookView = z.strictObject({ id, url: z.string(), createdAt: at, secret: z.string().optional() });
export type WebhookView = z.infer<typeof webhookView>;

/** `error`: what kept it from being answered, a code; `ms`: how long it took. */
export const webhookTrial = z.strictObject({
  delivered: z.boolean(),
  status: z.int().nullable(),
  error: z.string().nullable(),
  ms: z.int(),
});
export type WebhookTrial = z.infer<typeof webhookTrial>;

/** Weekly, in the person's own zone, such as `{ "mon": [["22:00", "31:00"]] }`: until seven the next morning. */
const quietHours = weeklyHours.superRefine((hours, context) => {
  const rules = { timeZone: "UTC", hours, holidays: [] };
  const faults = calendarFaults(rules).filter(({ code }) => code !== "never_opens");
  for (const { path, code, message } of faults) {
    context.addIssue({ code: "custom", path: path.filter((part) => part !== "hours"), message, params: { code } });
  }
  if (faults.length === 0 && isAroundTheClock(rules)) {
    context.addIssue({ code: "custom", message: "Somebody who is always quiet would never be told.", params: { code: "always_quiet" } });
  }
});

/** What is left out stays; null takes it away. */
export const notificationChange = z.strictObject({
  timeZone: timeZone.nullable().optional(),
  quietHours: quietHours.nullable().optional(),
  language: language.optional(),
});

/** When and how a member of staff is told. `timeZone` null: UTC; `quietHours` null: at any hour. */
export const notificationView = z.strictObject({
  agent: id,
  language,
  timeZone: z.string().nullable(),
  quietHours: weeklyHours.nullable(),
});
export type NotificationView = z.infer<typeof notificationView>;

function isSecret(text: string): boolean {
  const key = /^whsec_([A-Za-z0-9+/]+=*)$/.exec(text)?.[1];
  if (key === undefined) return false;
  const bytes = Buffer.from(key, "base64").length;
  return bytes >= 24 && bytes <= 64;
}
