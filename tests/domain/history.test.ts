// The ledger: replayed it gives the deadlines again, and its intervals are what the clocks have counted.
import { add } from "../../domain/calendar";
import type { Beyond } from "../../domain/calendar";
import type { Actor } from "../../domain/actor";
import { decide } from "../../domain/decide";
import type { Command } from "../../domain/decide";
import type { Coverage } from "../../domain/coverage";
import { elapsed } from "../../domain/cycle";
import { historyOf } from "../../domain/history";
import type { LedgerEntry } from "../../domain/history";
import { metrics } from "../../domain/policy";
import { unopened } from "../../domain/opening";
import { isRefusal } from "../../domain/refusal";
import { anIntake, part, policy, requester, roundTheClock, staff, start, text } from "./a-ticket";
import { randomLife } from "./random-lives";
import type { Life } from "./lives";

const lives = 400;
const eventsOf = ({ turns }: Life) => turns.map(({ event }) => event);
const sum = (intervals: readonly (readonly [number, number])[]) => intervals.reduce((total, [from, to]) => total + to - from, 0);

/** A correction of a cycle that has ended stands beside its figures. */
const credited = ({ state, creditMs }: LedgerEntry) => (state === "running" || state === "standing" ? creditMs : 0);

/** The deadline after an entry, from the entries alone and the whole calendar. */
function replayed(life: Life, entries: readonly LedgerEntry[]): number | null | Beyond {
  const last = entries.at(-1);
  if (last === undefined) throw new Error("No entry.");
  const counted = entries.reduce((total, entry) => total + sum(entry.counted) - credited(entry), 0);
  if (last.breachedAt !== null) return last.breachedAt;
  if (last.state !== "running" || last.targetMs === null) return null;
  const coverage = life.measure.calendars.find(({ calendar, edition }) => `${calendar}@${edition}` === last.calendar);
  return coverage === undefined ? null : add(coverage, last.at, last.targetMs - counted);
}

test(`replaying the ledger gives the same deadlines: ${lives} lives`, () => {
  for (let seed = 1; seed <= lives; seed++) {
    const life = randomLife(seed, true);
    const { ledger, ticket } = historyOf(life.intake, eventsOf(life));
    expect(ticket).toEqual(life.ticket);
    for (const metric of metrics) {
      for (let cycle = 1; cycle <= ticket.clocks[metric].begun; cycle++) {
        const ours = ledger.filter((entry) => entry.metric === metric && entry.cycle === cycle);
        ours.forEach((entry, index) => {
          // What has passed already is not counted on from here.
          if (entry.to === null || entry.to <= entry.at || entry.state === "met" || entry.state === "cancelled") return;
          expect([seed, metric, entry.version, replayed(life, ours.slice(0, index + 1))]).toEqual([seed, metric, entry.version, entry.to]);
          if (index > 0) expect([seed, entry.version, entry.from]).toEqual([seed, entry.version, ours[index - 1]?.to]);
        });
      }
    }
  }
});

test(`what the ledger has counted is what every cycle has, however it ended: ${lives} lives`, () => {
  for (let seed = 1; seed <= lives; seed++) {
    const life = randomLife(seed, true);
    const { ledger, cycles, calendars } = historyOf(life.intake, eventsOf(life));
    for (const { metric, cycle } of cycles) {
      const ours = ledger.filter((entry) => entry.metric === metric && entry.cycle === cycle.number);
      const last = ours.at(-1);
      if (last === undefined || cycle.calendar === null) continue;
      const total = ours.reduce((all, entry) => all + sum(entry.counted) - credited(entry), 0);
      const until = cycle.ended?.at ?? last.at;
      const running = cycle.ended === null && cycle.since !== null && cycle.since > last.at;
      if (!running) expect([seed, metric, total]).toEqual([seed, metric, elapsed(cycle, until, calendars)]);
    }
  }
});

test("each change of a target has its event, its edition, what was counted and what stood still", () => {
  const { intake, events } = told();
  const { ledger } = historyOf(intake, events);
  const resolution = ledger.filter(({ metric }) => metric === "resolution");
  expect(resolution.map(({ kind, from, to, counted, paused }) => [kind, from, to, counted, paused])).toEqual([
    ["opened", null, null, [], []],
    ["policyApplied", null, start + 160, [], []],
    ["pended", start + 160, null, [[start, start + 50]], []],
    ["requesterReplied", null, start + 190, [], [{ from: start + 50, to: start + 80, why: "pending" }]],
    ["prioritised", start + 190, start + 110, [[start + 80, start + 90]], []],
    ["resolved", start + 110, null, [[start + 90, start + 100]], []],
    ["corrected", null, null, [], []],
  ]);
  expect(resolution.slice(1).map(({ under }) => under)).toEqual(Array.from({ length: 6 }, () => "standard@1"));
});

test("a pause in which something else changes is told in parts, none of it twice", () => {
  const { intake, events } = told([
    [{ verb: "wait", args: { message: null, reason: null, until: null } }, staff(), 50],
    [{ verb: "prioritise", args: { priority: "low", impact: null, urgency: null, reason: null } }, staff(), 60],
    [{ verb: "resume", args: {} }, staff(), 80],
  ]);
  const paused = historyOf(intake, events).ledger.flatMap((entry) => (entry.metric === "resolution" ? entry.paused : []));
  expect(paused).toEqual([{ from: start + 50, to: start + 60, why: "pending" }, { from: start + 60, to: start + 80, why: "pending" }]);
});

test("a cycle that ended is kept with its figures; a correction stands beside them", () => {
  const { intake, events } = told();
  const { cycles } = historyOf(intake, events);
  const story = cycles.find(({ metric }) => metric === "resolution");
  expect(story?.cycle).toMatchObject({ elapsedMs: 70, creditMs: 0, ended: { at: start + 100, how: "met" } });
  expect(story?.corrections).toMatchObject([{ creditMs: 20, by: "lea", cycle: 1 }]);
});

type Story = readonly (readonly [Command, Actor, number])[];

const message = text();

/** Asked, answered, made more pressing, solved, and corrected afterwards. */
const usual: Story = [
  [{ verb: "wait", args: { message, reason: null, until: null } }, staff(), 50],
  [{ verb: "requesterReply", args: { message } }, requester, 80],
  [{ verb: "prioritise", args: { priority: "high", impact: null, urgency: null, reason: message } }, staff(), 90],
  [{ verb: "resolve", args: { message: null } }, staff(), 100],
  [{ verb: "correct", args: { metric: "resolution", cycle: 1, creditMs: 20, of: { from: start, to: start + 20 }, reason: message } }, staff("lea", "lead"), 300],
];

/** What becomes of a ticket that is sorted and measured at once. */
function told(then = usual, calendars: readonly Coverage[] = [roundTheClock], promise = policy) {
  const intake = anIntake();
  const story: Story = [
    [{ verb: "open", args: { intake } }, part("intake"), 0],
    [{ verb: "sort", args: { category: "billing", type: "question", team: "billing", rule: null } }, part("rules"), 0],
    [{ verb: "measure", args: { policy: promise, windowsIn: null, calendars } }, part("rules"), 0],
    ...then,
  ];
  let ticket = unopened(intake);
  const events = story.map(([command, by, at], index) => {
    const decision = decide(ticket, command, { by, at: start + at, cause: `told:${index}` });
    if (isRefusal(decision)) throw new Error(decision.message);
    ticket = decision.ticket;
    return decision.event;
  });
  return { intake, events };
}
