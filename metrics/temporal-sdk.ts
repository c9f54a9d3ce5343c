// What the Temporal SDK counts by itself: workflow tasks and their failures, waits from schedule to start, slots.
// It can only be asked over HTTP: so it answers on a port that nobody else knows, and our own page hands it on.
import type { MetricsExporterConfig } from "@temporalio/worker";

const patienceMs = 2_000;

/** For `Runtime.install`. */
export function sdkMetrics(port: number): MetricsExporterConfig {
  const manner = { countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true };
  return { attachServiceName: false, prometheus: { bindAddress: `127.0.0.1:${port}`, ...manner } };
}

export async function readSdkMetrics(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`, { signal: AbortSignal.timeout(patienceMs) });
  return await response.text();
}
