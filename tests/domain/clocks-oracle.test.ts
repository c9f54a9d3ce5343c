// The clocks beside a naive count of milliseconds, over random lives.
import fc from "fast-check";
import { deadline, isBreached, metrics, spent } from "../../domain/sla";
import type { Metric, Ticket, TicketEvent } from "../../domain/ticket";
import { count, reaches, targetOf, thresholds } from "./naive-clock";
import { lives } from "./lives";
import type { Life } from "./lives";

const anyLife = fc.oneof(lives(), lives({ punctual: true }));

/** From where on the clocks run: rules have spoken. */
const sorted = 3;

function moments(life: Life): { events: TicketEvent[]; ticket: Ticket; at: number }[] {
  const events = life.turns.map(({ event }) => event);
  const turns = life.turns.map(({ after }, index) => ({ events: events.slice(0, index + 1), ticket: after }));
  const told = turns.slice(sorted - 1).map((turn) => ({ ...turn, at: turn.ticket.updatedAt }));
  return [...told, { events, ticket: life.ticket, at: Math.max(life.now, life.ticket.updatedAt) }];
}

function clockOf(ticket: Ticket, metric: Metric) {
  if (ticket.clocks === null) throw new Error("No clocks.");
  return ticket.clocks[metric];
}

test("what a clock has counted, and whether it runs, is what the naive count says", () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      for (const { events, ticket, at } of moments(life)) {
        for (const metric of metrics) {
          const clock = clockOf(ticket, metric);
          const { counted, running, met } = count(life, events, metric, at);
          expect(spent(clock, at)).toBe(counted);
          expect([clock.runningSince !== null, clock.metAt !== null]).toEqual([running, met]);
        }
      }
    }),
  );
});

test("what is spent and what remains make the target, at every moment", () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      for (const { events, ticket, at } of moments(life)) {
        const running = metrics.filter((metric) => clockOf(ticket, metric).runningSince !== null);
        const counts = running.map((metric) => count(life, events, metric, at));
        const due = running.map((metric, index) => {
          const { counted = 0, priority = "normal" } = counts[index] ?? {};
          return at + (targetOf(metric, priority) - counted);
        });
        expect(deadline(ticket)?.at ?? Infinity).toBe(Math.min(...due));
      }
    }),
  );
});

function stepOf(event: TicketEvent): { metric: Metric; step: string; dueAt: number } | null {
  if (event.kind === "reminded") return { ...event.facts, step: "reminder" };
  return event.kind === "escalated" ? { ...event.facts, step: String(event.facts.level) } : null;
}

test("steps are taken once each, in order, with their true instant, late or not, whatever the priority did", () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      const taken: Record<Metric, string[]> = { firstResponse: [], resolution: [] };
      life.turns.forEach(({ event }, index) => {
        const step = stepOf(event);
        if (step === null) return;
        const earlier = life.turns.slice(0, index).map((turn) => turn.event);
        const counted = count(life, earlier, step.metric, event.at);
        const { after = NaN } = thresholds(step.metric, counted.priority).find((one) => one.step === step.step) ?? {};
        expect(step.dueAt).toBe(reaches(counted, after));
        expect(step.dueAt).toBeLessThanOrEqual(event.at);
        taken[step.metric].push(step.step);
      });
      for (const metric of metrics) {
        expect(taken[metric]).toEqual(["reminder", "1", "2"].slice(0, taken[metric].length));
        expect(clockOf(life.ticket, metric).stepsTaken).toBe(taken[metric].length);
      }
    }),
  );
});

test("a punctual clock has taken, at every end, each step that its count has reached, and no other", () => {
  fc.assert(
    fc.property(lives({ punctual: true }), (life) => {
      const events = life.turns.map(({ event }) => event);
      for (const metric of metrics) {
        const counted = count(life, events, metric, life.now);
        const open = thresholds(metric, counted.priority).slice(clockOf(life.ticket, metric).stepsTaken);
        for (const { after } of counted.running ? open : []) expect(counted.counted).toBeLessThan(after);
      }
    }),
  );
});

test("the breach has the instant at which the lead was due, and stays whatever comes", () => {
  fc.assert(
    fc.property(anyLife, ({ turns, ticket }) => {
      for (const metric of metrics) {
        const steps = turns.map(({ event }) => stepOf(event)).filter((step) => step?.metric === metric);
        const breach = steps.find((step) => step?.step === "1");
        expect(clockOf(ticket, metric).breachedAt).toBe(breach?.dueAt ?? null);
      }
      expect(isBreached(ticket)).toBe(turns.some(({ event }) => stepOf(event)?.step === "1"));
    }),
  );
});

test("only another priority moves a deadline earlier, never a pause", () => {
  fc.assert(
    fc.property(anyLife, ({ turns }) => {
      for (const metric of metrics) {
        let last = -Infinity;
        for (const { event, after } of turns.slice(sorted - 1)) {
          const { runningSince, targetMs, spentMs } = clockOf(after, metric);
          if (event.kind === "prioritised") last = -Infinity;
          if (runningSince === null) continue;
          const now = runningSince + targetMs - spentMs;
          expect(now).toBeGreaterThanOrEqual(last);
          last = now;
        }
      }
    }),
  );
});
