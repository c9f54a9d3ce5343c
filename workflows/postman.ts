// A ticket's notices on their way out. Knows which are waiting, and for whom one is under way; refuses to know their words.
// Each recipient gets theirs in order: a later one waits while an earlier one is unsettled. Nobody waits for somebody else.
import { CancellationScope, proxyActivities } from "@temporalio/workflow";
import type { MailActivities, SendOutcome } from "../activities";
import { mailQueue, urgentMailQueue } from "./messages";
import type { NoticeRef } from "./messages";
import { noticeSummary } from "./story";

const options = {
  startToCloseTimeout: "15 minutes",
  heartbeatTimeout: "15 seconds",
  // A mail server's pauses the activity tells itself. They count as attempts all the same: what dies with its worker after many
  // of them would stand behind the longest pause of all.
  retry: { initialInterval: "1 second", backoffCoefficient: 2, maximumInterval: "30 seconds" },
  cancellationType: "WAIT_CANCELLATION_COMPLETED",
} as const;

export const mail = proxyActivities<MailActivities>({ ...options, taskQueue: mailQueue });
export const urgentMail = proxyActivities<MailActivities>({ ...options, taskQueue: urgentMailQueue });

export class Postman {
  private waiting: readonly NoticeRef[] = [];
  private underWay: readonly NoticeRef[] = [];
  /** Handed in while under way: what comes of that sending may be older than the wish to have them sent once more. */
  private readonly handedAgain = new Set<string>();
  /**
   * Have left, as this run has heard. A record that is found calls some of them owed all the same, where no event needed to say
   * that they left; and whether it is found before their end is heard or after, a replay does not know: see `nextTurn`.
   */
  private readonly sent = new Set<string>();
  private readonly sendings = new Set<Promise<void>>();
  private readonly scope = new CancellationScope({ cancellable: true });
  private stopped = false;

  constructor(
    private readonly number: number,
    /** Whether what is to be sent now stands behind no others. */
    private readonly isUrgent: () => boolean,
    /** Hands the end of a sending on, to be heard (by `settle`) when its turn comes. */
    private readonly onSent: (batch: readonly NoticeRef[], outcomes: readonly SendOutcome[]) => void,
  ) {}

  get unsettled(): readonly NoticeRef[] {
    return [...this.underWay, ...this.waiting];
  }

  get isIdle(): boolean {
    return this.unsettled.length === 0;
  }

  /** Takes notices, to be sent with the next `send`. One that waits already is not taken twice, nor one that has left. */
  hand(handed: readonly NoticeRef[]): void {
    const notices = handed.filter(({ id }) => !this.sent.has(id));
    const waiting = idsOf(this.waiting);
    const underWay = idsOf(this.underWay);
    for (const { id } of notices) if (underWay.has(id)) this.handedAgain.add(id);
    this.waiting = [...this.waiting, ...notices.filter(({ id }) => !waiting.has(id) && !underWay.has(id))];
  }

  /** Staff want it sent once more, though it has left: it came back. */
  wishAgain(notice: string): void {
    this.sent.delete(notice);
  }

  /** What came of a sending; what could not go before may go with the next `send`. */
  settle(batch: readonly NoticeRef[], outcomes: readonly SendOutcome[]): void {
    const tried = idsOf(batch);
    const over = new Set(outcomes.filter((outcome) => !this.isOwedAgain(outcome)).map(({ notice }) => notice));
    this.underWay = this.underWay.filter(({ id }) => !tried.has(id));
    for (const { notice, state } of outcomes) if (state === "sent") this.sent.add(notice);
    for (const id of tried) this.handedAgain.delete(id);
    // What met with trouble beside others that did not goes on by itself, ahead of whatever is later.
    this.waiting = [...batch.filter(({ id }) => !over.has(id)), ...this.waiting];
  }

  /** Sends what can go. */
  send(): void {
    if (this.stopped) return;
    const busy = new Set(this.underWay.map(({ recipient }) => recipient));
    const batch = this.waiting.filter(({ recipient }) => !busy.has(recipient));
    if (batch.length === 0) return;
    this.waiting = this.waiting.filter(({ recipient }) => busy.has(recipient));
    this.underWay = [...this.underWay, ...batch];
    const sending: Promise<void> = this.scope
      .run(() => this.carry(batch))
      .catch((error: unknown) => {
        // Asked to stop it is tried no more: whatever it ends with, its notices are for the next run.
        if (!this.stopped) throw error;
      })
      .finally(() => this.sendings.delete(sending));
    this.sendings.add(sending);
  }

  /** Sends no more: cancels what is under way. What is unsettled when all of it has let go is for the next run. */
  stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    this.scope.cancel();
  }

  get hasStopped(): boolean {
    return this.stopped && this.sendings.size === 0;
  }

  private isOwedAgain({ notice, state }: SendOutcome): boolean {
    return state !== "sent" && this.handedAgain.has(notice);
  }

  private async carry(batch: readonly NoticeRef[]): Promise<void> {
    const input = { number: this.number, notices: batch };
    const summary = noticeSummary(batch);
    const outcomes = this.isUrgent()
      ? await urgentMail.send.executeWithOptions({ summary }, [{ ...input, urgent: true }])
      : await mail.send.executeWithOptions({ summary }, [input]);
    this.onSent(batch, outcomes);
  }
}

function idsOf(notices: readonly NoticeRef[]): ReadonlySet<string> {
  return new Set(notices.map(({ id }) => id));
}
