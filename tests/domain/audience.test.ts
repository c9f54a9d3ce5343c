// Who hears of what: the table once more by hand, then laws over random lives.
import fc from "fast-check";
import type { Actor } from "../../domain/actor";
import { audience, requesterTemplates, staffTemplates } from "../../domain/audience";
import type { Notice } from "../../domain/audience";
import { decide } from "../../domain/decide";
import { isRefusal } from "../../domain/refusal";
import type { Ticket } from "../../domain/ticket";
import { aSortedTicket, aTicket, does, part, requester, staff, stepsTaken, text } from "./a-ticket";
import { aCommand, lives, plain } from "./lives";
import type { Life, Moment } from "./lives";

const say = ({ recipient, template }: Notice) =>
  `${recipient.to === "agent" ? recipient.agent : recipient.to}: ${template}`;

/** What is told when `by` does it; Ingrid has the ticket, unless it says otherwise. */
function told(ticket: Ticket, verb: Moment["verb"], by: Actor, moment: Partial<Moment> = {}): string[] {
  if (verb === "due" || verb === "mail") throw new Error("Name the verb.");
  const at = ticket.updatedAt + (moment.gap ?? 10_000);
  const command = aCommand(verb, ticket, at, { ...plain, who: "ola", ...moment });
  const decided = decide(ticket, command, { by, at, cause: "told" });
  if (isRefusal(decided)) throw new Error(decided.message);
  return audience(decided.event, ticket, decided.ticket).map(say);
}

const [ola, ingrid, clock] = [staff("ola"), staff("ingrid"), part("clock")];
const open = aTicket();
const nobodys = aTicket({ assignee: null });
const solved = aTicket({ status: "solved" });
const sent = { version: 5, sentAt: 0, undelivered: false };

test.each([
  ["rules categorise", told(aSortedTicket(), "sort", part("rules")), []],
  ["somebody recategorises", told(open, "categorise", ola), []],
  ["somebody reprioritises", told(open, "prioritise", ola), []],
  ["it waits in the queue", told({ ...aSortedTicket(), routing: "wanted" }, "queue", part("dispatch")), []],
  ["nobody was found in time", told(aSortedTicket(), "acknowledge", clock), ["requester: acknowledgement"]],
  ["dispatch gives it", told({ ...aSortedTicket(), routing: "wanted" }, "route", part("dispatch")),
    ["ola: assigned", "requester: acknowledgement"]],
  ["a colleague takes it over", told(open, "assign", ola), ["ingrid: taken-over", "requester: new-assignee"]],
  ["its assignee hands it on", told(open, "assign", ingrid), ["ola: assigned", "requester: new-assignee"]],
  ["a lead moves it", told(open, "assign", staff("lea", "lead")),
    ["ola: assigned", "ingrid: taken-over", "requester: new-assignee"]],
  ["it is given to whom has it", told(open, "assign", ola, { who: "ingrid" }), []],
  ["it goes to a team", told(open, "transfer", ola), ["ingrid: taken-over"]],
  ["somebody is relieved of it", told(open, "unassign", ola), ["ingrid: taken-over", "lead: unassigned"]],
  ["the assignee replies", told(open, "reply", ingrid), ["requester: public-reply"]],
  ["a colleague replies", told(open, "reply", ola), ["requester: public-reply", "ingrid: colleague-wrote"]],
  ["a colleague notes", told(open, "note", ola), ["ingrid: colleague-wrote"]],
  ["the assignee notes", told(open, "note", ingrid), []],
  ["the requester replies", told(open, "requesterReply", requester), ["ingrid: requester-wrote"]],
  ["and nobody has it", told(nobodys, "requesterReply", requester), ["lead: requester-wrote"]],
  ["a colleague writes down their words", told(open, "requesterReply", ola), ["ingrid: requester-wrote"]],
  ["the assignee writes them down", told(open, "requesterReply", ingrid), []],
  ["their reply reopens", told(solved, "requesterReply", requester), ["ingrid: requester-reopened"]],
  ["they say not solved", told(solved, "reject", requester), ["ingrid: requester-reopened"]],
  ["they say thanks", told(solved, "confirm", requester), []],
  ["staff ask them", told(open, "wait", ingrid), ["requester: pending"]],
  ["staff wait without a word", told(open, "wait", ingrid, { worded: false }), []],
  ["on hold", told(open, "hold", ola), []],
  ["somebody resumes", told(aTicket({ status: "on-hold" }), "resume", ola), []],
  ["the wait is over", told(aTicket({ status: "on-hold", resumeAt: 1_001 }), "wake", clock), ["ingrid: resumed"]],
  ["resolved", told(open, "resolve", ingrid), ["requester: solved"]],
  ["resolved without a word", told(open, "resolve", ingrid, { worded: false }), ["requester: solved"]],
  ["closed by staff", told(solved, "close", ola), []],
  ["closed by itself", told(aTicket({ status: "solved", solution: sent }), "autoClose", clock), []],
  ["a lead reopens", told(aTicket({ status: "closed" }), "reopen", staff("lea", "lead")), ["ingrid: reopened"]],
  ["the mail has left", told(solved, "noteSent", part("mail")), []],
  ["the mail never leaves", told(solved, "noteUndelivered", part("mail")), ["ingrid: undelivered"]],
  ["a notice is tried again", told(open, "retryNotice", ola), []],
  ["three quarters are gone", told(open, "remind", clock, { gap: 60 }), ["ingrid: reminder"]],
  ["and nobody has it", told(nobodys, "remind", clock, { gap: 60 }), ["lead: reminder"]],
  ["the reminder is overtaken", told(open, "remind", clock, { gap: 9_000 }), []],
  ["the target is missed", told(stepsTaken(open, 1), "breach", clock), []],
  ["its chain begins", told(stepsTaken(open, 2), "nextLevel", clock, { gap: 1 }), ["lead: escalation"]],
  ["and it is missed later still", told(stepsTaken(open, 3), "nextLevel", clock), ["manager: escalation"]],
  ["both fall due at once", told(stepsTaken(open, 2), "nextLevel", clock), []],
  ["somebody escalates", told(open, "escalate", ola), ["lead: escalation"]],
  ["it has escalated already", told({ ...open, escalation: 1 }, "escalate", ola), ["manager: escalation"]],
  ["somebody has seen it", told(stepsTaken(open, 3), "acknowledgeEscalation", ola), []],
  ["another policy is wanted", told(open, "applyPolicy", ola), []],
  ["another policy holds", told(open, "measure", part("rules")), []],
  ["a lead corrects", told(open, "correct", staff("lea", "lead")), []],
])("when %s", (_, heard, expected) => expect(heard).toEqual(expected));

