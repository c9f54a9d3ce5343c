// Lives led one after the other in so many lanes, and what that took while a window was open. Nothing stands still at the
// window's edges: its rate is that of a desk at work, not of one that begins or ends.
import { setTimeout as sleep } from "node:timers/promises";
import { cpuMs, perShare } from "../processes";
import { percentiles } from "../percentile";
import type { Percentiles } from "../percentile";

export type Step = "intake" | "command";
export type Timed = <T>(step: Step, call: () => Promise<T>) => Promise<T>;

/** Leads one life up to its last command; `name` tells it from the others of its run. Answers its workflow's id. */
export type Live = (name: string, timed: Timed) => Promise<string>;

export interface Window {
  /** How many lives at once. */
  readonly lanes: number;
  readonly settleSeconds: number;
  readonly seconds: number;
}

export interface Rate {
  /** Those that ended while the window was open. */
  readonly lives: number;
  readonly livesPerSecond: number;
  readonly intakeMs: Percentiles;
  readonly commandMs: Percentiles;
  /** By process. */
  readonly cpuMsPerLife: Readonly<Record<string, number>>;
}

/** @param over resolves when a life's workflow has ended: only then it counts, and the lane leads the next */
export async function measure(
  live: Live,
  over: (workflowId: string) => Promise<void>,
  pids: ReadonlyMap<string, number>,
  { lanes, settleSeconds, seconds }: Window,
): Promise<Rate & { readonly sample: readonly string[] }> {
  const times: Record<Step, number[]> = { intake: [], command: [] };
  const ended: string[] = [];
  let stage: "settling" | "open" | "over" = "settling";
  const timed: Timed = async (step, call) => {
    const startedAt = performance.now();
    const answer = await call();
    if (stage === "open") times[step].push(performance.now() - startedAt);
    return answer;
  };
  const lane = async (index: number): Promise<void> => {
    for (let turn = 0; stage !== "over"; turn += 1) {
      const workflowId = await live(`${lanes}-${index}-${turn}`, timed);
      await over(workflowId);
      if (stage === "open") ended.push(workflowId);
    }
  };
  const leading = Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)));
  const open = async () => {
    await sleep(settleSeconds * 1_000);
    stage = "open";
    const [startedAt, before] = [performance.now(), cpuMs(pids)];
    await sleep(seconds * 1_000);
    stage = "over";
    return { took: (performance.now() - startedAt) / 1_000, cpu: perShare(before, cpuMs(pids), ended.length) };
  };
  const [{ took, cpu }] = await Promise.all([open(), leading]);
  return {
    lives: ended.length,
    livesPerSecond: ended.length / took,
    intakeMs: percentiles(times.intake),
    commandMs: percentiles(times.command),
    cpuMsPerLife: cpu,
    sample: ended,
  };
}
