import { aJourney } from "./a-journey";
import type { Journey } from "./a-journey";

let journey: Journey;
beforeAll(async () => void (journey = await aJourney()));
afterAll(() => journey.close());

const say = (number: number, text: string, key?: string) =>
  journey.act(number, "messages", {
    body: { text, as: "requester" },
    ...(key === undefined ? {} : { headers: { "idempotency-key": key } }),
  });

test("what the requester says to a closed ticket opens one linked follow-up, and later words find it", async () => {
  const number = await journey.aTicket({ status: "closed" });
  const first = await say(number, "It happened again.");
  expect(first.status).toBe(201);
  const followUp = first.body.ticket as number;
  expect(followUp).not.toBe(number);
  expect(await journey.ticket(followUp)).toMatchObject({ followUpOf: number, subject: "Card lost" });
  expect(await journey.ticket(number)).toMatchObject({ followedUpBy: followUp, status: "closed" });

  const second = await say(number, "And again.");
  expect(second.body.ticket).toBe(followUp);
  expect((await journey.messages(followUp)).map(({ text }) => text)).toEqual(["It happened again.", "And again."]);
});

test("two who speak at once open one follow-up, and neither's words are lost", async () => {
  const number = await journey.aTicket({ status: "closed" });
  const answers = await Promise.all([say(number, "One."), say(number, "Two."), say(number, "Three.")]);
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  const tickets = new Set(answers.map(({ body }) => body.ticket as number));
  expect(tickets.size).toBe(1);
  const [followUp] = [...tickets] as [number];
  expect((await journey.messages(followUp)).map(({ text }) => text).sort()).toEqual(["One.", "Three.", "Two."]);
});

test("the same words under the same key, sent many times at once, are said once", async () => {
  for (let round = 0; round < 4; round += 1) {
    const number = await journey.aTicket({ status: "closed" });
    const answers = await Promise.all(Array.from({ length: 6 }, () => say(number, "Once.", `at-once-${round}`)));
    const done = answers.filter(({ status }) => status === 201);
    expect(new Set(done.map(({ body }) => `${String(body.ticket)}.${String(body.version)}`)).size).toBe(1);
    const followUp = done[0]?.body.ticket as number;
    expect((await journey.messages(followUp)).map(({ text }) => text)).toEqual(["Once."]);
  }
});

test("the same words under the same key are said once, also when they opened the follow-up", async () => {
  const number = await journey.aTicket({ status: "closed" });
  const first = await say(number, "Once.", "said-once");
  const again = await say(number, "Once.", "said-once");
  expect(again.body).toEqual(first.body);
  const later = await say(number, "More.", "said-later");
  const laterAgain = await say(number, "More.", "said-later");
  expect(laterAgain.body).toEqual(later.body);
  expect(await journey.messages(first.body.ticket as number)).toHaveLength(2);
});

test("a follow-up of a follow-up: words find the last one", async () => {
  const number = await journey.aTicket({ status: "closed" });
  const second = (await say(number, "Again.")).body.ticket as number;
  await journey.desk.until(second, ({ assignee }) => assignee !== null);
  await journey.act(second, "resolution");
  await journey.act(second, "closure");
  const third = (await say(number, "And again.")).body.ticket as number;
  expect(await journey.ticket(third)).toMatchObject({ followUpOf: second });
});