const anyLife = fc.oneof(lives({ sorted: false }), lives(), lives({ punctual: true }));
const noticesOf = ({ turns }: Pick<Life, "turns">) =>
  turns.map((turn) => ({ ...turn, notices: audience(turn.event, turn.before, turn.after) }));

test("nobody hears of their own act, and nobody twice of one event", () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      for (const { event, notices } of noticesOf(life)) {
        const names = notices.map(({ recipient }) => (recipient.to === "agent" ? recipient.agent : recipient.to));
        expect(new Set(names).size).toBe(names.length);
        expect(names).not.toContain(event.by.kind === "staff" ? event.by.id : event.by.kind);
      }
    }),
  );
});

test("the requester hears of people's words and of who has it, and of nothing else", () => {
  const mayTell = ["acknowledged", "assigned", "replied", "pended", "resolved", "askedBack", "requesterReminded", "expectedLater"];
  fc.assert(
    fc.property(anyLife, (life) => {
      for (const { event, notices } of noticesOf(life)) {
        const [theirs, ours] = [notices.filter(isTheirs), notices.filter((notice) => !isTheirs(notice))];
        if (theirs.length > 0) expect(mayTell).toContain(event.kind);
        for (const { template } of theirs) expect(requesterTemplates).toContain(template);
        for (const { template } of ours) expect(staffTemplates).toContain(template);
      }
    }),
  );
});

const isTheirs = ({ recipient }: Notice) => recipient.to === "requester";

test("one acknowledgement in a life at most: just when the ticket says it was sent, never after a staff reply", () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      const told = noticesOf(life).flatMap(({ notices }) => notices.filter(isTheirs).map(({ template }) => template));
      const owed = life.intake.acknowledge && life.ticket.acknowledgement === "sent";
      expect(told.filter((template) => template === "acknowledgement")).toHaveLength(owed ? 1 : 0);
      const answered = told.findIndex((template) => ["public-reply", "pending", "solved"].includes(template));
      if (answered !== -1) expect(told.slice(answered)).not.toContain("acknowledgement");
    }),
  );
});

test("who has it now is told only after the acknowledgement and before the first response", () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      let acknowledged = false;
      let answered = life.intake.channel === "phone" && life.intake.openedBy !== null;
      for (const { event, notices } of noticesOf(life)) {
        const theirs = notices.filter(isTheirs).map(({ template }) => template);
        if (theirs.includes("new-assignee")) expect([acknowledged, answered]).toEqual([true, false]);
        acknowledged ||= theirs.includes("acknowledgement");
        answered ||= event.kind === "replied" || theirs.includes("pending");
        answered ||= event.kind === "resolved" && event.facts.message !== null;
      }
    }),
  );
});

test("a staff reply before the acknowledgement stands in its place", () => {
  const replied = does(aSortedTicket(), "reply", { message: text() }).ticket;
  expect(replied.acknowledgement).toBe("none");
  expect(told(replied, "assign", staff("lea", "lead"))).toEqual(["ola: assigned"]);
});
