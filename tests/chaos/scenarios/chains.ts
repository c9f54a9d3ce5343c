// Escalation chains of seconds, with the worker, Temporal and both killed between one level and the next.
import { setTimeout as sleep } from "node:timers/promises";
import type { Level } from "../../../domain/policy";
import { promiseAll, aTarget, same } from "../../support/promise";
import type { Play, Scenario } from "../play";
import type { Part } from "../stage/part";
import type { Stage } from "../stage/stage";
import { anAssignedTicket } from "./other-run";

const gapMs = 5_000;
const levels = 5;
const targetMs = 6_000;
const withinMs = 180_000;

export const chains: Scenario = {
  what: "chains of five levels; worker, Temporal and both killed in their middle",
  lanes: 2,
  play: async (play) => {
    const { stage, random } = play;
    await promiseAll(stage.prisma, { targets: { firstResponse: undefined, resolution: aTarget(same(targetMs), 0, { escalation, reminders: [] }) } as never });
    const numbers = await Promise.all(Array.from({ length: 4 }, () => anAssignedTicket(stage, random.between(1, 1e9))));
    const [worker] = stage.workers as [Part];
    for (const [at, parts] of [[1, [stage.temporal]], [2, [worker]], [3, [worker, stage.temporal]]] as const) {
      await reached(stage, numbers, at);
      await play.killed(...parts);
    }
    await reached(stage, numbers, levels);
    for (const number of numbers) await mustBeWhole(play, number);
  },
};

const escalation: readonly Level[] = Array.from({ length: levels }, (_, index) => ({
  afterMs: index === 0 ? 0 : gapMs,
  basis: "clock",
  actions: [{ do: "tell", whom: [{ to: index % 2 === 0 ? "lead" : "manager" }] }],
  wake: false,
}));

/** Some ticket has come so far: the others are between two levels, or about to. */
async function reached({ prisma }: Stage, numbers: readonly number[], level: number): Promise<void> {
  const wanted = level === levels ? numbers.length : 1;
  for (const until = Date.now() + withinMs; Date.now() < until; await sleep(50)) {
    if ((await prisma.ticket.count({ where: { number: { in: [...numbers] }, escalation: { gte: level } } })) >= wanted) return;
  }
  throw new Error(`No chain has come to level ${level}.`);
}

async function mustBeWhole({ stage: { prisma }, charges }: Play, number: number): Promise<void> {
  const rows = await prisma.event.findMany({ where: { ticket: number, kind: "escalated" }, orderBy: { version: "asc" } });
  const taken = rows.map(({ facts }) => facts as { level: number; round: number; dueAt: number });
  const first = taken[0]?.dueAt ?? Number.NaN;
  const meant = Array.from({ length: levels }, (_, index) => `${index + 1} at ${first + index * gapMs}`);
  const found = taken.map(({ level, dueAt }) => `${level} at ${dueAt}`);
  if (found.join() !== meant.join()) charges.push(`#${number} took ${found.join(", ")} instead of ${meant.join(", ")}`);
}
