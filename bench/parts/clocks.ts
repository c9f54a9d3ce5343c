// The arithmetic of deadlines alone: how many tickets a second on one core.
import { measureDeadlines } from "../clocks/deadlines";
import { columns } from "../columns";
import { one } from "../part";
import type { Part } from "../part";

export const clocks: Part = {
  name: "clocks",
  about: "deadlines of tickets with 20 pauses behind them, in office hours, per second on one core; some seconds",
  settings: { seconds: [3], pauses: [20] },
  run: async (_stage, settings) => {
    const figures = measureDeadlines(one(settings, "pauses"), one(settings, "seconds"));
    const rows = [
      ["what", "per second"],
      ["next deadline of a ticket, from its state", String(Math.round(figures.deadlinesPerSecond))],
      ["pause or resumption taken in, and the next deadline", String(Math.round(figures.changesPerSecond))],
      ["whole life of so many pauses told from its journal", String(Math.round(figures.historiesPerSecond))],
    ];
    return { figures, text: columns(rows) };
  },
};
