// Forms on the wire, in the shape of domain/forms: api/forms/rows.ts doesn't compile when the two part.
import { z } from "zod";
import { formFaults } from "../domain/forms/faults";
import type { Condition } from "../domain/forms/form";
import { patternLimit } from "../domain/forms/pattern";
import { languages, ticketTypes } from "../domain/words";
import type { Language } from "../domain/words";
import { storable, words } from "./text";

/** The longest text that a field can hold, in characters. */
export const valueLimit = 20_000;
export const mostFields = 50;

/** Of one line, and without a colon: a reply by mail says `Label: value`. */
const line = words(200).refine((text) => !/[\r\n:：]/.test(text), {
  message: "One line without a colon.",
  params: { code: "label_characters" },
});

/** In English, and in whatever other languages; a requester whose language is missing reads English. */
function inLanguages(text: z.ZodType<string>) {
  const others = languages.filter((language) => language !== "en").map((language) => [language, text.optional()] as const);
  return z.strictObject({
    en: text,
    ...(Object.fromEntries(others) as Record<Exclude<Language, "en">, z.ZodOptional<typeof text>>),
  });
}

const key = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, "A letter, then at most 39 letters, digits and underscores.")
  // A schema's validator may take what every object has for a value.
  .refine((text) => !(text in {}), { message: "Is a word that every object knows.", params: { code: "key_reserved" } });

const scalar = z.union([storable(valueLimit), z.number(), z.boolean()]);

const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ field: key, is: z.array(scalar).min(1).max(100) }),
    z.strictObject({ field: key, answered: z.literal(true) }),
    z.strictObject({ all: z.array(condition).min(1).max(20) }),
    z.strictObject({ any: z.array(condition).min(1).max(20) }),
    z.strictObject({ not: condition }),
  ]),
);
const when = z.strictObject({ when: condition });

const common = {
  key,
  label: inLanguages(line),
  help: inLanguages(words(1_000)).nullable().default(null),
  required: z.union([z.enum(["always", "never"]), when]).default("never"),
  shown: z.union([z.literal("always"), when]).default("always"),
  remembered: z.enum(["requester", "organisation"]).nullable().default(null),
};
const choices = z.array(z.strictObject({ value: words(100), label: inLanguages(line) })).min(1).max(100);
const bound = z.number().nullable().default(null);
const maxLength = (usual: number, most: number) => z.int().min(1).max(most).default(usual);

const field = z.discriminatedUnion("type", [
  z.strictObject({ ...common, type: z.literal("text"), maxLength: maxLength(200, 2_000), pattern: z.string().max(patternLimit).nullable().default(null) }),
  z.strictObject({ ...common, type: z.literal("paragraph"), maxLength: maxLength(5_000, valueLimit) }),
  z.strictObject({ ...common, type: z.literal("number"), min: bound, max: bound, whole: z.boolean().default(false) }),
  z.strictObject({ ...common, type: z.literal("yes-no") }),
  z.strictObject({ ...common, type: z.literal("choice"), choices }),
  z.strictObject({ ...common, type: z.literal("choices"), choices }),
  z.strictObject({ ...common, type: z.literal("date") }),
]);

const definition = { title: inLanguages(line), fields: z.array(field).max(mostFields, `At most ${mostFields} fields.`) };

/**
 * `POST /forms/:type/editions`: all that the form of a type is from now on. With `basedOn` it is refused when that is not
 * the newest edition any more (0: there was none).
 */
export const newFormEdition = z
  .strictObject({ ...definition, basedOn: z.int().min(0).optional() })
  .superRefine((form, context) => {
    for (const { path, code, message } of formFaults(form)) context.addIssue({ code: "custom", path: [...path], message, params: { code } });
  });
export type NewFormEdition = z.infer<typeof newFormEdition>;

/** An edition as staff read it. */
export const formEditionView = z.strictObject({
  type: z.enum(ticketTypes),
  edition: z.int(),
  ...definition,
  by: z.string(),
  at: z.iso.datetime(),
});
export type FormEditionView = z.infer<typeof formEditionView>;

/** `GET /forms`, for everybody. */
export const formSummary = z.strictObject({ type: z.enum(ticketTypes), edition: z.int(), title: z.string(), schema: z.string() });
export type FormSummary = z.infer<typeof formSummary>;

/** `PUT /teams/:id/ask-back`: the types of ticket whose requesters are asked for what the form lacks; none: nobody is. */
export const askBackSetting = z.strictObject({ types: z.array(z.enum(ticketTypes)).max(ticketTypes.length) });
export type AskBackSetting = z.infer<typeof askBackSetting>;

export const languageQuery = z.strictObject({ language: z.enum(languages).optional() });

/**
 * `GET /tickets/:number/fields`: what is known by the form that the ticket is judged by; `form` is null when its type has none.
 * `missing`: the keys of what must be filled in and isn't.
 */
export const ticketFields = z.strictObject({
  form: z.strictObject({ type: z.enum(ticketTypes), edition: z.int() }).nullable(),
  values: z.record(z.string(), z.union([scalar, z.array(z.string())])),
  missing: z.array(z.string()),
});
export type TicketFields = z.infer<typeof ticketFields>;
