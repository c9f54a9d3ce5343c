// The laws of long waits, each broken once: a ledger in which nothing is wrong, and what is seen when something is.
import { anIntake } from "../../domain/a-ticket";
import type { Evidence } from "../ledgers/evidence";
import { goesOnInTime, goesOnOnce, toldLaterOnce } from "./waits";

const laws = { goesOnOnce, goesOnInTime, toldLaterOnce };

const hour = 3_600_000;
const by = { byKind: "system", byId: "dispatch", byRole: null };
const number = 7;

interface Told {
  readonly kind: string;
  readonly facts?: object;
}
const sent: Told = { kind: "acknowledged" };
const later: Told = { kind: "expectedLater", facts: { until: null } };
const answer: Told = { kind: "replied", facts: { message: { id: "text-2", sha256: "0".repeat(64) }, status: "open" } };
const goesOn: Told = { kind: "transferred", facts: { team: "billing", from: "support", formerAssignee: null, overflow: true } };

const life: readonly Told[] = [goesOn, sent, later];

/** Ticket 7 of billing, which has gone on from support: it waits there, is told of a longer wait, and nobody of either is free. */
function offences(law: keyof typeof laws, given: object = {}, events: readonly Told[] = life): number {
  const rows = {
    readAt: 2 * hour,
    intakes: [{ number, facts: anIntake() }],
    tickets: [{ number, teamId: "billing" }],
    events: events.map(({ kind, facts = {} }, at) => ({ ...by, ticket: number, version: at + 1, kind, facts, cause: `cause:${at}`, at: new Date(2_000 + at) })),
    notices: [{ ticket: number, template: "later-than-expected" }],
    expectations: [{ ticket: number, teamId: "billing", over: false, until: new Date(hour), lookAt: null }],
    waiters: [{ ticket: number, teamId: "billing", queuedAt: new Date(0), sought: { declined: [] } }],
    decisions: [],
    reservations: [],
    teams: [{ id: "support", dispatch: { overflow: { to: "billing", afterMs: 1_000 } } }, { id: "billing", dispatch: {} }],
    agents: [{ id: "bo", active: true, present: true, capacity: 0 }],
    members: [{ teamId: "billing", agentId: "bo" }],
    ...given,
  };
  return laws[law].offences({ rows } as unknown as Evidence).length;
}

const waitsFor = (teamId: string): object => ({ waiters: [{ ticket: number, teamId, queuedAt: new Date(0), sought: { declined: [] } }] });
const free = { agents: [{ id: "bo", active: true, present: true, capacity: 1 }] };
const place = { reservations: [{ ticket: number, agentId: "bo", decision: "d" }], decisions: [{ id: "d", ticket: number, agentId: "bo", teamId: "support" }] };

test.each(["goesOnOnce", "goesOnInTime", "toldLaterOnce"] as const)("%s finds nothing wrong where nothing is", (law) => {
  expect(offences(law)).toBe(0);
});

test.each<[string, keyof typeof laws, object, readonly Told[]]>([
  ["went on twice", "goesOnOnce", {}, [goesOn, goesOn, sent, later]],
  ["is in two teams, in one of them waiting", "goesOnOnce", waitsFor("support"), life],
  ["holds a place that its former team gave", "goesOnOnce", place, life],
  ["waits for the answer of its former team", "goesOnOnce", { expectations: [{ ticket: number, teamId: "support", over: false, until: null, lookAt: null }] }, life],
  ["waits for too long, and somebody there is free", "goesOnInTime", { ...waitsFor("support"), ...free }, [sent]],
  ["is told twice", "toldLaterOnce", {}, [goesOn, sent, later, later]],
  ["is told once, in two mails", "toldLaterOnce", { notices: [1, 2].map(() => ({ ticket: number, template: "later-than-expected" })) }, life],
  ["is told after it was answered", "toldLaterOnce", {}, [goesOn, sent, answer, later]],
  ["is never told", "toldLaterOnce", { notices: [] }, [goesOn, sent]],
])("a ticket that %s", (_, law, given, events) => expect(offences(law, given, events)).toBe(1));

test.each<[string, keyof typeof laws, object, readonly Told[]]>([
  ["nobody of the other team is free", "goesOnInTime", waitsFor("support"), [sent]],
  ["it has gone on before", "goesOnInTime", { ...waitsFor("support"), ...free }, life],
  ["it has not waited for long enough", "goesOnInTime", { ...waitsFor("support"), ...free, readAt: 500 }, [sent]],
  ["its told time is still to come", "toldLaterOnce", { notices: [], readAt: hour / 2 }, [goesOn, sent]],
  ["it was answered in time", "toldLaterOnce", { notices: [] }, [goesOn, sent, answer]],
])("nothing is wrong when %s", (_, law, given, events) => expect(offences(law, given, events)).toBe(0));
