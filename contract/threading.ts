// Who takes part in a ticket by mail, why a mail was put where it is, and what waits for staff's word.
import { z } from "zod";
import { email, id, words } from "./text";

const at = z.iso.datetime();

/** `offered`: they have no part in it until staff let them in. `via`: how they came. */
export const participantView = z.strictObject({
  id: z.uuid(),
  email: z.string(),
  name: z.string().nullable(),
  state: z.enum(["member", "offered"]),
  via: z.enum(["staff", "accepted", "copied", "colleague", "held"]),
  since: at,
});
export type ParticipantView = z.infer<typeof participantView>;

/** `copied`: addresses that stood beside ours in mails on this ticket, and have no part in it. */
export const participantList = z.strictObject({ items: z.array(participantView), copied: z.array(z.string()), next: z.null() });
export type ParticipantList = z.infer<typeof participantList>;

/** `POST …/participants`: lets somebody in. */
export const newParticipant = z.strictObject({ email, name: words(200).optional() });

/** What sender authentication found, as RFC 8601 names results; null: nobody looked. */
const verdict = z.strictObject({
  by: z.enum(["checked", "told", "unknown"]),
  spf: z.string().nullable(),
  dkim: z.string().nullable(),
  dmarc: z.string().nullable(),
  arc: z.string().nullable(),
});

/** A mail of a ticket, or one that names it: where it was put, by what trace, and why. */
export const mailView = z.strictObject({
  id: z.uuid(),
  receivedAt: at,
  outcome: z.enum(["ticket", "follow-up", "staff", "held", "kept", "new", "repeated"]),
  because: z.string(),
  trace: z.enum(["signed-address", "signed-message-id", "reference"]).nullable(),
  ticket: z.int().nullable(),
  /** Looks related: it names this ticket, and its sender has no part in it. */
  related: z.int().nullable(),
  /** Its subject looks as if it named this ticket. */
  hint: z.int().nullable(),
  sender: z.string().nullable(),
  writtenTo: z.string().nullable(),
  copied: z.array(z.string()),
  verdict: verdict.nullable(),
  /** Of a mail that a colleague passed on: who wrote it, as it says. `PUT …/requester` makes them the requester. */
  proposedRequester: z.strictObject({ name: z.string().nullable(), email: z.string() }).nullable(),
});
export type MailView = z.infer<typeof mailView>;

/** A message that waits inside the ticket. `as`: what it becomes once it is accepted. */
export const heldMessageView = z.strictObject({
  id: z.uuid(),
  because: z.enum(["unknown-sender", "unproven-staff"]),
  as: z.enum(["requesterReply", "reply", "note"]),
  receivedAt: at,
  sender: z.string().nullable(),
  /** The colleague in whose name it came; only they can accept it. */
  agent: z.string().nullable(),
  text: z.string(),
  verdict: verdict.nullable(),
});
export type HeldMessageView = z.infer<typeof heldMessageView>;

/** `GET`/`PUT /teams/:id/mail`: whose words its mails are written in, and who may speak on its tickets by mail. */
export const teamMail = z.strictObject({
  /** People of the requester's own domain whom the requester put in Cc. */
  letsCopiedIn: z.boolean(),
  /** People of the requester's organisation. */
  letsColleaguesIn: z.boolean(),
  /** How long a public reply may be taken back before it leaves, seconds; 0: it leaves at once. */
  undoSeconds: z.int().min(0).max(600).default(0),
  /** Whose templates its mails are written by; null: those of all. */
  brand: id.nullable().default(null),
});
export type TeamMail = z.infer<typeof teamMail>;
