// A deadline in one sentence, of which a reader can add up every number: in the hours that count, and nothing left unsaid.
import fc from "fast-check";
import { slaWords } from "../../api/sla/words/all";
import { add, openIntervals } from "../../domain/calendar";
import type { OpenInterval } from "../../domain/calendar";
import type { Coverage } from "../../domain/coverage";
import { deadline } from "../../domain/deadline";
import { pauses, sentence } from "../../domain/sentence";
import type { Instant, Ticket } from "../../domain/ticket";
import { languages } from "../../domain/words";
import type { Language } from "../../domain/words";
import { aSortedTicket, aTarget, does, part, policy, staff } from "./a-ticket";
import { always, hold, message, ongoing, pend, prioritise, resume } from "./measured";

const hour = 3_600_000;
const day = 24 * hour;
/** Midnight of a Monday, in UTC; the office is there, and open from eight to four. */
const monday = Date.UTC(2026, 10, 23);
const at = (days: number, time: string): Instant => monday + days * day + Date.parse(`1970-01-01T${time}Z`);

const open = openIntervals(Array.from({ length: 30 }, (_, index): OpenInterval => [at(index, "08:00"), at(index, "16:00")]), monday, monday + 30 * day);
const office: Coverage = { ...open, calendar: "oslo", edition: 1, name: "Oslo office", offsets: [[monday, 0]], exhausted: false };
const eightHours = { ...policy, targets: { resolution: aTarget(always(8 * hour), { calendar: "oslo@1" }) } };

/** Accepted on Monday at eleven. */
const accepted = aSortedTicket({ acceptedAt: at(0, "11:00") }, eightHours, [office]);
const said = (ticket: Ticket, now = ticket.updatedAt, language: Language = "en") =>
  sentence(ongoing(ticket, "resolution"), ticket.calendars, now, slaWords[language]);

test("a pause is told in the hours that count: the start, the target and the pause make the deadline", () => {
  const within = resume(pend(accepted, at(0, "12:00")), at(0, "14:15"));
  expect(said(within)).toBe("Due Tue 13:15: 8 business hours from Mon 11:00 (Oslo office), 2 h 15 min paused waiting for the requester.");
  const overnight = resume(pend(accepted, at(0, "15:00")), at(1, "09:15"));
  expect(said(overnight)).toBe(said(within));
});

test("one that moved nothing, since the office was closed, is left out; the ledger has it", () => {
  expect(said(resume(pend(accepted, at(0, "16:00")), at(1, "08:00")))).toBe("Due Tue 11:00: 8 business hours from Mon 11:00 (Oslo office).");
});

test("while it stands still it says why, from the first moment on, and then how long", () => {
  const waiting = pend(accepted, at(0, "15:00"));
  expect(said(waiting)).toBe("Stands still: 8 business hours from Mon 11:00 (Oslo office), paused waiting for the requester.");
  expect(said(waiting, at(1, "09:00"))).toBe("Stands still: 8 business hours from Mon 11:00 (Oslo office), 2 h paused waiting for the requester.");
});

test("where nobody knows how much of it was open, no number is made up", () => {
  const long = resume(hold(accepted, at(0, "15:00")), at(60, "09:00"));
  expect(pauses(ongoing(long, "resolution"), long.calendars, long.updatedAt)).toEqual([["on-hold", null]]);
  const known = { ...office, ...openIntervals([[at(60, "08:00"), at(60, "16:00")]], at(56, "00:00"), at(63, "00:00")) };
  const extended = does(long, "extendCalendar", { coverage: known }).ticket;
  expect(said(extended)).toMatch(/ 8 business hours from .* \(Oslo office\), paused on hold\.$/);
});

test("an instant is told as clocks showed it then, also when the calendar is known from later on alone", () => {
  const summer = { ...office, offsets: [[monday, 120]] as const };
  const ticket = aSortedTicket({ acceptedAt: at(0, "11:00") }, eightHours, [summer]);
  const winter = { ...office, since: at(28, "00:00"), offsets: [[at(28, "00:00"), 60]] as const };
  const extended = does(ticket, "extendCalendar", { coverage: winter }, part("rules")).ticket;
  expect(said(extended, at(1, "12:00"))).toMatch(/from Mon 13:00 /);
  expect(said(does(extended, "measure", { policy: { ...eightHours, edition: 2 }, windowsIn: null, calendars: [winter] }, part("rules")).ticket, at(1, "12:00"))).toMatch(/from Mon 13:00 /);
});

test("in any life the numbers add up", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(10), fc.nat(30), fc.boolean()), { maxLength: 5 }), (stretches) => {
      let ticket = accepted;
      for (const [ran, stood, isPending] of stretches) {
        const from = ticket.updatedAt + ran * (hour / 4);
        ticket = resume((isPending ? pend : hold)(ticket, from), from + stood * hour);
      }
      const cycle = ongoing(ticket, "resolution");
      fc.pre(cycle.breach === null);
      const stood = pauses(cycle, ticket.calendars, ticket.updatedAt).reduce((sum, [, ms]) => sum + (ms ?? NaN), 0);
      const due = deadline({ ...ticket, clocks: { ...ticket.clocks, firstResponse: ticket.clocks.nextResponse } });
      expect(due?.at).toBe(add(office, at(0, "11:00"), 8 * hour + stood));
    }),
  );
});

test("what a correction gave back, or took, is told: else nobody could make out the deadline", () => {
  const credited = (creditMs: number) =>
    does(accepted, "correct", { metric: "resolution", cycle: 1, creditMs, of: null, reason: message }, staff("lea", "lead"), at(0, "12:00")).ticket;
  expect(said(credited(hour))).toBe("Due Tue 12:00: 8 business hours from Mon 11:00 (Oslo office), 1 h given back by correction.");
  expect(said(credited(-hour))).toBe("Due Tue 10:00: 8 business hours from Mon 11:00 (Oslo office), 1 h taken off by correction.");
});

test.each(languages)("every language tells all of it: %s", (language) => {
  const paused = resume(pend(accepted, at(0, "12:00")), at(0, "14:15"));
  const args = { metric: "resolution", cycle: 1, creditMs: 2 * hour, of: null, reason: message } as const;
  const { units, because } = slaWords[language];
  const told = said(does(paused, "correct", args, staff("lea", "lead")).ticket, paused.updatedAt, language);
  for (const part of [because.pending, `2 ${units.hour} 15 ${units.minute}`, "15:15", "Oslo office"]) expect(told).toContain(part);
  expect(told.match(new RegExp(`2 ${units.hour}`, "gu"))).toHaveLength(2);
  expect(said(pend(accepted, at(0, "15:00")), at(0, "15:00"), language)).not.toMatch(/null|  | 0/);
  expect(said(prioritise(accepted, "high", at(0, "12:00")), at(0, "12:00"), language)).not.toContain(because.pending);
});
