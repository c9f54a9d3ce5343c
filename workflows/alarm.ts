// The one timer of a ticket. Knows what it is set for and whether it rang; refuses to know what is to be done then.
import { CancellationScope, isCancellation, sleep } from "@temporalio/workflow";
import type { Due } from "../domain/due";

/** A timer that runs, or has run out. */
interface Running {
  readonly scope: CancellationScope;
  /** Resolves when it has rung or is called off. */
  readonly end: Promise<void>;
}

export class Alarm {
  /** Whether it has rung and was not heard yet. */
  rang = false;
  private due: Due | null = null;
  private running: Running | null = null;

  /**
   * Sets it, unless it is set for this already: a timer is re-armed only when its instant or the announced action changes.
   * Resolves when Temporal has been asked for all of it, so that none of it comes behind what is asked for next.
   */
  async set(due: Due | null, summary: (due: Due) => string): Promise<void> {
    if (due?.at === this.due?.at && due?.cause === this.due?.cause) return;
    this.running?.scope.cancel();
    await this.running?.end;
    this.due = due;
    this.running = due === null ? null : this.start(due, summary(due));
  }

  /** It was heard: it rings no more, and is to be set anew. */
  silence(): void {
    if (this.rang) this.due = null;
    this.rang = false;
  }

  private start(due: Due, summary: string): Running {
    const scope = new CancellationScope({ cancellable: true });
    const end = scope
      .run(async () => {
        await sleep(Math.max(1, due.at - Date.now()), { summary });
        this.rang = true;
      })
      .catch((error: unknown) => {
        if (!isCancellation(error)) throw error;
      });
    return { scope, end };
  }
}
