// What an event means to the clocks: the occasions that start, meet or cancel a metric's cycle. Refuses to know any metric.
import type { Occasion } from "./policy";
import type { TicketEvent } from "./event";
import type { Ticket } from "./ticket";

const none: readonly Occasion[] = [];

/** In the order in which they count: an answer given with the resolution comes before it. */
export function occasionsOf(event: TicketEvent, before: Ticket, after: Ticket): readonly Occasion[] {
  switch (event.kind) {
    case "opened":
      // A call that staff took has been answered by then.
      return after.answeredAt === null ? ["opened"] : ["opened", "publicReply"];
    case "replied":
      return ["publicReply"];
    case "pended":
      return event.facts.message === null ? none : ["publicReply"];
    case "requesterReplied": {
      if (event.facts.thanks === true) return none;
      const written: readonly Occasion[] = before.answeredAt === null ? none : ["requesterReply"];
      return event.facts.from === "solved" || event.facts.from === "closed" ? ["reopened", ...written] : written;
    }
    case "assigned":
      return ["assigned"];
    case "unassigned":
      return ["unassigned"];
    case "transferred":
      return ["transferred"];
    case "categorised":
      return before.team !== null && after.team !== before.team && after.assignee === null ? ["transferred"] : none;
    case "resolved":
      return event.facts.message === null ? ["resolved"] : ["publicReply", "resolved"];
    case "reopened":
      return ["reopened"];
    case "absorbed":
      return before.status === "solved" && after.status !== "solved" ? ["reopened"] : none;
    case "unmarkedSpam":
      return event.facts.formerAssignee === null ? none : ["unassigned"];
    default:
      return none;
  }
}
