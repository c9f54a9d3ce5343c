// What happened on a ticket, as it reads: messages, events, notices, and the workflow's own view.
import { z } from "zod";
import { statuses } from "../domain/words";
import { attachmentView } from "./attachment";

const at = z.iso.datetime();

/** `author.name` is null when nobody gave one. */
export const messageView = z.strictObject({
  id: z.uuid(),
  ticket: z.int(),
  version: z.int(),
  at,
  author: z.strictObject({ kind: z.enum(["staff", "requester", "participant"]), id: z.string(), name: z.string().nullable() }),
  visibility: z.enum(["public", "internal"]),
  text: z.string(),
  attachments: z.array(attachmentView),
  /** A reply that may still be taken back leaves then, and the requester sees nothing of it before; null: said. */
  leavesAt: at.nullable(),
});
export type MessageView = z.infer<typeof messageView>;

/** One line of the journal. `reason` is the text behind a reason given; `facts` hold ids, codes and instants only. */
export const eventView = z.strictObject({
  version: z.int(),
  at,
  actor: z.strictObject({ kind: z.string(), id: z.string(), role: z.string().optional() }),
  kind: z.string(),
  cause: z.string(),
  facts: z.record(z.string(), z.unknown()),
  reason: z.string().nullable(),
});
export type EventView = z.infer<typeof eventView>;

/**
 * `held`: it waits on purpose. `unknown`: the connection broke when the server had it all; with `nextAttemptAt` it is sent once
 * more, without it staff were told. `bounced`: it came back. `withdrawn`: it is not to be sent (any more).
 */
export const noticeStates = ["queued", "held", "sending", "sent", "unknown", "failed", "bounced", "withdrawn"] as const;
const noticeState = z.enum(noticeStates);

/**
 * A mail, or a call of a webhook, owed for one event. `held`: it waits on purpose until `heldUntil`, for `heldBecause`.
 * `mail` names the mail that it left in: several that left as one have the same. A webhook's name is its address's host.
 */
export const noticeView = z.strictObject({
  id: z.string(),
  version: z.int(),
  template: z.string(),
  recipient: z.strictObject({
    kind: z.enum(["requester", "participant", "agent", "contact", "webhook"]),
    id: z.string(),
    name: z.string().nullable(),
    email: z.string().nullable(),
  }),
  wake: z.boolean(),
  state: noticeState,
  heldUntil: at.nullable(),
  heldBecause: z.enum(["quiet-hours", "digest"]).nullable(),
  mail: z.string().nullable(),
  attempts: z.int(),
  lastError: z.string().nullable(),
  /** When it is tried again at the earliest; null: as soon as it can, or not any more. */
  nextAttemptAt: at.nullable(),
  /** What the receiving server has said to each attempt, oldest first: codes alone. */
  answers: z.array(z.strictObject({ attempt: z.int(), at: z.string(), state: z.string(), code: z.string().nullable() })),
  createdAt: at,
  sentAt: at.nullable(),
});
export type NoticeView = z.infer<typeof noticeView>;

/** `GET …/live`. `stale`: the workflow did not answer within 2 s, and the recorded row speaks for it. */
export const liveView = z.strictObject({
  stale: z.boolean(),
  status: z.enum(statuses),
  version: z.int(),
  recordedVersion: z.int(),
  epoch: z.int(),
  /** What happens next by itself. */
  next: z.strictObject({ at, what: z.string() }).nullable(),
  deadline: z.strictObject({ at, metric: z.string() }).nullable(),
  pendingNotices: z.array(z.string()),
  /** Why the ticket waits for an operator; null while all is well. */
  stuck: z.string().nullable(),
});
export type LiveView = z.infer<typeof liveView>;
