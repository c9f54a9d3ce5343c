// Reads mails in a thread of their own, one at a time, and ends that thread when a mail takes too long or too much. It
// knows threads and limits, and nothing of what a mail holds.
import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { quarantined, usualLimits, type Limits, type QuarantineReason, type Read } from "./reading";

/** One mail at a time; calls wait for each other in their order. */
export class Reader {
  private thread: Worker | null = null;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly limits: Limits = usualLimits) {}

  /** Never rejects for what is in a mail; a mail that breaks a limit comes back quarantined. */
  read(raw: Uint8Array): Promise<Read> {
    return this.inTurn({ raw, isText: false });
  }

  /** A text without headers: the body alone. */
  readText(raw: Uint8Array): Promise<Read> {
    return this.inTurn({ raw, isText: true });
  }

  async close(): Promise<void> {
    await this.last.catch(() => undefined);
    await this.thread?.terminate();
    this.thread = null;
  }

  private inTurn(job: Job): Promise<Read> {
    const turn = this.last.then(() => this.readAlone(job));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async readAlone(job: Job): Promise<Read> {
    if (job.raw.length > this.limits.maxBytes) return { reading: quarantined("too_large"), files: [] };
    const thread = (this.thread ??= await start(this.limits));
    const answer = await ask(thread, job, this.limits.timeoutMs);
    if (typeof answer !== "string") return answer;
    this.thread = null;
    await thread.terminate();
    return { reading: quarantined(answer), files: [] };
  }
}

export interface Job {
  readonly raw: Uint8Array;
  readonly isText: boolean;
}

async function start(limits: Limits): Promise<Worker> {
  const thread = new Worker(join(__dirname, "reader-thread.ts"), {
    // Threads don't inherit how this process learnt to run TypeScript.
    execArgv: ["--require", join(__dirname, "../bin/typescript.cjs")],
    workerData: limits,
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb },
  });
  // The time for one mail begins when the thread is there, not while it loads.
  await once(thread, "message");
  // Between mails a thread that fails has nobody to tell; the next mail finds it silent and starts another.
  thread.on("error", () => undefined);
  thread.unref();
  return thread;
}

function ask(thread: Worker, job: Job, timeoutMs: number): Promise<Read | QuarantineReason> {
  return new Promise((resolve) => {
    const settle = (answer: Read | QuarantineReason): void => {
      clearTimeout(timer);
      for (const [event, listener] of Object.entries(listeners)) thread.off(event, listener);
      thread.unref();
      resolve(answer);
    };
    const listeners = {
      message: (read: Read) => settle(read),
      error: (error: Error & { code?: string }) => settle(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "memory" : "unparseable"),
      exit: () => settle("memory"),
    };
    const timer = setTimeout(() => settle("timeout"), timeoutMs);
    for (const [event, listener] of Object.entries(listeners)) thread.on(event, listener);
    thread.ref();
    thread.postMessage(job);
  });
}
