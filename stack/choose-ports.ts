// Which ports the parts of one machine get.
import type { StartConfig } from "../config";
import { findPort } from "./ports";
import type { Say } from "./progress";

export type Ports = Record<keyof StartConfig["ports"], number>;

/** Finds a port for every part that we start ourselves; says which default was busy. Rejects when a port asked for is. */
export async function choosePorts(config: StartConfig, say: Say): Promise<Ports> {
  const isOutside = {
    api: false,
    temporal: config.temporal !== undefined,
    temporalUi: config.temporal !== undefined,
    postgres: config.databaseUrl !== undefined,
    smtp: config.smtpUrl !== undefined,
    mailIn: false,
    mail: config.smtpUrl !== undefined,
  };
  const chosen = Object.fromEntries(Object.entries(config.ports).map(([part, { port }]) => [part, port])) as Ports;
  const taken = new Set<number>();
  // What was asked for goes first, so that no default that gives way takes it.
  const parts = (Object.keys(chosen) as (keyof Ports)[]).sort((a, b) => Number(config.ports[b].asked) - Number(config.ports[a].asked));
  for (const part of parts) {
    if (isOutside[part]) continue;
    const { port, insteadOf } = await findPort(config.ports[part], taken, part === "api" ? config.host : undefined);
    if (insteadOf !== undefined) say(`  Port ${insteadOf} is busy: ${NAMES[part]} takes ${port}`);
    taken.add(port);
    chosen[part] = port;
  }
  return chosen;
}

/** Where Prometheus reads: the API's port is the one asked for, the worker's the next that is free. */
export async function chooseMetricsPorts({ metricsPort: port, host }: StartConfig, others: Ports) {
  if (port === undefined) return null;
  const taken = new Set(Object.values(others));
  const api = await findPort({ variable: "METRICS_PORT", port, asked: true }, taken, host);
  const worker = await findPort({ variable: "METRICS_PORT", port: port + 1, asked: false }, taken, host);
  return { api: api.port, worker: worker.port };
}

const NAMES: Record<keyof Ports, string> = {
  api: "the API",
  temporal: "Temporal",
  temporalUi: "the Temporal UI",
  postgres: "Postgres",
  smtp: "the mail catcher",
  mailIn: "the door for mails",
  mail: "the page of the mail catcher",
};
