// A record that can never succeed: the ticket is parked and says so, nobody else is held up, and a repair goes on from
// there.
import { randomUUID } from "node:crypto";
import { live, repair, ticketWorkflowId, updates } from "../../../workflows/messages";
import type { Play, Scenario } from "../play";
import { anAssignedTicket, until } from "./other-run";

const amara = { kind: "staff", id: "amara", role: "agent" } as const;

export const stuck: Scenario = {
  what: "a record can never succeed: the ticket is parked, visible, and goes on after a repair",
  play: async (play) => {
    await play.progress(10);
    const { stage } = play;
    const number = await anAssignedTicket(stage, play.random.between(1, 1e9));
    const text = await askTheImpossible(play, number);
    const from = Date.now();
    await until(async () => (await stage.prisma.ticket.findUniqueOrThrow({ where: { number } })).stuck !== null);
    await mustBeSeen(play, number);
    const before = play.crowd.done;
    await play.progress(20);
    if (play.crowd.done === before) play.charges.push("while one ticket was stuck, nobody else got anywhere");
    await stage.prisma.message.create({ data: text });
    await stage.client.workflow.getHandle(ticketWorkflowId(number)).executeUpdate(repair, { args: [{ by: amara }] });
    play.note("stuck, and repaired", from, Date.now());
    await until(async () => (await stage.prisma.ticket.findUniqueOrThrow({ where: { number } })).stuck === null);
  },
};

/** A note whose text is not there; answers the row that would mend it. */
async function askTheImpossible({ stage }: Play, number: number) {
  const message = { id: randomUUID(), sha256: "0".repeat(64) };
  const ask = {
    key: randomUUID(),
    scope: "staff:amara",
    sha256: "0".repeat(64),
    by: amara,
    notAfter: Date.now() + 120_000,
    ifVersion: null,
    args: { message },
  };
  const handle = stage.client.workflow.getHandle(ticketWorkflowId(number));
  await stage.client
    .withDeadline(Date.now() + 20_000, () => handle.executeUpdate(updates.note, { args: [ask] }))
    .catch(() => undefined);
  return {
    ...message,
    ticket: number,
    text: "Here it is.",
    visibility: "internal",
    authorKind: "staff",
    authorId: "amara",
  };
}

/** On the health page, in the ticket's own answer, and in Temporal's list. */
async function mustBeSeen({ stage, charges }: Play, number: number): Promise<void> {
  const health = await (await fetch(`${stage.urls[0]}/health/ready`)).text();
  if (!health.includes(`#${number}`)) charges.push(`the health page does not name #${number}: ${health}`);
  const own = await stage.client.workflow.getHandle(ticketWorkflowId(number)).query(live);
  if (own.stuck === null) charges.push(`#${number} does not know that it is stuck`);
  const query = `TicketStatus = "stuck" AND ExecutionStatus = "Running"`;
  await until(async () => (await stage.client.workflow.count(query)).count === 1).catch(() =>
    charges.push("Temporal's list has no stuck ticket"),
  );
}
