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

// No time limit of an attempt's own beside it: over at the same moment, it would count, and the SDK (1.24) go on to the next one.
// Nor does the SDK see a time that is over between two attempts: hence their number.
const quick = proxyLocalActivities<TicketActivities>({
  scheduleToCloseTimeout: "1 second",
  retry: { initialInterval: 50, backoffCoefficient: 2, maximumInterval: 500, maximumAttempts: 5 },
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
  /** Whether a short try is under way, or the long wait after it. */
  underWay: "nothing" | "short try" | "long wait" = "nothing";

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
      this.underWay = "short try";
      const shortly = quick[step] as LocalActivityFunctionWithOptions<(input: Input<K>) => Promise<Output<K>>>;
      return await shortly.executeWithOptions({ summary }, [input]);
    } catch (error) {
      if (permanentCause(error) !== null) throw error;
      this.underWay = "long wait";
      return await (patient[step] as (input: Input<K>) => Promise<Output<K>>)(input);
    } finally {
      this.underWay = "nothing";
    }
  }
}

function permanentCause(error: unknown): ApplicationFailure | null {
  return error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.nonRetryable
    ? error.cause
    : null;
}
