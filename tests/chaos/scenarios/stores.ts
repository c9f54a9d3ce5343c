// A store is replaced: Temporal's database by a copy from earlier, or by an empty one; Postgres by a copy from earlier.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { storeRestored } from "../../../workflows/messages";
import type { Play, Scenario } from "../play";
import type { Stage } from "../stage/stage";

const closedHadALife = "lives that had ended by then are gone with their store";

export const temporalOlder: Scenario = {
  what: "Temporal's database is replaced by a copy from earlier, as the operator's guide says",
  play: async (play) => {
    const { stage } = play;
    await replaceTemporal(play, async (replace) => {
      await play.down(...stage.workers);
      await replace();
      for (const worker of stage.workers) await worker.up();
    });
    // Whoever is asked something learns what it has forgotten; the others are told to look.
    await tellAll(stage);
    for (const worker of stage.workers) await play.killed(worker);
  },
  exempt: { closedHadALife },
};

const rememberedMore = "a worker that nobody stopped answers tasks by what it remembers, and Temporal does not: such a run is replaced";

export const temporalOlderUnnoticed: Scenario = {
  what: "Temporal's database is replaced by a copy from earlier beneath workers that remember more, and nobody tells them",
  play: async (play) => {
    await replaceTemporal(play, async (replace) => await replace());
    for (const worker of play.stage.workers) await play.killed(worker);
  },
  exempt: { closedHadALife, noTaskFails: rememberedMore, replaysAsItRan: rememberedMore },
};

/** @param around replaces it, and what is to be done before and after that */
async function replaceTemporal(play: Play, around: (replace: () => Promise<void>) => Promise<void>): Promise<void> {
  const { stage } = play;
  await play.progress(40);
  await stage.temporal.stop();
  copyTemporal(stage, "temporal.copy", "from");
  await stage.temporal.up();
  await play.progress(60, 30_000);
  const from = Date.now();
  await around(async () => {
    await stage.temporal.stop();
    copyTemporal(stage, "temporal.copy", "to");
    await stage.temporal.up();
  });
  play.note("Temporal is as it was before", from, Date.now() + 60_000);
  await play.progress(20, 30_000);
}

async function tellAll({ client }: Stage): Promise<void> {
  for await (const { workflowId } of client.workflow.list({ query: running, pageSize: 1_000 })) {
    await client.workflow
      .getHandle(workflowId)
      .signal(storeRestored)
      .catch(() => undefined);
  }
}

export const temporalEmpty: Scenario = {
  what: "Temporal's database is lost; an empty one is adopted on purpose",
  play: async (play) => {
    const { stage } = play;
    await play.progress(60);
    const from = Date.now();
    await Promise.all([stage.temporal.stop(), play.down(...stage.workers)]);
    for (const file of filesOf(stage)) rmSync(join(stage.home, "temporal", file));
    await stage.temporal.up();
    stage.adopt();
    for (const worker of stage.workers) await worker.up();
    play.note("Temporal is empty", from, Date.now() + 60_000);
    await play.progress(20, 30_000);
  },
  exempt: { closedHadALife },
};

const running = 'WorkflowType = "ticket" AND ExecutionStatus = "Running"';

function copyTemporal({ home }: Stage, folder: string, way: "from" | "to"): void {
  const [live, copy] = [join(home, "temporal"), join(home, folder)];
  if (way === "to") for (const file of filesOf({ home })) rmSync(join(live, file));
  mkdirSync(copy, { recursive: true });
  const [source, target] = way === "from" ? [live, copy] : [copy, live];
  for (const file of readdirSync(source).filter(isData))
    cpSync(join(source, file), join(target, file), { recursive: true });
}

function filesOf({ home }: Pick<Stage, "home">): string[] {
  return readdirSync(join(home, "temporal")).filter(isData);
}

function isData(file: string): boolean {
  return file.startsWith("temporal.db");
}

/** With its owner, who may be another than we. */
function copyFolder(from: string, to: string): void {
  execFileSync("cp", ["-a", from, to]);
}

/** Nothing of what was answered after the copy was made can hold: what holds is that the desk goes on as one. */
const lostAnswers = "what was accepted after the copy is gone with it";

export const postgresOlder: Scenario = {
  what: "Postgres is replaced by a copy from earlier: what came after it is lost, and everything goes on",
  play: async (play: Play) => {
    const { stage } = play;
    await play.progress(60);
    const data = join(stage.home, "postgres", "data");
    const copy = join(stage.home, "postgres", "data.copy");
    await stage.postgres.stop();
    copyFolder(data, copy);
    await stage.postgres.up();
    await play.progress(40, 30_000);
    const from = Date.now();
    // As the operator's guide has it: nobody works meanwhile, numbers go on behind those that were given away, and
    // every run is ended, to be born again from what Postgres knows.
    const services = [...stage.apis, ...stage.workers];
    await Promise.all([stage.postgres.stop(), play.down(...services)]);
    rmSync(data, { recursive: true });
    copyFolder(copy, data);
    await stage.postgres.up();
    await stage.prisma.$executeRaw`SELECT setval('ticket_number', nextval('ticket_number') + 1000)`;
    await terminateAll(stage);
    await Promise.all(services.map((part) => part.up()));
    play.note("Postgres is as it was before", from, Date.now() + 60_000);
    await play.progress(20, 30_000);
  },
  exempt: {
    acceptedIsKept: lostAnswers,
    acceptedOnce: lostAnswers,
    doneIsOneEvent: lostAnswers,
    unknownIsTold: lostAnswers,
    updatesAreEvents: lostAnswers,
    wordsOnThePage: lostAnswers,
    decidedOnThePage: lostAnswers,
    allSettled: "mails that have left by then are not in the copy",
    onceUnlessInDoubt: "a notice's id may be given anew",
    inOrder: "a notice's id may be given anew",
    closedIsOver: "a life that had ended after the copy is open again in Postgres, and is born again",
  },
};

async function terminateAll({ client }: Stage): Promise<void> {
  for await (const { workflowId } of client.workflow.list({ query: running, pageSize: 1_000 })) {
    await client.workflow
      .getHandle(workflowId)
      .terminate("Postgres was restored")
      .catch(() => undefined);
  }
}
