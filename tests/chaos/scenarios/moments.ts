// Bad moments: a command is admitted when its sender has given it up, a signal comes in between the closing record and
// the end of the run, a clock runs out while nothing of the desk is there.
import { verdict } from "../clients/ledger";
import type { Call } from "../clients/ledger";
import { capacityFreed, storeRestored, ticketWorkflowId } from "../../../workflows/messages";
import { arm, disarm, hits } from "../points/armed";
import type { Play, Scenario } from "../play";
import { once } from "./once";
import { anAssignedTicket, until } from "./other-run";

export const lateAdmission: Scenario = {
  what: "a command is admitted after its sender was told 503: within its time it counts, past it never",
  lanes: 2,
  play: async (play) => {
    const { stage, random } = play;
    for (const [name, moreMs, state] of moments) {
      await play.seen(name, 0, async () => {
        const number = await anAssignedTicket(stage, random.between(1, 1e9));
        const from = Date.now();
        for (const worker of stage.workers) worker.freeze();
        const call = await once(play, number, "note");
        await play.lasting("the worker is still frozen", moreMs);
        for (const worker of stage.workers) worker.thaw();
        play.note("the worker was frozen", from, Date.now(), stage.workers.map((worker) => worker.name));
        return call !== null && verdict(call) === "unknown" && (await cameTo(play, call, state));
      });
    }
  },
};

/** How much longer than until the answer 503 the worker is away, ms. */
const moments = [
  ["admitted after its answer, within its time", 0, "done"],
  ["asked for, and past its time", 3_000, "unknown"],
] as const;

async function cameTo({ stage }: Play, { order: { scope, key } }: Call, state: string): Promise<boolean> {
  const stands = async (): Promise<boolean> => {
    const row = await stage.prisma.command.findUnique({ where: { scope_key: { scope, key } } });
    return row?.state === state && (state === "done" || row.notAfter.getTime() < Date.now());
  };
  return await until(stands, 8_000).then(
    () => true,
    () => false,
  );
}

export const closing: Scenario = {
  what: "signals come in while the closing record is made, and before the run has ended",
  lanes: 3,
  play: async (play) => {
    // A closure is one statement: it has no moment in which it is written and not committed.
    for (const point of ["record.before", "record.after"]) {
      for (let round = 0; round < 3; round += 1) await signalledWhileClosing(play, point);
    }
  },
};

async function signalledWhileClosing(play: Play, point: string): Promise<void> {
  const { stage, random } = play;
  const number = await anAssignedTicket(stage, random.between(1, 1e9));
  await once(play, number, "resolve");
  const name = `${point}.ticket-${number}`;
  arm(stage.points, name, { kind: "stall", ms: 600 });
  const closed = once(play, number, "close");
  await play.seen(`a signal at ${point} of a closure`, 0, async () => {
    const isHit = hits(stage.points).some((hit) => hit.point === name);
    if (isHit) await signal(play, number);
    return isHit;
  });
  disarm(stage.points, name);
  await closed;
}

/** One that changes nothing, and one that offers a place which the ticket has no use for. */
async function signal({ stage }: Play, number: number): Promise<void> {
  const handle = stage.client.workflow.getHandle(ticketWorkflowId(number));
  const decision = `${number}-nobody's`;
  await handle.signal(storeRestored).catch(() => undefined);
  await handle.signal(capacityFreed, { agent: "amara", team: "billing", decision }).catch(() => undefined);
}

/** Longer than every clock of the desk. */
const darkMs = 15_000;

export const dark: Scenario = {
  what: "everything is down while clocks run out: each step is taken once, late, in order",
  play: async (play) => {
    const { stage } = play;
    await play.progress(60);
    const parts = [...stage.apis, ...stage.workers, stage.temporal, stage.postgres, stage.smtp];
    const due = await dueSoon(play);
    await play.down(...parts);
    await play.lasting("everything is down", darkMs);
    const to = new Date();
    for (const part of [...parts].reverse()) await part.up();
    const steps = { ticket: { in: due }, cause: { startsWith: "clock:" }, at: { gte: to } };
    const isTaken = async (): Promise<boolean> => (await stage.prisma.event.count({ where: steps })) > 0;
    await play.seen("a clock ran out in the dark", 0, isTaken);
    await play.progress(20, 20_000);
  },
};

/** Tickets with a clock that is going to run out in the dark. */
async function dueSoon({ stage }: Play): Promise<number[]> {
  const rows = await stage.prisma.ticket.findMany({
    where: { deadline: { gte: new Date(Date.now() + 1_000), lt: new Date(Date.now() + darkMs) } },
  });
  return rows.map(({ number }) => number);
}
