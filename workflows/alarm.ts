// The one timer of a ticket. Knows what it is set for and whether it rang; refuses to know what is to be done then.
import { CancellationScope, isCancellation, sleep } from "@temporalio/workflow";
import type { Due } from "../domain/due";

export class Alarm {
  /** Whether it has rung and was not heard yet. */
  rang = false;
  private due: Due | null = null;
  private scope: CancellationScope | null = null;

  /** Sets it, unless it is set for this already: a timer is re-armed only when its instant or the announced action changes. */
  set(due: Due | null, summary: (due: Due) => string): void {
    if (due?.at === this.due?.at && due?.cause === this.due?.cause) return;
    this.scope?.cancel();
    this.scope = null;
    this.due = due;
    if (due !== null) this.start(due, summary(due));
  }

  /** It was heard: it rings no more, and is to be set anew. */
  silence(): void {
    if (this.rang) this.due = null;
    this.rang = false;
  }

  private start(due: Due, summary: string): void {
    const scope = new CancellationScope({ cancellable: true });
    this.scope = scope;
    scope
      .run(async () => {
        await sleep(Math.max(1, due.at - Date.now()), { summary });
        this.rang = true;
      })
      .catch((error: unknown) => {
        if (!isCancellation(error)) throw error;
      });
  }
}
