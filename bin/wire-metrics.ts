// What Prometheus reads, put together for a process: its registry, its page, and nothing at all without METRICS_PORT.
import type { WorkerInterceptors } from "@temporalio/worker";
import type { Registry } from "prom-client";
import { countActivities } from "../metrics/activities";
import { createApiMetrics } from "../metrics/api";
import type { ApiMetrics } from "../metrics/api";
import { gaugeBacklog } from "../metrics/backlog";
import { createRegistry } from "../metrics/registry";
import { countRebirths } from "../metrics/relay";
import { serveMetrics } from "../metrics/serve";
import type { MetricsAddress } from "../metrics/serve";
import { readSdkMetrics } from "../metrics/temporal-sdk";
import { readBacklog } from "../prisma/backlog";
import type { PrismaClient } from "../prisma/client";
import { CannotStart } from "../stack/cannot-start";

export interface ApiWiring {
  readonly metrics?: ApiMetrics;
  close(): Promise<void>;
}

export async function wireApiMetrics(at: MetricsAddress | undefined): Promise<ApiWiring> {
  if (at === undefined) return { close: async () => undefined };
  const registry = createRegistry();
  return { metrics: createApiMetrics(registry), ...(await serve(at, registry)) };
}

export interface WorkerWiring {
  readonly interceptors?: WorkerInterceptors;
  readonly onRebirth?: () => void;
  close(): Promise<void>;
}

/** @param sdkPort where the SDK's own figures are read */
export async function wireWorkerMetrics(
  at: MetricsAddress | undefined,
  prisma: PrismaClient,
  sdkPort: number,
): Promise<WorkerWiring> {
  if (at === undefined) return { close: async () => undefined };
  const registry = createRegistry();
  gaugeBacklog(registry, () => readBacklog(prisma));
  return {
    interceptors: { activity: [countActivities(registry)] },
    onRebirth: countRebirths(registry),
    ...(await serve(at, registry, () => readSdkMetrics(sdkPort))),
  };
}

async function serve(at: MetricsAddress, registry: Registry, more?: () => Promise<string>) {
  return await serveMetrics(at, registry, more).catch((cause: Error) => {
    throw new CannotStart(`Can't show metrics on ${at.host}:${at.port}: ${cause.message}`, { cause });
  });
}
