// Whole processes: killed alone and in pairs, frozen and thawed, at any moment and at the worst.
import { recordedVerbs } from "../clients/orders";
import type { Play, Scenario } from "../play";
import { makeRoom } from "./room";
import type { Part } from "../stage/part";

export const pairs: Scenario = {
  what: "two at once: above all the worker and Temporal between a record's commit and its completion",
  play: async (play) => {
    const { stage, random, lives } = play;
    for (const verb of random.shuffled(recordedVerbs).slice(0, Math.max(4, Math.ceil(lives / 6)))) {
      await withWorker(play, `record.after.${verb}`, stage.temporal);
    }
    await withWorker(play, "chooseAssignee.after", stage.temporal);
    await withWorker(play, "record.uncommitted", stage.postgres);
    await withWorker(play, "mail.taken", stage.postgres);
    await withWorker(play, "note.before", stage.smtp);
    for (const pair of random.shuffled(pairsOf(stage.postgres, stage.temporal, stage.apis[0] as Part))) {
      await play.killed(...pair);
      await play.progress(10, 10_000);
    }
  },
};

async function withWorker(play: Play, point: string, other: Part): Promise<void> {
  const { pid } = other;
  if (pid === null) throw new Error(`${other.name} is down`);
  await play.at([point], { kind: "kill", also: [pid] });
  await Promise.all([other.isUp(), ...play.stage.workers.map((worker) => worker.isUp())]);
  await play.progress(10, 15_000);
}

function pairsOf(...parts: readonly Part[]): Part[][] {
  return parts.flatMap((one, index) => parts.slice(index + 1).map((other) => [one, other]));
}

export const signals: Scenario = {
  what: "each process is killed, and frozen for a while, at any moment",
  play: async (play) => {
    const { stage, random } = play;
    const parts = [stage.postgres, stage.temporal, stage.smtp, ...stage.workers, ...stage.apis];
    for (const part of random.shuffled(parts)) {
      await play.killed(part);
      await play.progress(random.between(2, 15), 8_000);
    }
    for (const part of random.shuffled(parts)) {
      await play.frozen(random.between(1_500, 9_000), part);
      await play.progress(random.between(2, 15), 8_000);
    }
  },
};

export const twoOfEverything: Scenario = {
  what: "two APIs, two workers, two relays, killed in turns",
  stage: { workers: 2, apis: 2 },
  // Enough of them that somebody always waits for a place.
  lanes: 12,
  play: async (play) => {
    const { stage, random } = play;
    await play.progress(30);
    const rounds = Array.from({ length: 2 }, () => [...stage.workers, ...stage.apis]).flat();
    for (const part of random.shuffled(rounds)) {
      if (random.oneIn(3)) await play.frozen(random.between(1_000, 6_000), part);
      else await play.killed(part);
      await play.progress(random.between(5, 20), 6_000);
    }
    for (const point of ["relay.signal.before", "delivered.before", "record.after"])
      await play.at([point], { kind: "kill" }, { provoke: makeRoom });
  },
};
