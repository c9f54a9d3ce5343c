// Files: those that messages have, and those that staff bring for what they are about to say.
import { z } from "zod";
import { storable } from "./text";

/** `inline`: the HTML of its mail shows it; it is downloaded all the same. */
export const attachmentView = z.strictObject({ id: z.uuid(), name: z.string(), type: z.string(), size: z.int(), inline: z.boolean() });
export type AttachmentView = z.infer<typeof attachmentView>;

/** `POST …/attachments?name=…`, with the file itself as the body. What is no safe name for a file becomes one. */
export const uploadQuery = z.strictObject({ name: storable(1_000).min(1) });

/** May be named by messages on its ticket, by whoever brought it, until `expiresAt`; each then has an attachment of its own. */
export const uploadView = z.strictObject({ id: z.uuid(), name: z.string(), type: z.string(), size: z.int(), expiresAt: z.iso.datetime() });
export type UploadView = z.infer<typeof uploadView>;

export const mostAttachments = 20;

/** Uploads that go with a text, in this order. */
export const uploads = z.array(z.uuid()).max(mostAttachments, `At most ${mostAttachments} files.`).optional();
