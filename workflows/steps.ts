// How a ticket's workflow reaches Postgres: a short try that costs one event, then a visible wait. Knows when to go on, when
// to wait and when only an operator can help; refuses to know what a step does.
import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  proxyActivities,
  proxyLocalActivities,
} from "@temporalio/workflow";
import type { LocalActivityFunctionWithOptions } from "@temporalio/workflow";
import type { TicketActivities } from "../activities";

const quick = proxyLocalActivities<TicketActivities>({
  startToCloseTimeout: "1 second",
  scheduleToCloseTimeout: "1 second",
  retry: { initialInterval: 50, backoffCoefficient: 2, maximumInterval: 500 },
});

const patient = proxyActivities<TicketActivities>({
  startToCloseTimeout: "10 seconds",
  retry: { initialInterval: 250, backoffCoefficient: 2, maximumInterval: "3 seconds" },
  summary: "Waiting for the database",
});

type Step = keyof TicketActivities;
type Input<K extends Step> = Parameters<TicketActivities[K]>[0];
type Output<K extends Step> = Awaited<ReturnType<TicketActivities[K]>>;

export class Steps {
  /** Why the ticket is parked; null while all is well. */
  stuck: string | null = null;
  private readonly tries = new ShortTries();

  constructor(
    private readonly number: number,
    private readonly onStuck: () => void,
  ) {}

  /**
   * Runs a step until it succeeds; `summary` says in the time line what it does. One that can never succeed parks the ticket
   * until an operator's `repair`. Throws only `superseded`: another run has the ticket, and this one must end.
   */
  async run<K extends Step>(step: K, input: Input<K>, summary: string): Promise<Output<K>> {
    for (;;) {
      try {
        return await this.shortlyOrPatiently(step, input, summary);
      } catch (error) {
        const cause = permanentCause(error);
        if (cause === null || cause.type === "superseded") throw error;
        await this.park(`${step}: ${cause.message}`);
      }
    }
  }

  /** Unparks: the parked step is tried again. */
  repair(): void {
    this.stuck = null;
  }

  private async park(reason: string): Promise<void> {
    this.stuck = reason;
    this.onStuck();
    await this.shortlyOrPatiently("park", { number: this.number, reason }, "Parked until an operator repairs it");
    await condition(() => this.stuck === null);
    await this.shortlyOrPatiently("park", { number: this.number, reason: null }, "Repaired: going on");
    this.onStuck();
  }

  private async shortlyOrPatiently<K extends Step>(step: K, input: Input<K>, summary: string): Promise<Output<K>> {
    try {
      const shortly = quick[step] as LocalActivityFunctionWithOptions<(input: Input<K>) => Promise<Output<K>>>;
      const tried = await this.tries.take(() => shortly.executeWithOptions({ summary }, [input]));
      if (tried !== null) return tried.value;
    } catch (error) {
      if (permanentCause(error) !== null) throw error;
    }
    return await (patient[step] as (input: Input<K>) => Promise<Output<K>>)(input);
  }
}

/**
 * Local activities, one at a time and few in one workflow task. What several at once lead to, or one that outlives its task,
 * depends on how their results are grouped into activations, and a replay groups them anew: it would then not follow the
 * history. So each has ended before the next begins, and all of a task's before the task is due.
 */
class ShortTries {
  private turn: Promise<unknown> = Promise.resolve();
  private task = 0;
  private taken = 0;

  /** Runs one when its turn comes; null when the task has had its share. */
  take<T>(act: () => Promise<T>): Promise<{ readonly value: T } | null> {
    const mine = this.turn.then(async () => (this.isAllowed() ? { value: await act() } : null));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  // Temporal's clock stands still during a task.
  private isAllowed(): boolean {
    const now = Date.now();
    this.taken = now === this.task ? this.taken + 1 : 1;
    this.task = now;
    return this.taken <= mostInOneTask;
  }
}

/** Opening a ticket takes three; at a second each they end long before a task's ten seconds. */
const mostInOneTask = 3;

function permanentCause(error: unknown): ApplicationFailure | null {
  return error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.nonRetryable
    ? error.cause
    : null;
}
