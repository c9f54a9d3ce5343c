// How each part of the desk is started: the stores, the mail server, and our own services behind their stretches of
// network.
import { join } from "node:path";
import { startPostgres } from "../../../stack/postgres";
import { startProcess } from "../../../stack/process";
import { saidReady } from "../../../stack/ready";
import { startService } from "../../../stack/service";
import { startTemporal, type TemporalOptions } from "../../../stack/temporal";
import type { MailLink } from "./doors";
import { Part } from "./part";
import { Proxy } from "./proxy";

export interface Ports {
  readonly postgres: number;
  readonly temporal: number;
  readonly smtp: number;
}

export type DeskLink = "apiPostgres" | "apiTemporal" | "workerPostgres" | "workerTemporal" | "workerSmtp";
export type Link = DeskLink | MailLink;
export type DeskLinks = Readonly<Record<DeskLink, Proxy>>;
/** Those to the doors for mails are there where a scenario has such doors. */
export type Links = DeskLinks & Readonly<Partial<Record<MailLink, Proxy>>>;

export interface Stores {
  readonly postgres: Part;
  readonly temporal: Part;
  readonly smtp: Part;
  /** Straight to Postgres, once it has been up. */
  readonly databaseUrl: () => string;
}

/** Where the mail server keeps what it accepted, and reads what it is to do wrong. */
export const mailFiles = (home: string) => ({ ledger: join(home, "mails.jsonl"), trouble: join(home, "trouble.json") });

/** Its data, its log, and nothing else. */
export const postgresHome = (home: string): string => join(home, "postgres");

/** Where points are armed. */
export const pointsOf = (home: string): string => join(home, "points");

export function storesOf(home: string, ports: Ports, settings: TemporalOptions["settings"] = {}): Stores {
  const dir = (name: string): string => join(home, name);
  let url = "";
  const postgres = new Part("Postgres", async () => {
    const running = await startPostgres({ dir: postgresHome(home), port: ports.postgres });
    url = running.url;
    return running;
  });
  const temporal = new Part("Temporal", () => startTemporal({ dir: dir("temporal"), port: ports.temporal, settings }));
  const { ledger, trouble } = mailFiles(home);
  const smtp = new Part("SMTP", () => startSmtp(dir("smtp"), [String(ports.smtp), ledger, trouble]));
  return { postgres, temporal, smtp, databaseUrl: () => url };
}

export async function linksTo({ postgres, temporal, smtp }: Ports): Promise<DeskLinks> {
  return {
    apiPostgres: await Proxy.start(postgres),
    apiTemporal: await Proxy.start(temporal),
    workerPostgres: await Proxy.start(postgres),
    workerTemporal: await Proxy.start(temporal),
    workerSmtp: await Proxy.start(smtp),
  };
}

/** `common` is asked for at each start. */
export function api(number: number, home: string, port: number, common: () => NodeJS.ProcessEnv, links: DeskLinks): Part {
  const env = () => ({ ...common(), ...stores(common(), links.apiPostgres, links.apiTemporal), PORT: String(port) });
  return service(`API ${number}`, "api-main", join(home, `api-${number}`), env);
}

/** So that some notices leave together, and nobody waits long for them. */
const impatient = { NOTICE_DIGEST_SECONDS: "1" };

export function worker(number: number, home: string, common: () => NodeJS.ProcessEnv, links: DeskLinks): Part {
  const smtp = `smtp://127.0.0.1:${links.workerSmtp.port}`;
  const env = () => ({ ...common(), ...stores(common(), links.workerPostgres, links.workerTemporal), SMTP_URL: smtp, ...impatient });
  return service(`Worker ${number}`, "worker-main", join(home, `worker-${number}`), env);
}

function stores({ DATABASE_URL = "" }: NodeJS.ProcessEnv, postgres: Proxy, temporal: Proxy): NodeJS.ProcessEnv {
  return {
    DATABASE_URL: DATABASE_URL.replace(/:\d+\//, `:${postgres.port}/`),
    TEMPORAL_ADDRESS: `127.0.0.1:${temporal.port}`,
  };
}

function service(name: string, main: string, dir: string, env: () => NodeJS.ProcessEnv): Part {
  return new Part(name, () => startService({ name, main: `tests/chaos/${main}.ts`, dir, env: env(), graceMs: 10_000 }));
}

/** As `startService`, which passes no arguments on. */
async function startSmtp(dir: string, args: readonly string[]) {
  const root = join(__dirname, "../../..");
  const command = ["--require", join(root, "bin/typescript.cjs"), join(root, "tests/chaos/smtp-main.ts"), ...args];
  const env = { PATH: process.env["PATH"], CHAOS_POINTS: pointsOf(join(dir, "..")) };
  const child = await startProcess({
    name: "SMTP",
    dir,
    command: process.execPath,
    args: command,
    cwd: root,
    env,
    ipc: true,
  });
  await saidReady(child);
  return { child };
}
