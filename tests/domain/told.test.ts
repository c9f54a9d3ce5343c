import type { Listener } from "../../domain/policy";
import type { TicketEvent } from "../../domain/event";
import { agentsToTell, teamsToTell, told } from "../../domain/told";
import type { TeamPeople } from "../../domain/told";
import { aTicket, part, staff } from "./a-ticket";

const people: Readonly<Record<string, TeamPeople>> = {
  billing: { lead: "ingrid", manager: "sofia", members: ["amara", "ingrid"] },
  night: { lead: null, manager: null, members: ["mina"] },
};
const ticket = aTicket({ team: "billing", assignee: "amara" });

/** A reminder to these, set off by the clock or a person. */
function reminder(tell: readonly Listener[], by = part("clock") as TicketEvent["by"]): TicketEvent {
  return { kind: "reminded", version: 9, at: 0, by, cause: "", facts: { skipped: false, tell } } as unknown as TicketEvent;
}

function toldOf(event: TicketEvent, of = ticket, gone: readonly string[] = []): string[] {
  return told(event, of, of, (team) => people[team], new Set(gone)).map(({ recipient }) => recipient);
}

test("roles become the persons of the ticket's team, in the order of the table", () => {
  expect(toldOf(reminder([{ to: "manager" }, { to: "lead" }]))).toEqual(["agent:sofia", "agent:ingrid"]);
});

test("each person is told once, by the first line that means them", () => {
  expect(toldOf(reminder([{ to: "assignee" }, { to: "team", team: "billing" }, { to: "lead" }]))).toEqual(["agent:amara", "agent:ingrid"]);
});

test("nobody is told of their own act, in whatever role", () => {
  expect(toldOf(reminder([{ to: "lead" }, { to: "team", team: "billing" }], staff("ingrid")))).toEqual(["agent:amara"]);
});

test("another team's members are that team's; a role that nobody has is told to nobody", () => {
  expect(toldOf(reminder([{ to: "team", team: "night" }]))).toEqual(["agent:mina"]);
  expect(toldOf(reminder([{ to: "lead" }]), { ...ticket, team: "night" })).toEqual([]);
  expect(toldOf(reminder([{ to: "lead" }, { to: "manager" }]), { ...ticket, team: null })).toEqual([]);
});

test("only teams whose people matter are asked for, each once", () => {
  const all: readonly Listener[] = [{ to: "lead" }, { to: "manager" }, { to: "team", team: "night" }];
  expect(teamsToTell(reminder(all), ticket, ticket, new Set())).toEqual(["billing", "night"]);
  expect(teamsToTell(reminder([{ to: "assignee" }]), ticket, ticket, new Set())).toEqual([]);
});

describe("whom a policy names and who has been deactivated since", () => {
  const named: readonly Listener[] = [{ to: "agent", agent: "ola" }];

  test("is stood in for by the lead of the ticket's team, who is told once", () => {
    expect(agentsToTell(reminder(named), ticket, ticket)).toEqual(["ola"]);
    expect(teamsToTell(reminder(named), ticket, ticket, new Set(["ola"]))).toEqual(["billing"]);
    expect(toldOf(reminder(named), ticket, ["ola"])).toEqual(["agent:ingrid"]);
    expect(toldOf(reminder([{ to: "lead" }, ...named, { to: "assignee" }]), ticket, ["ola", "amara"])).toEqual(["agent:ingrid"]);
    expect(toldOf(reminder(named))).toEqual(["agent:ola"]);
  });

  test("keeps a notice that fails, for all to see, where there is no lead", () => {
    expect(toldOf(reminder(named), { ...ticket, team: "night" }, ["ola"])).toEqual(["agent:ola"]);
    expect(toldOf(reminder(named), { ...ticket, team: null }, ["ola"])).toEqual(["agent:ola"]);
  });

  test("nobody stands in where it concerns the person alone: who had a ticket that somebody took over", () => {
    const facts = { assignee: "ingrid", from: "ola", decision: null, overCapacity: null, status: "open" };
    const event = { kind: "assigned", version: 9, at: 0, by: staff("ingrid"), cause: "", facts } as unknown as TicketEvent;
    expect(agentsToTell(event, ticket, ticket)).toEqual([]);
    expect(toldOf(event, ticket, ["ola"])).toContain("agent:ola");
  });
});
