// One ticket of the scenario's own, with a life that is ended, frozen or taken back by an operator's hand.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ticketWorkflowId, updates } from "../../../workflows/messages";
import { arm, disarm, hits } from "../points/armed";
import type { Play, Scenario } from "../play";
import type { Part } from "../stage/part";
import type { Stage } from "../stage/stage";

const amara = { kind: "staff", id: "amara", role: "agent" } as const;

export const zombie: Scenario = {
  what: "a worker is frozen in the middle of a record, its ticket reborn elsewhere; thawed, it writes nothing",
  stage: { workers: 2 },
  lanes: 2,
  play: async (play) => {
    for (let round = 0; round < 2; round += 1) await freezeAndReplace(play);
  },
};

async function freezeAndReplace(play: Play): Promise<void> {
  const { stage } = play;
  const number = await anAssignedTicket(stage, play.random.between(1, 1e9));
  const from = Date.now();
  const frozen = await frozenInRecord(play, number);
  await stage.client.workflow.getHandle(ticketWorkflowId(number)).terminate("As the test wants it");
  await stage.prisma.outbox.create({ data: { kind: "rebirth", subject: String(number), payload: {} } });
  await until(async () => (await stage.prisma.ticket.findUniqueOrThrow({ where: { number } })).epoch > 1);
  const before = await stage.prisma.event.count({ where: { ticket: number, epoch: 1 } });
  frozen.thaw();
  play.note("a zombie thawed", from, Date.now(), [frozen.name]);
  await sleep(5_000);
  const after = await stage.prisma.event.count({ where: { ticket: number, epoch: 1 } });
  if (after !== before) play.charges.push(`#${number}: a run that was replaced has written ${after - before} events`);
}

/** The worker that has begun to record a command of this ticket, frozen before it has written anything. */
async function frozenInRecord({ stage }: Play, number: number): Promise<Part> {
  const point = `record.before.ticket-${number}`;
  arm(stage.points, point, { kind: "stall", ms: 1_000 });
  const key = randomUUID();
  const args = { reason: null, until: null };
  const ask = {
    key,
    scope: "staff:amara",
    sha256: "0".repeat(64),
    by: amara,
    notAfter: Date.now() + 120_000,
    ifVersion: null,
    args,
  };
  const asked = stage.client.withDeadline(Date.now() + 2_000, () =>
    stage.client.workflow.getHandle(ticketWorkflowId(number)).executeUpdate(updates.hold, { args: [ask] }),
  );
  asked.catch(() => undefined);
  await until(async () => hits(stage.points).some((hit) => hit.point === point));
  disarm(stage.points, point);
  const pid = hits(stage.points).find((hit) => hit.point === point)?.pid;
  const worker = stage.workers.find((part) => part.pid === pid);
  if (worker === undefined) throw new Error("Whoever has the ticket is no worker of ours.");
  worker.freeze();
  return worker;
}

export const terminateAndReset: Scenario = {
  what: "an operator terminates open tickets' runs, and resets others to an earlier point",
  play: async (play) => {
    const { stage, random } = play;
    await play.progress(40);
    for (let round = 0; round < 6; round += 1) {
      const { workflowId, runId } = random.pick(await running(stage));
      const from = Date.now();
      if (round % 2 === 0)
        await stage.client.workflow
          .getHandle(workflowId, runId)
          .terminate("As the test wants it")
          .catch(() => undefined);
      else await reset(stage, workflowId, runId).catch(() => undefined);
      play.note(round % 2 === 0 ? "terminate" : "reset", from, Date.now() + 30_000);
      await play.progress(10, 8_000);
    }
    await play.crowd.finish();
    // What nobody has asked for since is found by the sweep at a worker's start.
    for (const worker of stage.workers) await play.killed(worker);
  },
};

async function running({ client, prisma }: Stage): Promise<{ workflowId: string; runId: string }[]> {
  const found: { workflowId: string; runId: string }[] = [];
  for await (const { workflowId, runId } of client.workflow.list({
    query: 'WorkflowType = "ticket" AND ExecutionStatus = "Running"',
  })) {
    // One whose first record is not made yet begins anew when it is terminated, which is another promise.
    const { started } = await prisma.ticket.findUniqueOrThrow({ where: { number: Number(workflowId.split(":")[1]) } });
    if (started) found.push({ workflowId, runId });
  }
  return found;
}

/** To the end of its first workflow task. */
async function reset({ client }: Stage, workflowId: string, runId: string): Promise<void> {
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const first = events?.find(({ workflowTaskCompletedEventAttributes: completed }) => completed);
  await client.workflowService.resetWorkflowExecution({
    namespace: "default",
    workflowExecution: { workflowId, runId },
    reason: "As the test wants it",
    requestId: randomUUID(),
    workflowTaskFinishEventId: first?.eventId,
  });
}

/** Opened by the API like any other. */
export async function anAssignedTicket({ urls, prisma }: Stage, salt: number, subject = "Of the scenario's own"): Promise<number> {
  const body = {
    subject,
    text: "Nothing more.",
    requester: { email: `own-${salt}@customer.example` },
  };
  const response = await fetch(`${urls[0]}/api/v1/tickets`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": `own-${salt}` },
    body: JSON.stringify(body),
  });
  const { number } = (await response.json()) as { number: number };
  await until(async () => (await prisma.ticket.findUniqueOrThrow({ where: { number } })).started);
  return number;
}

/** What is sure to come on a desk that is well is given time for that on the busiest machine. */
export async function until(holds: () => Promise<boolean>, withinMs = 180_000): Promise<void> {
  for (const end = Date.now() + withinMs; !(await holds()); await sleep(50)) {
    if (Date.now() > end) throw new Error("Waited in vain.");
  }
}
