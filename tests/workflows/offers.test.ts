// Offers as people meet them: on a real Temporal and Postgres, answered, left unanswered, overtaken, at any concurrency.
import { unpack } from "../../domain/dispatch/stored";
import type { Packed } from "../../domain/dispatch/stored";
import { fromBytes } from "../../prisma/as-bytes";
import type { Actor } from "../../domain/actor";
import type { Ticket } from "../../domain/ticket";
import { ticketWorkflowId } from "../../workflows/messages";
import { aDesk, ingrid } from "../support/desk";
import type { Desk } from "../support/desk";

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
  await desk.startWorker();
});
afterAll(async () => await desk.close());

const long = 180_000;
const agent = (id: string): Actor => ({ kind: "staff", id, role: "agent" });
const offeredTo = (id: string) => ({ offer }: Ticket) => offer?.agent === id;
const isOffered = ({ offer }: Ticket): boolean => offer !== null;
const isWith = (id: string) => ({ assignee }: Ticket) => assignee === id;
const isWaiting = ({ routing }: Ticket): boolean => routing === "waiting";

async function team(id: string, people: Readonly<Record<string, number>>, answerWithinMs = long, mostDeclines = 3): Promise<void> {
  await desk.team(id, people);
  await desk.prisma.team.update({ where: { id }, data: { dispatch: { offers: { answerWithinMs, mostDeclines } } } });
}

const placesOf = async (agentId: string) => await desk.prisma.reservation.findMany({ where: { agentId }, orderBy: { ticket: "asc" } });

test("offered, declined, offered to the next, accepted: one at a time, each in the journal and in the Temporal UI", async () => {
  await team("asking", { ann: 3, ben: 2 });
  const number = await desk.open({ subject: "asking" });
  const first = await desk.until(number, offeredTo("ann"));
  expect(first).toMatchObject({ status: "new", assignee: null, routing: "offered" });
  expect(await placesOf("ann")).toMatchObject([{ ticket: number, offered: true, confirmed: true, decision: first.offer?.decision }]);
  const reason = await desk.draft(number, "Not my field", agent("ann"), "reason");
  await desk.command(number, "declineOffer", { reason }, { by: agent("ann") });
  await desk.until(number, offeredTo("ben"));
  expect(await placesOf("ann")).toEqual([]);
  expect(await desk.refusal(desk.command(number, "acceptOffer", {}, { by: agent("ann") }))).toBe("not_on_offer");
  const { history } = await desk.namespace.client.workflow.getHandle(ticketWorkflowId(number)).fetchHistory().then((found) => ({ history: JSON.stringify(found) }));
  expect(history).not.toContain("Not my field");
  const accepted = { by: agent("ben"), key: "take-it" };
  const { version } = await desk.command(number, "acceptOffer", {}, accepted);
  expect(await desk.command(number, "acceptOffer", {}, accepted)).toEqual({ version });
  expect(await desk.state(number)).toMatchObject({ status: "open", assignee: "ben", offer: null, declinedBy: ["ann"] });
  expect(await placesOf("ben")).toMatchObject([{ ticket: number, offered: false, confirmed: true }]);
  expect((await desk.journal(number)).filter((kind) => /offer|assigned/i.test(kind))).toEqual(["offered", "offerDeclined", "offered", "assigned"]);
  const told = await desk.prisma.notice.findMany({ where: { ticket: number, template: "assigned" } });
  expect(told).toEqual([]);
  const decisions = await desk.prisma.dispatchDecision.findMany({ where: { ticket: number }, orderBy: { decidedAt: "asc" } });
  expect(unpack(fromBytes(decisions[1]!.considered) as Packed[])).toMatchObject([{ agent: "ben", rank: 1 }, { agent: "ann", excluded: [{ reason: "declined" }] }]);
});

test("a second ticket waits while its only agent is being asked, and is offered once they have answered", async () => {
  await team("single", { cal: 5 });
  const one = await desk.open({ subject: "single" });
  await desk.until(one, offeredTo("cal"));
  const two = await desk.open({ subject: "single" });
  await desk.until(two, isWaiting);
  await desk.command(one, "reply", { message: await desk.draft(one, "On it", agent("cal")) }, { by: agent("cal") });
  expect(await desk.state(one)).toMatchObject({ assignee: "cal", status: "open" });
  expect((await desk.journal(one)).slice(-2)).toEqual(["replied", "assigned"]);
  await desk.until(two, offeredTo("cal"));
});

