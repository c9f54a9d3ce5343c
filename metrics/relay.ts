// What the relay counts.
import { Counter } from "prom-client";
import type { Registry } from "prom-client";

/** Answers whom to tell of each ticket that is started again from the journal. */
export function countRebirths(registry: Registry): () => void {
  const rebirths = new Counter({
    name: "perdura_rebirths_total",
    help: "Tickets whose workflow was lost and that were started again from the journal.",
    registers: [registry],
  });
  return () => rebirths.inc();
}
