// Which of an absent person's tickets find somebody else: by the team's rule, and whatever comes back to them.
import { isMoved } from "../../../domain/dispatch/absence";
import type { Redispatch } from "../../../domain/dispatch/rules";
import { redispatches } from "../../../domain/dispatch/rules";
import type { Ticket } from "../../../domain/ticket";
import { statuses } from "../../../domain/words";

type Held = Pick<Ticket, "status" | "priority" | "answeredAt">;
const untouched: Held = { status: "open", priority: "normal", answeredAt: null };
const urgent: Held = { status: "open", priority: "urgent", answeredAt: 1 };
const answered: Held = { status: "open", priority: "high", answeredAt: 1 };

test.each<[Redispatch, boolean, boolean, boolean]>([
  ["none", false, false, false],
  ["untouched", true, false, false],
  ["urgent", false, true, false],
  ["all", true, true, true],
])("%s: what nobody has answered %p, what is urgent %p, all else %p", (redispatch, ...moved) => {
  expect([untouched, urgent, answered].map((ticket) => isMoved(ticket, { redispatch }, false))).toEqual(moved);
});

test("what comes back is moved by every rule, and nothing that is not open by any", () => {
  for (const redispatch of redispatches) {
    const moved = statuses.filter((status) => isMoved({ ...answered, status }, { redispatch }, true));
    expect(moved).toEqual(["new", "open"]);
  }
});
