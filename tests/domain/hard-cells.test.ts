// The cells that a table alone doesn't explain, one law each.
import type { Actor } from "../../domain/actor";
import { seeksAssignee } from "../../domain/assignment";
import { nextDue } from "../../domain/due";
import { isRefusal } from "../../domain/refusal";
import { aSortedTicket, attempt, aTicket, does, part, policy, requester, staff, text } from "./a-ticket";

const message = text();
const ingrid = { agent: "ingrid", overCapacity: false };
const silent = { message: null };
const sent = (of: number, sentAt: number) => ({ of, notice: "n1", sentAt });

test("a new ticket is open when a person has it", () => {
  expect(does(aSortedTicket(), "assign", ingrid).ticket).toMatchObject({ status: "open", assignee: "ingrid" });
  const routed = does(aSortedTicket(), "route", { agent: "ola", team: "billing", decision: "d" }, part());
  expect(routed.ticket).toMatchObject({ status: "open", assignee: "ola" });
});

test("a new ticket is open when staff first replies, though nobody has it", () => {
  expect(does(aSortedTicket(), "reply", { message }).ticket).toMatchObject({ status: "open", assignee: null });
});

test("a note, or the requester's own words, leave a new ticket new", () => {
  expect(does(aSortedTicket(), "note", { message }).ticket.status).toBe("new");
  expect(does(aSortedTicket(), "requesterReply", { message }, requester).ticket.status).toBe("new");
});

test("unassigning keeps open, and takes the ticket out of routing", () => {
  const { ticket } = does(aTicket(), "unassign", {});
  expect(ticket).toMatchObject({ status: "open", assignee: null, routing: "none" });
  expect(seeksAssignee(ticket)).toBe(false);
});

test("nobody can be unassigned from a ticket that nobody has", () => {
  expect(attempt(aTicket({ assignee: null }), "unassign", {})).toMatchObject({ refused: "nobody_assigned" });
});

test.each(["new", "open", "pending", "on-hold"] as const)("a ticket that is %s can be resolved", (status) => {
  expect(does(aTicket({ status }), "resolve", silent).ticket.status).toBe("solved");
});

test("a requester's reply ends the wait for them, with its instant", () => {
  const waiting = aTicket({ status: "pending", resumeAt: 9_000 });
  const { ticket } = does(waiting, "requesterReply", { message }, requester);
  expect(ticket).toMatchObject({ status: "open", resumeAt: null });
});

test("a requester's reply leaves on hold what waits for a third party, with its instant", () => {
  const held = aTicket({ status: "on-hold", resumeAt: 9_000 });
  const { ticket } = does(held, "requesterReply", { message }, requester);
  expect(ticket).toMatchObject({ status: "on-hold", resumeAt: 9_000 });
});

test("a requester's reply reopens what was solved: it is never closed by itself then", () => {
  const solved = aTicket({ status: "solved" });
  const told = does(solved, "noteSent", sent(solved.version, solved.updatedAt), part("mail")).ticket;
  expect(nextDue(told)?.command.verb).toBe("autoClose");
  const { ticket } = does(told, "requesterReply", { message }, requester);
  expect(ticket).toMatchObject({ status: "open", solution: null, assignee: "ingrid" });
  expect(nextDue(ticket)?.command.verb).not.toBe("autoClose");
});

test("a reopened ticket that nobody has is routed", () => {
  const { ticket } = does(aTicket({ status: "solved", assignee: null }), "requesterReply", { message }, requester);
  expect(seeksAssignee(ticket)).toBe(true);
});

test("a requester's reply on a closed ticket is refused: it becomes a follow-up elsewhere", () => {
  expect(attempt(aTicket({ status: "closed" }), "requesterReply", { message }, requester)).toMatchObject({
    refused: "ticket_closed",
  });
});

test("the requester's thanks close what was solved, their no reopens it", () => {
  const solved = aTicket({ status: "solved" });
  expect(does(solved, "confirm", {}, requester).event).toMatchObject({ kind: "closed", facts: { how: "confirmed" } });
  expect(does(solved, "reject", {}, requester).ticket).toMatchObject({ status: "open", solution: null });
});

test("closed is final, save for a lead or an admin", () => {
  const closed = aTicket({ status: "closed" });
  const reopens = (by: Actor) => !isRefusal(attempt(closed, "reopen", { reason: text() }, by));
  const roles = ["agent", "lead", "admin", "auditor"] as const;
  expect(roles.filter((role) => reopens(staff("ida", role)))).toEqual(["lead", "admin"]);
  expect(reopens(requester) || reopens(part())).toBe(false);
});

test("a command with an older ifVersion is refused when the requester wrote meanwhile", () => {
  const seen = aTicket();
  const { ticket, event } = does(seen, "requesterReply", { message }, requester);
  const resolve = (ifVersion: number) => attempt(ticket, "resolve", silent, staff(), ticket.updatedAt, { ifVersion });
  expect(resolve(seen.version)).toMatchObject({ refused: "requester_wrote" });
  expect(isRefusal(resolve(event.version))).toBe(false);
});

