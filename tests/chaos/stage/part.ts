// One part of the desk as a process that may be killed, frozen and kept down; unless kept down it is started again at
// once.
import { setTimeout as sleep } from "node:timers/promises";
import type { Child } from "../../../stack/process";

const againMs = 150;
const upWithinMs = 180_000;

export class Part {
  private child: Child | null = null;
  private wanted = false;
  private keeping: Promise<void> = Promise.resolve();
  private readonly pids = new Set<number>();
  /** How often it has been started. */
  starts = 0;

  constructor(
    readonly name: string,
    private readonly launch: () => Promise<{ readonly child: Child }>,
  ) {}

  /** Starts it and keeps it alive from then on. */
  async up(): Promise<void> {
    if (this.wanted) return await this.isUp();
    this.wanted = true;
    this.keeping = this.keepAlive();
    await this.isUp();
  }

  /** Resolves once it is up (again). */
  async isUp(): Promise<void> {
    const until = Date.now() + upWithinMs;
    while (this.child === null) {
      if (Date.now() > until) throw new Error(`${this.name} does not come up`);
      await sleep(30);
    }
  }

  /** Null while it is down. */
  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  /** Whether it is or was this process. */
  was(pid: number): boolean {
    return this.pids.has(pid);
  }

  /** Kills it without warning; it comes back by itself. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child === null) return;
    signal(child, "SIGKILL");
    await child.exited;
  }

  freeze(): void {
    if (this.child !== null) signal(this.child, "SIGSTOP");
  }

  thaw(): void {
    if (this.child !== null) signal(this.child, "SIGCONT");
  }

  /** Kills it, and it stays away until `up`. */
  async down(): Promise<void> {
    this.wanted = false;
    await this.kill();
    await this.keeping;
  }

  /** Ends it in order. */
  async stop(): Promise<void> {
    this.wanted = false;
    this.thaw();
    await this.child?.stop();
    await this.keeping;
  }

  private async keepAlive(): Promise<void> {
    while (this.wanted) {
      const started = await this.launch().catch(() => null);
      this.starts += 1;
      if (started === null) {
        await sleep(againMs * 2);
        continue;
      }
      this.child = started.child;
      this.pids.add(started.child.pid);
      if (!this.wanted) await started.child.stop();
      await started.child.exited;
      this.child = null;
      await sleep(againMs);
    }
  }
}

function signal({ process: child }: Child, name: NodeJS.Signals): void {
  child.kill(name);
}

/** Ends several in order, whatever becomes of each. */
export async function stopAll(parts: readonly Part[]): Promise<void> {
  for (const part of parts) await part.stop().catch(() => undefined);
}
