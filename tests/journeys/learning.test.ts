// The desk learns from what it has done: a model is trained from closed tickets, decides where no rule does, says why,
// and is replaced only by one that is no worse.
import { randomUUID } from "node:crypto";
import { categoryReasons, modelView } from "../../contract/categorisation";
import { learningScheduleId } from "../../workflows/messages";
import type { Retrained } from "../../workflows/retraining";
import { keepSchedules } from "../../relay/schedules";
import { aJourney } from "./a-journey";
import type { Journey } from "./a-journey";
import { aSubmission } from "../api/an-api";

let journey: Journey;
beforeAll(async () => {
  journey = await aJourney();
  // So that the model is asked.
  await journey.desk.prisma.rule.updateMany({ data: { retiredAt: new Date() } });
});
afterAll(() => journey.close());

const subjects = { refund: "turbine in the hangar", login: "lantern on the pier", card: "violin with a broken string" };
const others = ["hums", "is late", "looks odd", "came twice", "fell over"];

/** Closed tickets, as the desk would have left them. */
async function closedTickets(from: number, count: number): Promise<void> {
  const { prisma } = journey.desk;
  const requester = await prisma.requester.create({ data: { id: randomUUID(), email: `old-${from}@customer.example` } });
  const numbers = Array.from({ length: count }, (_, at) => from + at);
  const now = new Date();
  const common = { requesterId: requester.id, channel: "web", language: "en", createdAt: now, updatedAt: now, state: {}, started: true };
  await prisma.ticket.createMany({
    data: numbers.map((number) => {
      const [category, subject] = Object.entries(subjects)[number % 3] as [string, string];
      return { ...common, number, version: 1, status: "closed", type: "request", category, priority: "normal", priorityRank: 1, teamId: "billing", subject: `The ${subject}` };
    }),
  });
  await prisma.message.createMany({
    data: numbers.map((number) => {
      const [, subject] = Object.entries(subjects)[number % 3] as [string, string];
      const text = `My ${subject} ${others[number % 5]} since ${number % 7} days`;
      return { id: randomUUID(), ticket: number, visibility: "public", authorKind: "requester", authorId: requester.id, text, sha256: "0", version: 1 };
    }),
  });
}

async function train(): Promise<Retrained> {
  const { status, body } = await journey.api.call("POST", "/models/training", { as: "admin" });
  expect(status).toBe(202);
  return await journey.desk.temporal.workflow.getHandle(String(body.workflow)).result() as Retrained;
}

const models = async () => ((await journey.api.call("GET", "/models")).body.items as unknown[]).map((item) => modelView.parse(item));
const why = async (number: number) => categoryReasons.parse((await journey.api.call("GET", `/tickets/${number}/category`)).body);

async function open(text: string): Promise<number> {
  const { body } = await journey.api.call("POST", "/tickets", { as: "nobody", body: aSubmission({ subject: "A question", text }) });
  const number = body.number as number;
  await journey.desk.until(number, ({ category }) => category !== null);
  return number;
}

test("with too little to learn from it says so, and people go on sorting", async () => {
  expect(await train()).toMatchObject({ edition: null, promoted: false, story: expect.stringContaining("Too little") });
  const number = await open("My turbine hums");
  expect(await why(number)).toMatchObject({ category: "uncategorised", source: "triage", proposed: { model: null, words: [] } });
});

test("a model learned from closed tickets decides, and says by which words; a person's word then stands", async () => {
  await closedTickets(500_000, 300);
  expect(await train()).toMatchObject({ edition: 1, promoted: true });
  const [model] = await models();
  expect(model).toMatchObject({ edition: 1, inUse: true, examples: 240, former: null, quality: { texts: 60, accuracy: 1 } });

  const number = await open("Since 3 days the lantern on our pier looks odd");
  expect(await journey.desk.state(number)).toMatchObject({ category: "login", team: "accounts" });
  const reasons = await why(number);
  expect(reasons).toMatchObject({ category: "login", source: "model", by: null, proposed: { source: "model", model: 1, rule: null } });
  expect(reasons.proposed?.confidence).toBeGreaterThan(0.8);
  expect(reasons.proposed?.words.map(({ text }) => text)).toEqual(expect.arrayContaining(["lantern"]));

  await journey.act(number, "category", { method: "PUT", body: { category: "card" } });
  expect(await why(number)).toMatchObject({ category: "card", source: "staff", by: "amara", proposed: { category: "login" } });
});

