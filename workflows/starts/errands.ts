// How the workflows beside the tickets are started: with what, under which id, and what the Temporal UI shows of each from the
// first moment.
import { lookAgain, noticesOwed, ticketsQueue } from "../messages";
import type { NoticeRef } from "../messages";

/** A mail outside a ticket's life: a new link that was asked for, a failed notice tried again after the closure. */
export interface Errand {
  readonly number: number;
  readonly notices: readonly NoticeRef[];
}

/** Options for sending a courier, once per `id`. */
export function courierOptions(errand: Errand, id: string) {
  return {
    workflowId: `courier:${errand.number}:${id}`,
    taskQueue: ticketsQueue,
    args: [errand] as [Errand],
    workflowIdReusePolicy: "REJECT_DUPLICATE" as const,
    staticSummary: `A mail about ticket ${errand.number}, outside its life`,
  };
}

/** Whose notices these are. */
export interface Reader {
  /** `agent:<id>`, `contact:<id>` or `participant:<id>`. */
  readonly recipient: string;
  /** Those alone that wake them, on a queue of their own: they stand behind no others. Left out: all. */
  readonly urgent?: true;
}

/** Options for telling a person's own workflow, which is started when it does not run. */
export function readerOptions(reader: Reader) {
  return {
    workflowId: `notices:${reader.recipient}${reader.urgent === true ? ":urgent" : ""}`,
    taskQueue: ticketsQueue,
    args: [reader] as [Reader],
    signal: noticesOwed,
    workflowIdReusePolicy: "ALLOW_DUPLICATE" as const,
    staticSummary: `What ${reader.recipient.replace(":", " ")} is to be told${reader.urgent === true ? " at once" : ""}`,
  };
}

/** Whom or what to watch. */
export interface Watched {
  readonly kind: "agent" | "team";
  readonly id: string;
}

/** Options for having one watched: a run that watches already is told to look. */
export function watchOptions(watched: Watched) {
  return {
    workflowId: `watch:${watched.kind}:${watched.id}`,
    taskQueue: ticketsQueue,
    args: [watched] as [Watched],
    signal: lookAgain,
    signalArgs: [] as [],
    staticSummary: watched.kind === "agent" ? `When ${watched.id} is there` : `The queue of ${watched.id}`,
  };
}

/** The notice that a webhook is to hear. */
export interface WebhookErrand {
  readonly notice: string;
}

/** Options for telling it, once at a time. */
export function webhookOptions(errand: WebhookErrand) {
  return {
    workflowId: `webhook:${errand.notice}`,
    taskQueue: ticketsQueue,
    args: [errand] as [WebhookErrand],
    workflowIdReusePolicy: "ALLOW_DUPLICATE" as const,
    staticSummary: `A webhook is told, notice ${errand.notice}`,
  };
}

/** A mail that came in, by its row's id. */
export interface MailErrand {
  readonly mail: string;
}

/** Options for having it take effect, once at a time: one released from quarantine goes the same way again. */
export function mailOptions(errand: MailErrand) {
  return {
    workflowId: `mail:${errand.mail}`,
    taskQueue: ticketsQueue,
    args: [errand] as [MailErrand],
    workflowIdReusePolicy: "ALLOW_DUPLICATE" as const,
    staticSummary: "A mail that came in",
  };
}

/** What admins are to be told; `id` names it for ever. */
export interface AlertErrand {
  readonly id: string;
  readonly about: "mailbox" | "quarantine";
  readonly subject: string | null;
}

/** Options for telling them, once per `id`. */
export function alertOptions(errand: AlertErrand) {
  return {
    workflowId: `alert:${errand.id}`,
    taskQueue: ticketsQueue,
    args: [errand] as [AlertErrand],
    workflowIdReusePolicy: "REJECT_DUPLICATE" as const,
    staticSummary: errand.about === "mailbox" ? `The mailbox ${errand.subject} is silent` : "Mails wait in quarantine",
  };
}

/** Options for trying a webhook; `id` names the trial. */
export function trialOptions(webhook: string, id: string) {
  return {
    workflowId: `webhook-trial:${webhook}:${id}`,
    taskQueue: ticketsQueue,
    args: [{ webhook }] as [{ webhook: string }],
    workflowExecutionTimeout: "30 seconds" as const,
    staticSummary: `A trial of the webhook ${webhook}`,
  };
}

/** One command for many tickets: which rows to walk. */
export interface BulkRef {
  readonly id: string;
}

/** How far it has come. `answered`: how many tickets have done or refused it in the turn just over. */
export interface BulkProgress {
  readonly total: number;
  readonly done: number;
  readonly refused: number;
  readonly waiting: number;
  readonly stopped: boolean;
  readonly answered: number;
}

/** Done by whoever carries to Temporal what Postgres has committed. */
export interface BulkActivities {
  carryBulk(bulk: BulkRef): Promise<BulkProgress>;
}

/** Options for starting it, once for ever. */
export function bulkOptions(bulk: BulkRef) {
  return {
    workflowId: `bulk:${bulk.id}`,
    taskQueue: ticketsQueue,
    args: [bulk] as [BulkRef],
    workflowIdReusePolicy: "REJECT_DUPLICATE" as const,
    staticSummary: "One command for many tickets",
  };
}
