// Shows how far the work is: one line that changes on a terminal, a line every few seconds elsewhere.
import type { Stage } from "./life";

const everyMs = { terminal: 200, elsewhere: 5_000 };
const stages: readonly Stage[] = ["opened", "answered", "solved", "closed"];

export class Progress {
  private readonly reached = new Map<Stage, number>();
  private readonly startedAt = performance.now();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly total: number,
    private readonly output: NodeJS.WriteStream = process.stderr,
  ) {
    this.timer = setInterval(() => this.show(), output.isTTY ? everyMs.terminal : everyMs.elsewhere);
  }

  note(stage: Stage): void {
    this.reached.set(stage, this.count(stage) + 1);
  }

  count(stage: Stage): number {
    return this.reached.get(stage) ?? 0;
  }

  /** Seconds since it began. */
  get seconds(): number {
    return (performance.now() - this.startedAt) / 1_000;
  }

  /** Shows the last state and stops. */
  end(): void {
    clearInterval(this.timer);
    this.show();
    if (this.output.isTTY) this.output.write("\n");
  }

  private show(): void {
    const counts = stages.map((stage) => `${stage} ${this.count(stage)}`).join(" · ");
    const line = `${counts} · of ${this.total} · ${(this.count("closed") / this.seconds).toFixed(1)} lives/s`;
    this.output.write(this.output.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
  }
}
