// A life is its events: folding them gives the ticket again, whatever happened, in whatever order.
import fc from "fast-check";
import { decide, fold } from "../../domain/decide";
import { unopened } from "../../domain/opening";
import { isRefusal } from "../../domain/refusal";
import { restore, schema, store } from "../../domain/state";
import { categoryOfStatus } from "../../domain/words";
import { part, staff } from "./a-ticket";
import { aCommand, frozen, lives, verbNames } from "./lives";

const anyLife = fc.oneof(lives({ sorted: false }), lives({ sorted: true }), lives({ punctual: true }));

test("folding a life's events gives the ticket that was decided, at every version", () => {
  fc.assert(
    fc.property(anyLife, ({ intake, turns }) => {
      let ticket = frozen(unopened(intake));
      for (const { event, after } of turns) {
        ticket = frozen(fold(ticket, event));
        expect(ticket).toEqual(after);
      }
    }),
  );
});

test("versions go from 1 without gaps, and time never runs backwards", () => {
  fc.assert(
    fc.property(anyLife, ({ turns }) => {
      expect(turns.map(({ event }) => event.version)).toEqual(turns.map((_, index) => index + 1));
      for (const { before, event, after } of turns) {
        expect(event.at).toBeGreaterThanOrEqual(before.updatedAt);
        expect(after).toMatchObject({ version: event.version, updatedAt: event.at });
      }
    }),
  );
});

test("a command from before the last event counts as of the last event", () => {
  fc.assert(
    fc.property(lives(), fc.nat(2_000), ({ ticket }, back) => {
      const asked = { by: staff("ida", "lead"), at: ticket.updatedAt - back, cause: "late" };
      for (const verb of verbNames) {
        const decided = decide(ticket, aCommand(verb, ticket, ticket.updatedAt), asked);
        if (!isRefusal(decided)) expect(decided.event.at).toBe(ticket.updatedAt);
      }
    }),
    { numRuns: 50 },
  );
});

test("a refusal says why with facts only, and is the same when asked again", () => {
  fc.assert(
    fc.property(anyLife, ({ refused, now }) => {
      for (const { ticket, command } of refused) {
        const asked = { by: part(), at: now, cause: "again" };
        const refusal = decide(ticket, command, asked);
        expect(decide(ticket, command, asked)).toEqual(refusal);
        if (isRefusal(refusal)) expect(JSON.parse(JSON.stringify(refusal))).toEqual(refusal);
      }
    }),
    { numRuns: 50 },
  );
});

test("tickets and events pass through JSON and through the store unchanged", () => {
  fc.assert(
    fc.property(anyLife, ({ turns }) => {
      for (const { event, after } of turns) {
        expect(JSON.parse(JSON.stringify(event))).toStrictEqual(event);
        expect(restore(JSON.parse(JSON.stringify(store(after))))).toStrictEqual(after);
      }
    }),
  );
});

test("a ticket stored by a later release is not read", () => {
  fc.assert(
    fc.property(lives({ maxLength: 3 }), ({ ticket }) => {
      expect(() => restore({ schema: schema + 1, ticket })).toThrow("schema 2");
    }),
    { numRuns: 1 },
  );
});

test("what no life can break", () => {
  fc.assert(
    fc.property(anyLife, ({ turns }) => {
      for (const { after: ticket } of turns) {
        if (ticket.assignee !== null) expect(ticket.status).not.toBe("new");
        if (ticket.resumeAt !== null) expect(categoryOfStatus[ticket.status]).toBe("paused");
        if (ticket.status === "solved") expect(ticket.solution).not.toBeNull();
        if (categoryOfStatus[ticket.status] !== "resolved") expect(ticket.solution).toBeNull();
        if (ticket.assignee !== null) expect(ticket.routing).toBe("none");
        expect(ticket.routing === "offered").toBe(ticket.offer !== null);
        if (ticket.offer !== null) expect(categoryOfStatus[ticket.status]).toBe("open");
        if (ticket.acknowledgement === "due") expect(categoryOfStatus[ticket.status]).not.toBe("resolved");
        expect(ticket.requesterWroteAt).toBeLessThanOrEqual(ticket.version);
      }
    }),
  );
});