test("what it does not know it leaves to people, and says what it thought", async () => {
  const number = await open("Completely different matters entirely");
  const reasons = await why(number);
  expect(reasons).toMatchObject({ category: "uncategorised", source: "triage", proposed: { model: 1 } });
  expect(reasons.proposed?.others.length).toBeGreaterThan(0);
});

test("no word of a customer is in the history of a ticket that the model categorised, nor in that of its training", async () => {
  const number = await open("A violin with a broken string came twice");
  const { temporal } = journey.desk;
  for (const id of [`ticket:${number}`, `${learningScheduleId}-now`]) {
    const history = JSON.stringify(await temporal.workflow.getHandle(id).fetchHistory());
    for (const word of ["violin", "string", "lantern", "turbine"]) {
      expect(history).not.toContain(word);
      expect(history).not.toContain(Buffer.from(word).toString("base64").slice(1, -3));
    }
  }
});

test("nothing new: nothing is trained", async () => {
  await train();
  const before = await models();
  expect(await train()).toMatchObject({ edition: null, story: expect.stringContaining("Nothing has changed") });
  expect(await models()).toEqual(before);
});

test("a worse one is kept with its figures beside the old one's, and not taken into use", async () => {
  const inUse = (await models()).find((model) => model.inUse)?.edition;
  // Whoever closed these got them wrong; those for judging are right.
  await journey.desk.prisma.$executeRaw`
    UPDATE tickets SET category = CASE category WHEN 'refund' THEN 'login' WHEN 'login' THEN 'card' ELSE 'refund' END,
      updated_at = clock_timestamp()
    WHERE number >= 500000 AND number % 5 <> 0`;
  const { edition, promoted, story } = await train();
  expect({ promoted, story }).toEqual({ promoted: false, story: expect.stringContaining(`edition ${inUse} had 100.0 % and stays`) });
  const [worse] = await models();
  expect(worse).toMatchObject({ edition, inUse: false, former: { edition: inUse, quality: { accuracy: 1 } } });
  expect(worse?.quality.accuracy).toBeLessThan(0.5);
});

test("an admin may take any edition into use, go back, or have none; nobody else may", async () => {
  const [newest, former] = await models();
  const path = `/models/${newest?.edition}/promotion`;
  for (const as of ["agent", "lead", "auditor"] as const) expect((await journey.api.call("POST", path, { as })).status).toBe(403);
  expect((await journey.api.call("POST", path, { as: "admin" })).body).toMatchObject({ edition: newest?.edition, inUse: true });
  await journey.api.call("POST", `/models/${former?.edition}/promotion`, { as: "admin" });
  expect((await models()).filter(({ inUse }) => inUse).map(({ edition }) => edition)).toEqual([former?.edition]);
  expect((await journey.api.call("POST", "/models/999/promotion", { as: "admin" })).status).toBe(404);
  expect((await journey.api.call("DELETE", "/models/in-use", { as: "admin" })).status).toBe(204);
  expect((await models()).some(({ inUse }) => inUse)).toBe(false);
  expect(await why(await open("My lantern on the pier hums"))).toMatchObject({ source: "triage", proposed: { model: null } });
});

test("a model that can't be read is as none: tickets are sorted all the same", async () => {
  const [row] = await models();
  await journey.desk.prisma.learnedModel.update({ where: { edition: row?.edition ?? 0 }, data: { bytes: Uint8Array.of(1, 2, 3) } });
  await journey.api.call("POST", `/models/${row?.edition}/promotion`, { as: "admin" });
  expect(await why(await open("My lantern on the pier is late"))).toMatchObject({ source: "triage", proposed: { model: null } });
});

test("it is trained every night; told again, the schedule is left as it is", async () => {
  const { temporal } = journey.desk;
  await keepSchedules({ temporal });
  await keepSchedules({ temporal });
  const { action, spec } = await temporal.schedule.getHandle(learningScheduleId).describe();
  expect(action).toMatchObject({ type: "startWorkflow", workflowType: "retraining" });
  expect(spec.calendars?.[0]?.hour).toEqual([{ start: 2, end: 2, step: 1 }]);
});
