// Tickets whose clocks are looked at: short words for what people do to them, and for what the clocks then say.
import { elapsed } from "../../domain/cycle";
import type { Cycle } from "../../domain/cycle";
import type { Metric, Policy } from "../../domain/policy";
import { deadline } from "../../domain/deadline";
import type { Instant, Ticket } from "../../domain/ticket";
import type { Priority } from "../../domain/words";
import { aTarget, aTicket, does, part, policy, requester, roundTheClock, staff, text } from "./a-ticket";

export const message = text();
export const none = { low: null, normal: null, high: null, urgent: null };
export const always = (ms: number) => ({ low: ms, normal: ms, high: ms, urgent: ms });

export function ongoing(ticket: Ticket, metric: Metric): Cycle {
  const cycle = ticket.clocks[metric].ongoing;
  if (cycle === null) throw new Error(`No ${metric} is running.`);
  return cycle;
}
export const ended = (ticket: Ticket, metric: Metric) => ticket.clocks[metric].past.at(-1)?.ended ?? null;
export const spent = (ticket: Ticket, metric: Metric, at: Instant) => elapsed(ongoing(ticket, metric), at, ticket.calendars);
export const pend = (ticket: Ticket, at: Instant) => does(ticket, "wait", { message: null, reason: null, until: null }, staff(), at).ticket;
export const hold = (ticket: Ticket, at: Instant) => does(ticket, "hold", { reason: null, until: null }, staff(), at).ticket;
export const resume = (ticket: Ticket, at: Instant) => does(ticket, "resume", {}, staff(), at).ticket;
export const reply = (ticket: Ticket, at: Instant) => does(ticket, "reply", { message }, staff(), at).ticket;
export const hears = (ticket: Ticket, at: Instant) => does(ticket, "requesterReply", { message }, requester, at).ticket;
export const resolve = (ticket: Ticket, at: Instant, worded = false) => does(ticket, "resolve", { message: worded ? message : null }, staff(), at).ticket;
export const assign = (ticket: Ticket, agent: string, at: Instant) => does(ticket, "assign", { agent, overCapacity: false }, staff(), at).ticket;
export const prioritise = (ticket: Ticket, priority: Priority, at: Instant) =>
  does(ticket, "prioritise", { priority, impact: null, urgency: null, reason: message }, staff(), at).ticket;
export const measure = (ticket: Ticket, by: Policy, at: Instant, calendars = [roundTheClock]) =>
  does(ticket, "measure", { policy: by, windowsIn: null, calendars }, part("rules"), at).ticket;

/** With the calendar known to its end, as a worker would have it. */
export const sighted = (ticket: Ticket): Ticket => ({ ...ticket, calendars: { "always@1": roundTheClock } });
/** The deadline without that of the first response. */
export const due = (ticket: Ticket) => deadline({ ...ticket, clocks: { ...ticket.clocks, firstResponse: aTicket({ status: "solved" }).clocks.firstResponse } });

/** Every metric measured, by far targets. */
export const full: Policy = {
  ...policy,
  targets: Object.fromEntries(
    (["firstResponse", "nextResponse", "periodicUpdate", "assignment", "resolution"] as const).map((metric) => [metric, aTarget(always(100_000))]),
  ),
};
export const watched = (intake = {}) => aTicket({}, intake, full);
