// Tells a program what happened, and writes down whether it heard. Knows the row, the attempts and when to give up; refuses to
// let an address or a secret out into a failure, a log or Temporal.
import { randomUUID } from "node:crypto";
import { ApplicationFailure } from "@temporalio/activity";
import { givenUpAfterMs, waitAfter } from "../../domain/webhook-waits";
import type { PrismaClient } from "../../prisma/client";
import { attempting, databaseUnavailable } from "../mail/attempt";
import type { Attempt } from "../mail/attempt";
import { claim, note, standing } from "../mail/ledger";
import type { Owed, Result, Settled } from "../mail/ledger";
import { payloadOf } from "./payload";
import { post } from "./post";
import type { Posted } from "./post";
import { sign } from "./sign";

export interface WebhookDeps {
  readonly prisma: PrismaClient;
  readonly publicUrl: string;
  /** Whether webhooks may lead into private networks. */
  readonly mayBePrivate: boolean;
  /** Reads a sealed secret; `about` is the webhook's id. */
  readonly open: (sealed: string, about: string) => string;
}

export interface Trial extends Posted {
  readonly delivered: boolean;
  readonly ms: number;
}

/** How many calls of one webhook a worker makes at once: a slow one leaves room for the others. */
const atOnce = 4;

export function createWebhookActivities(deps: WebhookDeps) {
  const busy = new Map<string, number>();
  return {
    /**
     * Settles the notice: tells its webhook, unless that has been done. Throws a retryable `WebhookUnavailable`, whose delay
     * grows to hours, while the webhook does not take it; `WebhookBusy` while it has others in hand.
     */
    async callWebhook({ notice }: { notice: string }): Promise<Settled> {
      return await attempting((attempt) => settle(deps, busy, notice, attempt));
    },

    /** One call without a ticket, to see whether the webhook takes it. */
    async tryWebhook({ webhook }: { webhook: string }): Promise<Trial> {
      const row = await deps.prisma.webhook.findUnique({ where: { id: webhook, retiredAt: null } }).catch(databaseUnavailable);
      if (row === null) throw ApplicationFailure.nonRetryable("There is no such webhook.", "NoWebhook");
      const body = JSON.stringify({ type: "webhook.test", timestamp: new Date().toISOString(), data: { webhook } });
      const startedAt = performance.now();
      const posted = await tell(deps, row, `test.${randomUUID()}`, body);
      return { ...posted, delivered: isTaken(posted), ms: Math.round(performance.now() - startedAt) };
    },
  };
}

async function settle(deps: WebhookDeps, busy: Map<string, number>, id: string, attempt: Attempt): Promise<Settled> {
  const { prisma } = deps;
  const row = await prisma.notice.findUniqueOrThrow({ where: { id } }).catch(databaseUnavailable);
  const webhook = row.recipient.slice("webhook:".length);
  const inHand = busy.get(webhook) ?? 0;
  if (inHand >= atOnce) throw retryable("It has others in hand.", "WebhookBusy", 1_000);
  busy.set(webhook, inHand + 1);
  try {
    const claimed = await claim(prisma, row.ticket, id, { holder: attempt.activity }).catch(databaseUnavailable);
    const noted = claimed && (await tried(deps, row, { webhook, token: claimed.token }, attempt).catch(databaseUnavailable));
    const end = noted ?? (await standing(prisma, id).catch(databaseUnavailable));
    if (end.state === "owed") throw retryable("The webhook does not take it yet.", "WebhookUnavailable", waitAfter(row.attempts + 1));
    return end;
  } finally {
    busy.set(webhook, (busy.get(webhook) ?? 1) - 1);
  }
}

/** Null: another attempt has claimed it since. */
async function tried(deps: WebhookDeps, row: NoticeRow, { webhook, token }: { readonly webhook: string; readonly token: string }, attempt: Attempt): Promise<Settled | Owed | null> {
  const result = await call(deps, row, webhook, attempt);
  return await attempt.noted(result, () => note(deps.prisma, token, result));
}

type NoticeRow = { readonly id: string; readonly ticket: number; readonly version: number; readonly createdAt: Date };

async function call(deps: WebhookDeps, row: NoticeRow, id: string, attempt: Attempt): Promise<Result> {
  const { prisma, publicUrl } = deps;
  const webhook = await prisma.webhook.findUnique({ where: { id, retiredAt: null } });
  if (webhook === null) return { state: "failed", error: "no webhook" };
  const posted = await tell(deps, webhook, row.id, await payloadOf(prisma, row, publicUrl), attempt.signal());
  if (isTaken(posted)) return { state: "sent", sentAt: Date.now() };
  // 410: the receiver wants no more of it, as Standard Webhooks has it.
  const isOver = posted.status === 410 || Date.now() - row.createdAt.getTime() > givenUpAfterMs;
  const error = posted.error ?? `HTTP ${posted.status}`;
  return isOver ? { state: "failed", error } : { state: "queued", error, about: "server" };
}

async function tell(
  { open, mayBePrivate }: WebhookDeps,
  { id, url, secret }: { readonly id: string; readonly url: string; readonly secret: string },
  message: string,
  body: string,
  ending?: AbortSignal,
): Promise<Posted> {
  let key: string;
  try {
    key = open(secret, id);
  } catch {
    return { status: null, error: "secret" };
  }
  const headers = { ...sign(message, body, key, Date.now()) };
  return await post(new URL(url), body, headers, { mayBePrivate }, ending);
}

function isTaken({ status }: Posted): boolean {
  return status !== null && status >= 200 && status <= 299;
}

function retryable(message: string, type: string, nextRetryDelay: number): ApplicationFailure {
  return ApplicationFailure.create({ message, type, nonRetryable: false, nextRetryDelay });
}
