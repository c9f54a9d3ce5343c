// What a reader is told of a ticket's calendars beyond what the ticket itself had to know.
import { sighted } from "../../api/sla/sight";
import { expand } from "../../calendars/expand";
import { offsetsOver } from "../../calendars/zone";
import { between } from "../../domain/calendar";
import type { Coverage } from "../../domain/coverage";
import { decide } from "../../domain/decide";
import type { Command } from "../../domain/decide";
import { historyOf } from "../../domain/history";
import { unopened } from "../../domain/opening";
import { dayMs } from "../../domain/opening-hours";
import { isRefusal } from "../../domain/refusal";
import { aTarget, anIntake, part, policy, start } from "./a-ticket";
import { always } from "./measured";

const open = [["08:00", "16:00"]] as const;
const office = { edition: 1, validFrom: null, timeZone: "Europe/Oslo", hours: { mon: open, tue: open, wed: open, thu: open, fri: open }, holidays: [] };
const coverage = (from: number, until: number): Coverage => {
  const offsets = offsetsOver(office.timeZone, from * dayMs, until * dayMs);
  return { ...expand([office], from * dayMs, until * dayMs), calendar: "oslo", edition: 1, name: "Oslo office", offsets, exhausted: false };
};
const whole = expand([office], 0, 101 * dayMs + start);
const promise = { ...policy, targets: { resolution: aTarget(always(8 * dayMs), { calendar: "oslo@1" }) } };

/** Put on hold on the second day, for two months in which nobody asks the calendar anything; it runs again since. */
const history = (() => {
  const intake = anIntake();
  const story: readonly (readonly [Command, number])[] = [
    [{ verb: "open", args: { intake } }, 0],
    [{ verb: "sort", args: { category: "billing", type: "question", team: "billing", rule: null } }, 0],
    [{ verb: "measure", args: { policy: promise, windowsIn: null, calendars: [coverage(0, 21)] } }, 0],
    [{ verb: "hold", args: { reason: null, until: null } }, 2],
    [{ verb: "resume", args: {} }, 60],
    [{ verb: "extendCalendar", args: { coverage: coverage(56, 84) } }, 60],
  ];
  let ticket = unopened(intake);
  const events = story.map(([command, day], index) => {
    const decision = decide(ticket, command, { by: part(), at: start + day * dayMs, cause: `${index}` });
    if (isRefusal(decision)) throw new Error(decision.message);
    ticket = decision.ticket;
    return decision.event;
  });
  return historyOf(intake, events);
})();

const resolution = ({ cycles }: typeof history) => cycles.find(({ metric }) => metric === "resolution")?.cycle;

test("a pause that reached beyond all that the ticket knew is counted in the calendar's own rules", () => {
  expect(resolution(history)?.pausedMs["on-hold"]).toBeNull();
  const read = sighted(history, new Map([["oslo@1", [office]]]), start + 100 * dayMs);
  expect(resolution(read)?.pausedMs).toMatchObject({ "on-hold": between(whole, start + 2 * dayMs, start + 60 * dayMs), pending: 0 });
});

test("today is known, and what nobody had asked for in between; what the journal knows stays as it is", () => {
  expect(history.calendars["oslo@1"]?.gaps).toEqual([[21 * dayMs, 56 * dayMs]]);
  const read = sighted(history, new Map([["oslo@1", [office]]]), start + 100 * dayMs);
  expect(read.calendars["oslo@1"]).toMatchObject({ ...whole, gaps: [] });
  const moved = { ...office, hours: { sun: open } };
  const known = sighted(history, new Map([["oslo@1", [moved]]]), start + 100 * dayMs).calendars["oslo@1"];
  expect(known?.intervals.filter(([from]) => from < 21 * dayMs)).toEqual(coverage(0, 21).intervals);
});
