// What a long life costs in history events: the same number of events in a second as in a month, since nothing polls.
import { aDesk, ingrid } from "../support/desk";
import type { Desk } from "../support/desk";

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
  await desk.startWorker();
});
afterAll(async () => await desk.close());

async function eventsOf(number: number): Promise<number> {
  const { events } = await desk.namespace.client.workflow.getHandle(`ticket:${number}`).fetchHistory();
  return events?.length ?? 0;
}

test("20 pauses, 3 changes of priority and one of policy, on the seeded policies: under 400 events, and no waiting costs any", async () => {
  const number = await desk.openAssigned({ stated: { type: "question", impact: null, urgency: null } });
  await desk.command(number, "reply", { message: await desk.draft(number, "We are looking into it.") });
  for (let pause = 1; pause <= 20; pause++) {
    await desk.command(number, "hold", { reason: null, until: null });
    await desk.command(number, "resume", {});
    const priority = ({ 5: "high", 10: "low", 15: "normal" } as const)[pause];
    if (priority !== undefined) {
      await desk.command(number, "prioritise", { priority, impact: null, urgency: null, reason: await desk.draft(number, "So it is.", ingrid, "reason") });
    }
    if (pause === 18) await desk.command(number, "applyPolicy", { policy: "seoul", reason: null }, { by: ingrid });
  }
  await desk.command(number, "hold", { reason: null, until: null });
  const paused = await eventsOf(number);
  await desk.command(number, "resolve", { message: null });
  await desk.command(number, "close", {});
  await desk.ended(number);
  const all = await eventsOf(number);
  expect(all).toBeLessThan(400);
  expect(paused).toBeLessThan(all);
  const state = await desk.state(number);
  expect(state.policy?.id).toBe("seoul");
  // It goes into a row with every record, and on to the next run.
  expect(JSON.stringify(state).length).toBeLessThan(16_000);
});

test("a paused ticket causes nothing at all: no timer is set", async () => {
  const number = await desk.openAssigned({ stated: { type: "question", impact: null, urgency: null } });
  await desk.command(number, "reply", { message: await desk.draft(number, "We ask our supplier.") });
  await desk.command(number, "hold", { reason: null, until: null });
  expect((await desk.live(number)).next).toBeNull();
  const { events } = await desk.namespace.client.workflow.getHandle(`ticket:${number}`).fetchHistory();
  const started = (events ?? []).filter((event) => event.timerStartedEventAttributes).length;
  const over = (events ?? []).filter((event) => event.timerCanceledEventAttributes ?? event.timerFiredEventAttributes).length;
  expect(started).toBe(over);
});
