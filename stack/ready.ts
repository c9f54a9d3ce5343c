// When a process that was started is ready to be used; a process that ends instead tells why.
import { setTimeout as sleep } from "node:timers/promises";
import { CannotStart } from "./cannot-start";
import type { Child } from "./process";

const LOOK_EVERY_MS = 30;
const READY_WITHIN_MS = 60_000;

/** Asks until `probe` answers something. Rejects with the process's last words when it ends first or takes too long. */
export async function answered<T>(child: Child, probe: () => Promise<T | undefined>, withinMs = READY_WITHIN_MS): Promise<T> {
  let ended: string | undefined;
  void child.exited.then((how) => (ended = how));
  const until = performance.now() + withinMs;
  while (performance.now() < until) {
    if (ended !== undefined) throw endedEarly(child, ended);
    const answer = await probe();
    if (answer !== undefined) return answer;
    await sleep(LOOK_EVERY_MS);
  }
  throw tookTooLong(child, withinMs);
}

/** Waits for the message `{ ready: true, … }` over the channel of a process of ours, and answers that message. */
export function saidReady(child: Child, withinMs = READY_WITHIN_MS): Promise<object> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(tookTooLong(child, withinMs)), withinMs);
    void child.exited.then((how) => {
      clearTimeout(timer);
      reject(endedEarly(child, how));
    });
    child.process.on("message", (message) => {
      if (typeof message !== "object" || message === null || !("ready" in message)) return;
      clearTimeout(timer);
      resolve(message);
    });
  });
}

function endedEarly(child: Child, how: string): CannotStart {
  return new CannotStart(`${child.name} ended while starting (${how}):\n${child.lastWords()}`);
}

function tookTooLong(child: Child, ms: number): CannotStart {
  return new CannotStart(`${child.name} was not ready within ${ms / 1000} s:\n${child.lastWords()}`);
}
