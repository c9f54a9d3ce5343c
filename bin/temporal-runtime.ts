// The Temporal SDK of a worker's process: what it says, its native half included, are lines of our own log.
import { DefaultLogger, makeTelemetryFilterString, Runtime } from "@temporalio/worker";
import type { MetricsExporterConfig } from "@temporalio/worker";
import type { Logger } from "pino";

/**
 * Warnings and errors. The SDK names the run in what it says of a task that reaches it too early only where it also notes which
 * run it is at, and it does so at this level in this part of it.
 */
const namesRuns = "temporalio_sdk_core::worker::workflow::workflow_stream=INFO";
const filter = `${makeTelemetryFilterString({ core: "WARN", other: "ERROR" })},${namesRuns}`;

/** Before anything else of the SDK is used. @param metrics where it tells its figures; default: nowhere */
export function installRuntime(log: Logger, metrics?: MetricsExporterConfig): void {
  Runtime.install({
    // Signals are ours: the relay stops first.
    shutdownSignals: [],
    logger: new DefaultLogger("WARN", ({ level, message, meta }) => log[level === "ERROR" ? "error" : "warn"]({ ...meta }, message)),
    telemetryOptions: { logging: { filter, forward: {} }, ...(metrics === undefined ? {} : { metrics }) },
  });
}
