// Action × role, written out a second time: a permission is changed on purpose or not at all.
import fc from "fast-check";
import { abilities, can } from "../../domain/access";
import type { Action } from "../../domain/access";
import { roles } from "../../domain/actor";
import type { Actor } from "../../domain/actor";
import { decide } from "../../domain/decide";
import { requesterVerbs, staffVerbs } from "../../domain/lifecycle";
import { isRefusal } from "../../domain/refusal";
import type { Ticket } from "../../domain/ticket";
import { aTicket, part, requester, staff } from "./a-ticket";
import { aCommand, lives } from "./lives";

const work = [
  "assign", "transfer", "unassign", "reply", "note", "categorise", "prioritise", "wait", "hold", "resume", "resolve",
  "close", "reopen", "retryNotice", "requesterReply", "openOnBehalf", "setOwnPresence",
] as const satisfies readonly Action[];
const read = [
  "readTickets", "readInternal", "readJournal", "readNotices", "readLive", "readDirectory", "readCommands", "readCalendars",
  "readPolicies", "readCategorisation", "readCandidates", "readRecipients", "readBulk",
  "setOwnNotifications",
] as const satisfies readonly Action[];
const own = ["requesterReply", "confirm", "reject", "readOwn"] as const satisfies readonly Action[];
const lead = ["setPresence", "applyPolicies", "readPerformance", "changePeople", "moveLoad", "stopBulk"] as const satisfies readonly Action[];
const admin = [
  ...lead, "repair", "changeCalendars", "changeOrganisations", "changePolicies", "changeCategorisation", "changeDispatch",
  "setNotifications", "changeRecipients",
] as const satisfies readonly Action[];
const all = [...new Set<Action>([...work, ...read, ...own, ...admin])];

const meant: Record<(typeof roles)[number], readonly Action[]> = {
  agent: [...work, ...read],
  lead: [...work, ...read, ...lead],
  admin: [...work, ...read, ...admin],
  auditor: read,
};

describe.each(roles)("role %s", (role) => {
  test.each(all)("%s", (action) => {
    expect(can(staff("ida", role), action)).toBe(meant[role].includes(action));
    expect(can(staff("ida", role), action, aTicket())).toBe(meant[role].includes(action));
  });
});

test.each(all)("a requester reaches only their own ticket: %s", (action) => {
  const may = (own as readonly Action[]).includes(action);
  expect(can(requester, action, { requester: "kim" })).toBe(may);
  expect(can(requester, action, { requester: "lee" })).toBe(false);
  expect(can(requester, action)).toBe(false);
});

test.each(all)("Perdura itself asks for nothing through the API: %s", (action) => {
  expect(can(part("clock"), action, aTicket())).toBe(false);
});

test.each(["", "Reply", "delete", "toString", "constructor", "__proto__", "hasOwnProperty"])(
  "what is not in the table is denied: %j",
  (action) => {
    const actors: readonly Actor[] = [...roles.map((role) => staff("ida", role)), requester, part()];
    for (const actor of actors) expect(can(actor, action as Action, { requester: "kim" })).toBe(false);
  },
);

test("a role that nobody knows is denied", () => {
  expect(can({ kind: "staff", id: "ida", role: "owner" as "admin" }, "readTickets")).toBe(false);
});

const asking = [...staffVerbs, ...requesterVerbs];
const actors: readonly Actor[] = [
  ...roles.map((role) => staff("ingrid", role)),
  requester,
  { kind: "requester", id: "lee" },
  part("clock"),
];

/** What the actor would succeed in, found by trying. */
function tried(actor: Actor, ticket: Ticket) {
  const asked = { by: actor, at: ticket.updatedAt, cause: "tried" };
  return asking.filter(
    (verb) =>
      can(actor, verb, ticket) && !isRefusal(decide(ticket, aCommand(verb, ticket, ticket.updatedAt), asked)),
  );
}

test("abilities are exactly what would be accepted, for everybody, at every moment of any life", () => {
  fc.assert(
    fc.property(lives({ sorted: false }), ({ turns }) => {
      for (const { after } of turns) {
        for (const actor of actors) expect(abilities(actor, after)).toEqual(tried(actor, after));
      }
    }),
  );
});

test("a closed ticket can only be reopened or corrected, and only by a lead or an admin", () => {
  const closed = aTicket({ status: "closed" });
  expect(actors.map((actor) => abilities(actor, closed))).toEqual([[], ["reopen", "correct"], ["reopen", "correct"], [], [], [], []]);
});