test("not solved, as the requester says it, counts as their word", () => {
  const seen = aTicket({ status: "solved" });
  const { ticket } = does(seen, "reject", {}, requester);
  const more = { ifVersion: seen.version };
  expect(attempt(ticket, "resolve", silent, staff(), 2_000, more)).toMatchObject({ refused: "requester_wrote" });
});

test("what staff did meanwhile doesn't refuse an older ifVersion", () => {
  const seen = aTicket();
  const noted = does(seen, "note", { message }).ticket;
  expect(isRefusal(attempt(noted, "resolve", silent, staff(), 2_000, { ifVersion: seen.version }))).toBe(false);
});

test("auto-close counts from the sending of the mail that says solved, and never comes when that failed", () => {
  const solved = aTicket({ status: "solved" });
  expect(nextDue(solved)).toBeNull();
  const sentAt = solved.updatedAt + 100;
  const told = does(solved, "noteSent", sent(solved.version, sentAt), part("mail"), sentAt + 7).ticket;
  // A fiftieth of the window at most is added, so that thousands do not close at one instant.
  expect(nextDue(told)?.at).toBeGreaterThanOrEqual(sentAt + policy.autoCloseMs);
  expect(nextDue(told)?.at).toBeLessThanOrEqual(sentAt + policy.autoCloseMs * 1.02);
  const failure = { of: solved.version, notice: "n1" };
  const failed = does(solved, "noteUndelivered", failure, part("mail")).ticket;
  expect(nextDue(failed)).toBeNull();
  expect(attempt(failed, "autoClose", {}, part(), 99_999)).toMatchObject({ refused: "not_allowed_now" });
});

test("a mail that left after all, on another try, starts auto-close; another mail's failure doesn't stop it", () => {
  const solved = aTicket({ status: "solved" });
  const failed = does(solved, "noteUndelivered", { of: solved.version, notice: "n1" }, part("mail")).ticket;
  const told = does(failed, "noteSent", sent(solved.version, 2_000), part("mail")).ticket;
  expect(told.solution).toEqual({ version: solved.version, sentAt: 2_000, undelivered: false });
  const other = does(told, "noteUndelivered", { of: solved.version - 1, notice: "n0" }, part("mail")).ticket;
  expect(other.solution).toEqual(told.solution);
});

test("news of an earlier solution's mail is refused", () => {
  const first = aTicket({ status: "solved" });
  const again = does(does(first, "reject", {}, requester).ticket, "resolve", silent).ticket;
  expect(attempt(again, "noteSent", sent(first.version, 5_000), part("mail"))).toMatchObject({
    refused: "not_allowed_now",
  });
});

test("to a team: the assignee is cleared and the team's dispatch chooses", () => {
  const { ticket } = does(aTicket(), "transfer", { team: "network" });
  expect(ticket).toMatchObject({ team: "network", assignee: null, routing: "wanted", status: "open" });
});

test("recategorising never moves a ticket that somebody has: it suggests", () => {
  const elsewhere = { category: "vpn", type: null, team: "network" };
  const { ticket, event } = does(aTicket(), "categorise", elsewhere);
  expect(ticket).toMatchObject({ category: "vpn", team: "billing", assignee: "ingrid" });
  expect(event.facts).toMatchObject({ suggestedTeam: "network" });
  const unheld = does(aTicket({ assignee: null }), "categorise", elsewhere);
  expect(unheld.ticket).toMatchObject({ team: "network", routing: "wanted" });
});

test("what a person said of category and type, the rules leave as said", () => {
  const said = does({ ...aSortedTicket(), category: null }, "categorise", { category: "vpn", type: "bug", team: null });
  const ruled = { category: "billing", type: "question", team: "billing", rule: "r1" } as const;
  expect(does(said.ticket, "sort", ruled, part("rules")).ticket).toMatchObject({ category: "vpn", type: "bug" });
  const moved = does({ ...aSortedTicket(), team: null }, "transfer", { team: "network" }).ticket;
  expect(does(moved, "sort", ruled, part("rules")).ticket.team).toBe("network");
});

test("a wait until an instant that has passed is refused", () => {
  const ticket = aTicket();
  for (const until of [500, ticket.updatedAt]) {
    const args = { message: null, reason: null, until };
    expect(attempt(ticket, "wait", args)).toMatchObject({ refused: "instant_passed" });
    expect(attempt(ticket, "hold", { reason: null, until })).toMatchObject({ refused: "instant_passed" });
  }
});

test("a call that staff answered has had its first response", () => {
  const called = aSortedTicket({ channel: "phone", openedBy: staff(), acknowledge: false });
  expect(called.clocks.firstResponse.past[0]?.ended).toEqual({ at: called.createdAt, how: "met", by: "publicReply" });
  expect(aSortedTicket({ channel: "phone" }).clocks.firstResponse.ongoing?.ended).toBeNull();
});
