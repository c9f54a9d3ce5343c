// Where a process keeps its figures, with what Node says of itself: memory, CPU, event loop, garbage collection.
import { collectDefaultMetrics, Registry } from "prom-client";

export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
