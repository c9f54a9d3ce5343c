// Offers on a real Postgres, with the API beside it: what an agent sees, what a team sets, whom a place is kept for.
import { randomUUID } from "node:crypto";
import { decide } from "../../domain/decide";
import type { Command } from "../../domain/decide";
import type { TicketEvent } from "../../domain/event";
import { duesBy } from "../../domain/due";
import type { OfferTerms } from "../../domain/offers";
import { unopened } from "../../domain/opening";
import { isRefusal } from "../../domain/refusal";
import { restore } from "../../domain/state";
import type { Stored } from "../../domain/state";
import type { Actor } from "../../domain/actor";
import type { Intake, Ticket } from "../../domain/ticket";
import { resignal } from "../../relay/sweeps";
import { aFloor } from "./a-floor";
import type { Floor } from "./a-floor";

let floor: Floor;
beforeAll(async () => {
  floor = await aFloor();
});
afterAll(async () => await floor.close());

const hour = 3_600_000;
const offers = { answerWithinMs: 180_000, mostDeclines: 3 };
const amara: Actor = { kind: "staff", id: "amara", role: "agent" };
const dispatch: Actor = { kind: "system", id: "dispatch" };
const prisma = () => floor.api.database.prisma;

/** Decides on the ticket as it stands and has it recorded, as its run does. */
async function record(number: number, commands: readonly Command[], by: Actor, at = Date.now()): Promise<Ticket> {
  const row = await prisma().ticket.findUniqueOrThrow({ where: { number } });
  const intake = (await prisma().intake.findUniqueOrThrow({ where: { number } })).facts as unknown as Intake;
  let ticket = row.version === 0 ? unopened(intake) : restore(row.state as unknown as Stored);
  const events: TicketEvent[] = [];
  const opening: Command[] = [
    { verb: "open", args: { intake } },
    { verb: "sort", args: { category: "order", type: "question", team: "none", rule: null } },
  ];
  for (const command of row.version === 0 ? [...opening, ...commands] : commands) {
    const args = command.verb === "sort" ? { ...command.args, team: teams.get(number) ?? "support" } : command.args;
    const decision = decide(ticket, { ...command, args } as Command, { by, at, cause: randomUUID() });
    if (isRefusal(decision)) throw new Error(decision.message);
    ticket = decision.ticket;
    events.push(decision.event);
  }
  const outcome = await floor.activities.record({ number, intakeId: intake.intakeId, epoch: 1, version: row.version, at, events, commands: [] });
  if (outcome.kind !== "written") throw new Error(JSON.stringify(outcome));
  return ticket;
}

const teams = new Map<number, string>();

/** Sought and offered, as recorded. */
async function offered(team: string, terms: Partial<OfferTerms> = {}): Promise<Ticket> {
  const { number, agent, offer } = await floor.seek(team);
  if (agent === null || offer === undefined) throw new Error("It is offered to nobody.");
  teams.set(number, team);
  const place = { agent, team, decision: `${number}-1-1`, terms: { ...offer, ...terms } };
  return await record(number, [{ verb: "transfer", args: { team } }, { verb: "offer", args: place }], dispatch);
}

test("only the one it is on offer to sees it, with its end; the ticket says what they may do", async () => {
  await floor.team("seen", { amara: 9 }, { offers });
  const { number, offer } = await offered("seen");
  const mine = (await floor.api.call("GET", "/agents/me/offers")).body;
  expect(mine).toEqual({
    items: [{ ticket: number, subject: expect.any(String), category: "order", priority: "normal", team: "seen", decision: `${number}-1-1`, until: new Date(offer?.endsAt ?? 0).toISOString() }],
    next: null,
  });
  expect((await floor.api.call("GET", "/agents/me/offers", { as: "lead" })).body).toEqual({ items: [], next: null });
  const abilities = async (as: "agent" | "lead") => (await floor.api.call("GET", `/tickets/${number}`, { as })).body.abilities as string[];
  expect(await abilities("agent")).toEqual(expect.arrayContaining(["acceptOffer", "declineOffer"]));
  expect((await abilities("lead")).filter((verb) => verb.endsWith("Offer"))).toEqual([]);
  expect(await floor.decision(number)).toMatchObject({ agent: "amara", offer: { state: "outstanding", until: new Date(offer?.endsAt ?? 0).toISOString() } });
  const text = { id: randomUUID(), sha256: "0".repeat(64) };
  await prisma().message.create({ data: { ...text, ticket: number, text: "On my way out", visibility: "reason", authorKind: "staff", authorId: "amara" } });
  await record(number, [{ verb: "declineOffer", args: { reason: text } }], amara);
  expect((await floor.decision(number)).offer).toMatchObject({ state: "declined", reason: "On my way out" });
  expect((await floor.api.call("GET", "/agents/me/offers")).body).toEqual({ items: [], next: null });
});

