// Mails that come in, and the mailboxes they come to.
import { z } from "zod";
import { id } from "./text";

/** Which mailbox a mail is for. */
export const inboundQuery = z.strictObject({ mailbox: id });

/** `known`: the same bytes had come to this mailbox before. */
export const inboundReceipt = z.strictObject({ mail: z.uuid(), known: z.boolean() });
export type InboundReceipt = z.infer<typeof inboundReceipt>;
