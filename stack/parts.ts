// What API and worker stand on: each store is ours, started here, or an outside one that only has to be prepared.
import { join } from "node:path";
import type { StartConfig } from "../config";
import type { Ports } from "./choose-ports";
import { findTemporal } from "./find-temporal";
import { startMailCatcher } from "./mail";
import { startPostgres } from "./postgres";
import { step, type Say } from "./progress";
import { settled } from "./settled";
import { prepareTemporal } from "./stores";
import type { Running } from "./supervise";
import { startTemporal } from "./temporal";

export interface Parts {
  readonly database: string;
  readonly temporal: string;
  readonly temporalUi: string | null;
  readonly smtp: string;
  readonly mail: string | null;
}

export type StorePart = "mail" | "temporal" | "postgres";

/** Starts a part, keeps it alive from then on, and sees to its end. */
export type Keep<Name extends string> = <Part extends Running>(name: Name, title: string, start: () => Promise<Part>) => Promise<Part>;

/** Starts what has no address of its own, all at once, and answers where everything is. */
export async function startParts(config: StartConfig, home: string, ports: Ports, keep: Keep<StorePart>, say: Say, signal?: AbortSignal): Promise<Parts> {
  const [database, temporal, mail] = await settled([
    postgres(config, home, ports, keep, say),
    temporalServer(config, home, ports, keep, say, signal),
    mailServer(config, home, ports, keep),
  ]);
  return { database, ...temporal, ...mail };
}

async function postgres(config: StartConfig, home: string, ports: Ports, keep: Keep<StorePart>, say: Say): Promise<string> {
  if (config.databaseUrl !== undefined) return config.databaseUrl;
  const start = () => startPostgres({ dir: join(home, "postgres"), port: ports.postgres });
  const { url } = await step(say, "Starting Postgres", () => keep("postgres", "Postgres", start));
  return url;
}

async function temporalServer(config: StartConfig, home: string, ports: Ports, keep: Keep<StorePart>, say: Say, signal?: AbortSignal): Promise<Pick<Parts, "temporal" | "temporalUi">> {
  const outside = config.temporal;
  if (outside !== undefined) {
    await step(say, `Preparing Temporal at ${outside.connection.address}`, () => prepareTemporal(outside));
    return { temporal: outside.connection.address, temporalUi: null };
  }
  const program = await findTemporal((line) => say(`  ${line}`), signal);
  const { namespace } = config;
  const start = () => startTemporal({ dir: join(home, "temporal"), port: ports.temporal, uiPort: ports.temporalUi, namespace, program });
  const { address, uiUrl = null } = await step(say, "Starting Temporal", () => keep("temporal", "Temporal", start));
  return { temporal: address, temporalUi: uiUrl };
}

async function mailServer(config: StartConfig, home: string, ports: Ports, keep: Keep<StorePart>): Promise<Pick<Parts, "smtp" | "mail">> {
  if (config.smtpUrl !== undefined) return { smtp: config.smtpUrl, mail: null };
  const start = () => startMailCatcher({ dir: join(home, "mail"), smtpPort: ports.smtp, pagePort: ports.mail });
  const { smtpUrl, pageUrl } = await keep("mail", "The mail catcher", start);
  return { smtp: smtpUrl, mail: pageUrl };
}
