// What starts, meets, stops and cancels each metric. Each law in the smallest story that shows it; ms of open time.
import { unopened } from "../../domain/opening";
import type { Metric } from "../../domain/policy";
import type { Ticket } from "../../domain/ticket";
import { anIntake, aSortedTicket, aTarget, aTicket, does, part, policy, start, staff } from "./a-ticket";
import { message, always, ongoing, ended, spent, pend, hold, reply, hears, resolve, assign, measure, full, watched } from "./measured";

describe("what starts, meets and cancels each metric", () => {
  test("all that counts from the acceptance counts from there, however late the rules speak", () => {
    const intake = anIntake();
    const opened = does(unopened(intake), "open", { intake }, part("intake")).ticket;
    const measured = measure(opened, full, start + 500);
    for (const metric of ["firstResponse", "assignment", "resolution"] as const) {
      expect(ongoing(measured, metric).startedAt).toBe(start);
      expect(spent(measured, metric, start + 500)).toBe(500);
    }
  });

  test("a target that was missed before the rules could speak was missed at its true instant", () => {
    const intake = anIntake();
    const opened = does(unopened(intake), "open", { intake }, part("intake")).ticket;
    const measured = measure(opened, policy, start + 500);
    expect(ongoing(measured, "firstResponse").breach?.at).toBe(start + 80);
  });

  test.each([
    ["a reply", (ticket: Ticket) => reply(ticket, start + 3)],
    ["a question", (ticket: Ticket) => does(ticket, "wait", { message, reason: null, until: null }, staff(), start + 3).ticket],
    ["a solution with words", (ticket: Ticket) => resolve(ticket, start + 3, true)],
  ])("%s meets the first response", (_, answer) => {
    expect(ended(answer(watched()), "firstResponse")).toEqual({ at: start + 3, how: "met", by: "publicReply" });
  });

  test.each([
    ["a note", (ticket: Ticket) => does(ticket, "note", { message }).ticket],
    ["an assignment", (ticket: Ticket) => assign(ticket, "ola", start)],
    ["the requester's words", (ticket: Ticket) => hears(ticket, start)],
    ["waiting without a word", (ticket: Ticket) => pend(ticket, start)],
    ["the automatic acknowledgement", () => does(aSortedTicket({}, full), "acknowledge", {}, part()).ticket],
  ])("%s answers nobody", (_, act) => expect(act(watched()).clocks.firstResponse.ongoing).not.toBeNull());

  test("solved without a word, the first response is given up, and told apart from one that was met", () => {
    expect(ended(resolve(watched(), start + 3), "firstResponse")).toEqual({ at: start + 3, how: "cancelled", by: "resolved" });
  });

  test("the next response counts from the oldest words that nobody has answered, and from none before the first response", () => {
    expect(hears(watched(), start + 3).clocks.nextResponse.begun).toBe(0);
    const asked = hears(hears(reply(watched(), start + 1), start + 4), start + 9);
    expect(ongoing(asked, "nextResponse").startedAt).toBe(start + 4);
    expect(ended(reply(asked, start + 12), "nextResponse")).toEqual({ at: start + 12, how: "met", by: "publicReply" });
    expect(ended(resolve(asked, start + 12), "nextResponse")?.how).toBe("cancelled");
  });

  test("a periodic update is promised by each reply, and met by the next", () => {
    const twice = reply(reply(watched(), start + 1), start + 5);
    expect(twice.clocks.periodicUpdate.begun).toBe(2);
    expect(ended(twice, "periodicUpdate")).toMatchObject({ at: start + 5, how: "met" });
    const solved = resolve(twice, start + 7, true).clocks.periodicUpdate;
    expect([solved.begun, solved.ongoing]).toEqual([2, null]);
  });

  test("the assignment counts while nobody has it: from the opening, an unassignment, a transfer", () => {
    const given = assign(aSortedTicket({}, full), "ingrid", start + 2);
    expect(ended(given, "assignment")).toMatchObject({ at: start + 2, how: "met" });
    expect(assign(given, "ola", start + 3).clocks.assignment.begun).toBe(1);
    expect(ongoing(does(given, "unassign", {}, staff(), start + 4).ticket, "assignment").startedAt).toBe(start + 4);
    const moved = does(given, "transfer", { team: "network" }, staff(), start + 5).ticket;
    expect(ongoing(moved, "assignment").startedAt).toBe(start + 5);
    expect(ended(resolve(moved, start + 6), "assignment")?.how).toBe("cancelled");
  });

  test("a policy may name other occasions", () => {
    const target = { ...aTarget(always(500)), startedBy: ["assigned"] as const, metBy: ["publicReply"] as const };
    const other = aSortedTicket({}, { ...policy, targets: { periodicUpdate: target } });
    expect(ongoing(assign(other, "ola", start + 5), "periodicUpdate").startedAt).toBe(start + 5);
  });
});

describe("what stops each metric", () => {
  const stopped = { firstResponse: [], nextResponse: ["on-hold"], periodicUpdate: ["pending"], assignment: [], resolution: ["pending", "on-hold"] };
  const metrics = Object.keys(stopped) as Metric[];
  const all = does(hears(reply(watched(), start), start), "unassign", {}).ticket;
  const counting = { ...all, clocks: { ...all.clocks, firstResponse: watched().clocks.firstResponse } };

  test.each([["pending", pend], ["on-hold", hold]] as const)("%s", (status, stop) => {
    const still = stop(counting, start + 5);
    const standing = metrics.filter((metric) => ongoing(still, metric).since === null);
    expect(standing).toEqual(metrics.filter((metric) => (stopped[metric] as string[]).includes(status)));
  });

  test("a policy may name other statuses", () => {
    const other = aTicket({}, {}, { ...policy, targets: { resolution: { ...aTarget(always(500)), pausedIn: ["on-hold"] } } });
    expect(ongoing(pend(other, start + 5), "resolution").since).not.toBeNull();
    expect(ongoing(hold(other, start + 5), "resolution").since).toBeNull();
  });
});
