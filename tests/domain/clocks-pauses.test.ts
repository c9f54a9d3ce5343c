// Pauses and reopenings: time that is not a clock's own. Each law in the smallest story that shows it; ms of open time.
import fc from "fast-check";
import { elapsed } from "../../domain/cycle";
import { deadline } from "../../domain/deadline";
import { aTicket, does, policy, requester, start } from "./a-ticket";
import { lives } from "./lives";
import { ongoing, spent, pend, hold, resume, resolve, sighted, due } from "./measured";

describe("pauses", () => {
  test.each([["pending", pend], ["on-hold", hold]] as const)("%s moves the resolution by its length", (_, stop) => {
    fc.assert(
      fc.property(fc.nat(150), fc.nat(500), (after, length) => {
        const back = resume(stop(aTicket(), start + after), start + after + length);
        expect(due(back)?.at).toBe(start + 160 + length);
      }),
    );
  });

  test("none moves a deadline earlier", () => {
    fc.assert(
      fc.property(lives(), fc.nat(60), fc.nat(60), (life, after, length) => {
        const ticket = sighted(life.ticket);
        fc.pre(ticket.status === "open" && ticket.clocks.resolution.ongoing !== null);
        const before = due(ticket)?.at ?? Infinity;
        const from = ticket.updatedAt + after;
        fc.pre(before > from);
        const back = resume(pend(ticket, from), from + length);
        expect(due(back)?.at ?? Infinity).toBe(before + length);
      }),
    );
  });

  test("one that is split in two, or changed from pending to on-hold in its middle, stops as long", () => {
    fc.assert(
      fc.property(lives(), fc.nat(50), fc.nat(50), (life, first, second) => {
        const ticket = sighted(life.ticket);
        fc.pre(ticket.status === "open");
        const from = ticket.updatedAt + 1;
        const [middle, to] = [from + first, from + first + second];
        const whole = resume(pend(ticket, from), to);
        expect(resume(pend(resume(pend(ticket, from), middle), middle), to).clocks).toEqual(whole.clocks);
        expect(deadline(resume(hold(pend(ticket, from), middle), to))).toEqual(deadline(whole));
      }),
    );
  });

  test("what has elapsed and what remains make the goal, at every moment of a running clock", () => {
    fc.assert(
      fc.property(lives(), fc.nat(200), (life, later) => {
        const ticket = sighted(life.ticket);
        const { ongoing: cycle } = ticket.clocks.resolution;
        fc.pre(cycle !== null && cycle.since !== null && cycle.breach === null && cycle.targetMs !== null);
        const at = ticket.updatedAt + later;
        const remaining = (due(ticket)?.at ?? NaN) - at;
        expect((elapsed(cycle, at, ticket.calendars) ?? NaN) + remaining).toBe(cycle.targetMs);
      }),
    );
  });
});

describe("reopening", () => {
  const solved = resolve(aTicket(), start + 30);

  test("goes on with the cycle, without the time between", () => {
    const back = does(solved, "reject", {}, requester, start + 1_000).ticket;
    expect([spent(back, "resolution", start + 1_007), back.clocks.resolution.begun]).toEqual([37, 1]);
    expect(ongoing(back, "resolution").pausedMs.solved).toBe(970);
    expect(spent(back, "firstResponse", start + 1_007)).toBe(37);
  });

  test("or starts a new one, by policy, with the earlier one kept", () => {
    const restart = { ...policy, reopening: "restart" } as const;
    const back = does(resolve(aTicket({}, {}, restart), start + 30), "reject", {}, requester, start + 1_000).ticket;
    expect([spent(back, "resolution", start + 1_007), back.clocks.resolution.begun]).toEqual([7, 2]);
    expect(back.clocks.resolution.past.at(-1)).toMatchObject({ number: 1, ended: { at: start + 30, how: "met" } });
  });

  test("what was breached stays breached, and takes no step again", () => {
    const late = resolve(aTicket(), start + 300);
    const back = does(late, "reject", {}, requester, start + 1_000).ticket;
    expect(ongoing(back, "resolution").breach?.at).toBe(start + 160);
  });
});
