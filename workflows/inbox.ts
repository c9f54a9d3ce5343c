// What has come in and waits for its turn: commands, signals, mails' outcomes. A run does one thing at a time, in the order of
// its history, and hears of the next only when the last is recorded. So what it does never depends on how Temporal groups
// arrivals and the ends of local activities into activations, which a replay does in its own way.

/** One thing to be done, to its end. Whatever it throws ends the run. */
export type Turn = () => Promise<unknown> | void;

export class Inbox {
  private readonly waiting: Turn[] = [];

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  put(turn: Turn): void {
    this.waiting.push(turn);
  }

  /** The one that has waited longest; undefined when nothing waits. */
  take(): Turn | undefined {
    return this.waiting.shift();
  }
}
