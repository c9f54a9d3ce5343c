// What Temporal's SDK says while tests run: once per test file, before its first connection.
import { DefaultLogger, makeTelemetryFilterString, Runtime } from "@temporalio/worker";

let isSet = false;

/** Lets it tell only of what is at least so bad; whoever comes first in a test file says how bad that is. */
export function sdkTellsOf(level: "WARN" | "ERROR"): void {
  if (isSet) return;
  isSet = true;
  const filter = makeTelemetryFilterString({ core: level, other: level });
  Runtime.install({ logger: new DefaultLogger(level), telemetryOptions: { logging: { filter } } });
}