test("unanswered it lapses and goes to the next; two in a row set them away, and neither is a decline", async () => {
  await team("silent", { dan: 9 }, 300);
  const number = await desk.open({ subject: "silent" });
  await desk.until(number, isWaiting);
  expect(await desk.state(number)).toMatchObject({ declinedBy: [], lapsedWith: ["dan"] });
  expect((await desk.journal(number)).filter((kind) => kind === "offerLapsed")).toHaveLength(2);
  expect(await desk.prisma.agent.findUniqueOrThrow({ where: { id: "dan" } })).toMatchObject({ present: false, lapses: 0 });
  expect(await placesOf("dan")).toEqual([]);
  await desk.present("dan", true);
  await desk.until(number, offeredTo("dan"));
});

test("after the last who may decline it waits out of the queue, and the lead is told", async () => {
  await team("choosy", { eli: 2, flo: 2, gus: 1 }, long, 2);
  const number = await desk.open({ subject: "choosy" });
  for (let at = 0; at < 2; at += 1) {
    const { offer } = await desk.until(number, isOffered);
    await desk.command(number, "declineOffer", { reason: null }, { by: agent(offer?.agent ?? "") });
  }
  expect(await desk.state(number)).toMatchObject({ routing: "none", assignee: null, offer: null, status: "new" });
  expect(await desk.prisma.notice.findMany({ where: { ticket: number, template: "declined" } })).toMatchObject([{ recipient: "agent:ingrid" }]);
  expect(await desk.prisma.waiter.count({ where: { ticket: number } })).toBe(0);
});

test("who goes away while asked has the offer withdrawn, and others are asked", async () => {
  await team("leaving", { hal: 3, ida: 2 });
  const number = await desk.open({ subject: "leaving" });
  await desk.until(number, offeredTo("hal"));
  await desk.present("hal", false);
  expect(await desk.until(number, offeredTo("ida"))).toMatchObject({ declinedBy: [], lapsedWith: [] });
  expect(await placesOf("hal")).toEqual([]);
});

test("a lead's assignment, a solution and a transfer overtake an offer: the place is free, and whoever waits is offered it", async () => {
  await team("overtaken", { jo: 1 });
  const one = await desk.open({ subject: "overtaken" });
  await desk.until(one, offeredTo("jo"));
  const [two, three] = [await desk.open({ subject: "overtaken" }), await desk.open({ subject: "overtaken" })];
  await desk.until(two, isWaiting);
  await desk.until(three, isWaiting);
  await desk.command(one, "assign", { agent: "ingrid", overCapacity: false }, { by: ingrid });
  await desk.until(two, offeredTo("jo"));
  await desk.command(two, "resolve", { message: null }, { by: ingrid });
  await desk.until(three, offeredTo("jo"));
  await desk.command(three, "transfer", { team: "billing" }, { by: ingrid });
  await desk.until(three, ({ offer }) => offer === null);
  expect(await placesOf("jo")).toEqual([]);
});

test("accept and assign at once, twenty times: one assignee each, whoever was first, and no place too many", async () => {
  await team("racing", { kai: 20 });
  for (let at = 0; at < 20; at += 1) {
    const number = await desk.open({ subject: "racing" });
    await desk.until(number, offeredTo("kai"));
    const answers = [
      desk.command(number, "acceptOffer", {}, { by: agent("kai") }),
      at % 2 === 0
        ? desk.command(number, "declineOffer", { reason: null }, { by: agent("kai") })
        : desk.command(number, "resolve", { message: null }, { by: ingrid }),
      desk.command(number, "assign", { agent: "ingrid", overCapacity: false }, { by: ingrid }),
    ];
    await Promise.allSettled(answers);
    const { assignee, offer } = await desk.until(number, isWith("ingrid"));
    expect([assignee, offer]).toEqual(["ingrid", null]);
  }
  const places = await placesOf("kai");
  expect(places.filter(({ offered }) => offered)).toEqual([]);
  expect(places).toEqual([]);
});

test("killed and started again with an offer outstanding, it lapses at its instant", async () => {
  await team("restarted", { lou: 2, mia: 1 }, 1_500);
  const number = await desk.open({ subject: "restarted" });
  const { offer } = await desk.until(number, offeredTo("lou"));
  await desk.stopWorker();
  await desk.startWorker();
  await desk.until(number, offeredTo("mia"));
  const lapsed = await desk.prisma.event.findFirstOrThrow({ where: { ticket: number, kind: "offerLapsed" } });
  expect(lapsed.at.getTime()).toBeGreaterThanOrEqual(offer?.endsAt ?? Infinity);
});