test("who is being asked is offered nothing else, though they have places; who declined is not asked again", async () => {
  await floor.team("one-by-one", { pia: 9, quin: 1 }, { offers });
  const first = await offered("one-by-one");
  const second = await floor.seek("one-by-one");
  expect([first.offer?.agent, second.agent]).toEqual(["pia", "quin"]);
  const third = await floor.seek("one-by-one", { declined: ["rex"] });
  expect(third.agent).toBeNull();
  const { considered } = await floor.decision(third.number);
  expect(Object.fromEntries(considered.map(({ agent, excluded }) => [agent, excluded.map(({ reason }) => reason)]))).toEqual({ pia: ["has-offer"], quin: ["full", "has-offer"] });
  expect((await floor.seek("one-by-one", { declined: ["pia", "quin"] })).declinedByAll).toBe(true);
});

test("no offer is made outside working hours, and it ends with them at the latest", async () => {
  await floor.team("office", { rae: 3 }, { offers: { ...offers, answerWithinMs: 3 * hour } });
  const at = new Date();
  const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
  const clock = (ms: number): string => new Date(at.getTime() + ms).toISOString().slice(11, 16);
  // Around midnight the hours of a day would end with it.
  const closing = at.getUTCHours() === 23 ? "24:00" : clock(hour);
  const hours = { [weekdays[at.getUTCDay()] ?? "mon"]: [["00:00", closing]] };
  const calendar = { id: "office-now", name: "Now", timeZone: "UTC", hours, holidays: [] };
  expect((await floor.api.call("POST", "/calendars", { as: "admin", body: calendar })).status).toBe(201);
  await floor.put("/agents/rae/profile", { capacity: 3, calendar: "office-now", languages: [], place: null, regions: [], active: true });
  const { offer } = await floor.seek("office");
  expect(offer?.closesAt).toBeGreaterThan(at.getTime());
  expect(offer?.closesAt).toBeLessThanOrEqual(at.getTime() + hour + 60_000);
});

test("two that lapse in a row set somebody away, however they come; an answer in between begins anew", async () => {
  await floor.team("absent-minded", { sam: 9 }, { offers });
  const lapse = async (): Promise<void> => {
    const { number, offer } = await offered("absent-minded");
    const end = offer?.endsAt ?? 0;
    const [due] = duesBy(restore((await prisma().ticket.findUniqueOrThrow({ where: { number } })).state as unknown as Stored), end).dues.filter(({ command }) => command.verb === "lapseOffer");
    if (due === undefined) throw new Error("It does not lapse.");
    await record(number, [due.command], { kind: "system", id: "clock" }, end);
  };
  const sam = async () => await prisma().agent.findUniqueOrThrow({ where: { id: "sam" } });
  await lapse();
  expect(await sam()).toMatchObject({ present: true, lapses: 1 });
  const { number } = await offered("absent-minded");
  await record(number, [{ verb: "acceptOffer", args: {} }], { kind: "staff", id: "sam", role: "agent" });
  await lapse();
  expect(await sam()).toMatchObject({ present: true, lapses: 1 });
  await lapse();
  expect(await sam()).toMatchObject({ present: false, lapses: 0 });
  expect(await prisma().outbox.count({ where: { kind: "presence", subject: "sam" } })).toBe(1);
  await floor.come("sam", true);
  expect(await sam()).toMatchObject({ present: true, lapses: 0 });
});

test("a place kept for an offer that no ticket has taken up is told again, with its terms", async () => {
  await floor.team("untold", { tea: 1 }, { offers });
  const { number } = await floor.seek("untold");
  await prisma().$executeRaw`UPDATE reservations SET created_at = created_at - interval '1 minute' WHERE ticket = ${number}`;
  await resignal({ prisma: prisma() } as never);
  const [letter] = await prisma().outbox.findMany({ where: { kind: "capacityFreed", subject: String(number) } });
  expect(letter?.payload).toEqual({ agent: "tea", team: "untold", decision: `${number}-1-1`, offer: { ...offers, closesAt: null } });
});

test("no two offers to one person, whatever anybody writes", async () => {
  await floor.team("twice", { una: 9 }, { offers });
  await floor.seek("twice");
  const second = prisma().reservation.create({ data: { ticket: 999_999, agentId: "una", offered: true } });
  await expect(second).rejects.toThrow(/Unique constraint/);
});

test("offers are an admin's to set: 3 minutes and three declines unless they say otherwise, and none again by null", async () => {
  const put = async (set: unknown, as: "admin" | "lead" = "admin") => (await floor.api.call("PUT", "/teams/support/dispatch", { as, body: { offers: set } })).body;
  expect(await put({})).toMatchObject({ rules: { offers: { answerWithinMs: 180_000, mostDeclines: 3 } } });
  expect((await put({}, "lead")).code).toBe("forbidden");
  expect(await put({ answerWithinMs: 1 })).toMatchObject({ code: "invalid", errors: [{ field: "offers.answerWithinMs" }] });
  expect(await put({ mostDeclines: 0 })).toMatchObject({ errors: [{ field: "offers.mostDeclines" }] });
  expect(await put(null)).toMatchObject({ rules: { offers: null } });
});
