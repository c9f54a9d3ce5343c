// The bodies of staff's commands, one schema per route, and how a command's outcome reads.
import { z } from "zod";
import { languages, priorities, ticketTypes } from "../domain/words";
import { uploads } from "./attachment";
import { email, id, instant, reasonLimit, textLimit, words } from "./text";

/** The version the sender has read: refused (409) when the requester has written since. */
const ifVersion = z.int().min(0).optional();
const reason = words(reasonLimit);
const text = words(textLimit);

/** `PUT …/assignee`: a person, or a team whose dispatch then chooses. */
export const assignment = z
  .strictObject({ agent: id.optional(), team: id.optional(), ifVersion })
  .refine(({ agent, team }) => (agent === undefined) !== (team === undefined), {
    path: ["agent"],
    message: "Either an agent or a team.",
  });
export const categorisation = z.strictObject({ category: id, type: z.enum(ticketTypes).optional(), ifVersion });
export const prioritisation = z.strictObject({ priority: z.enum(priorities), reason, ifVersion });
const hasTextForFiles = ({ text, attachments }: { text?: string | undefined; attachments?: string[] | undefined }): boolean => text !== undefined || attachments === undefined;
const filesAlone = { path: ["attachments"], message: "Files go with a text." };
export const waiting = z
  .strictObject({ until: instant.optional(), reason: reason.optional(), text: text.optional(), attachments: uploads, ifVersion })
  .refine(hasTextForFiles, filesAlone);
export const holding = z.strictObject({ reason, until: instant.optional(), ifVersion });
export const resolution = z.strictObject({ text: text.optional(), attachments: uploads, ifVersion }).refine(hasTextForFiles, filesAlone);
export const reopening = z.strictObject({ reason, ifVersion });
/** `POST …/escalation`: to a level of the resolution's chain, by default to the next. */
export const escalation = z.strictObject({ reason, level: z.int().min(1).max(10).optional(), ifVersion });
/** `PUT …/policy`: measured by this policy's newest edition, or (null) by the first that matches now. */
export const policyChoice = z.strictObject({ policy: id.nullable(), reason: reason.optional(), ifVersion });
/** `POST …/merge`. `otherRequester`: staff know that the other ticket is somebody else's, and say why it is merged all the same. */
export const merging = z
  .strictObject({ into: z.int().min(1).max(2_147_483_647), otherRequester: z.literal(true).optional(), reason: reason.optional(), ifVersion })
  .refine(({ otherRequester, reason: why }) => otherRequester === undefined || why !== undefined, {
    path: ["reason"],
    message: "Say why tickets of two requesters belong together.",
  });
/** For the verbs that may be given a reason: undoing a merge, spam and its undoing. */
export const perhapsReasoned = z.strictObject({ reason: reason.optional(), ifVersion });
/** `PUT …/requester`: known by an address, or added with it. */
export const newRequester = z.strictObject({
  requester: z.strictObject({ email, name: words(200).optional(), language: z.enum(languages).optional() }),
  reason,
  ifVersion,
});
/** `POST …/offer/decline`. */
export const decline = z.strictObject({ reason: reason.optional(), ifVersion });
/** For the verbs that need nothing said: resumption, closure, acknowledgement, accepting, taking the assignee off. */
export const bare = z.strictObject({ ifVersion });

/** `POST …/messages`. `as: "requester"`: staff write down what the requester said. */
export const newMessage = z
  .strictObject({
    text,
    visibility: z.enum(["public", "internal"]).default("public"),
    as: z.literal("requester").optional(),
    attachments: uploads,
    ifVersion,
  })
  .refine(({ as, attachments }) => as === undefined || attachments === undefined, {
    path: ["attachments"],
    message: "What the requester said is written down without files.",
  })
  .refine(({ as, visibility }) => as === undefined || visibility === "public", {
    path: ["visibility"],
    message: "What the requester said is public.",
  });
export type NewMessage = z.infer<typeof newMessage>;

/**
 * `GET /commands/:key`. `pending`: it may still take effect until `notAfter`; `none`: it had no effect and never will;
 * `done`: it is the event `version` of `ticket`.
 */
export const commandView = z.strictObject({
  key: z.string(),
  state: z.enum(["done", "pending", "none"]),
  ticket: z.int(),
  verb: z.string(),
  version: z.int().nullable(),
  notAfter: z.iso.datetime(),
});
export type CommandView = z.infer<typeof commandView>;
