// The whole desk as real processes on this machine, with weather between them: everything that a fault may hit.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client, Connection } from "@temporalio/client";
import { createPrisma, type PrismaClient } from "../../../prisma/client";
import { whenEnded } from "../../../bin/ending";
import { bundleWorkflows } from "../../../stack/bundle";
import { prepareDatabase } from "../../../stack/stores";
import { TEST_KEYS } from "../../support/keys";
import type { Stage as SmtpStage, Trouble } from "../../support/mail";
import { prepare } from "../points/armed";
import { furnish, SECRET } from "./desk-data";
import { authservId, DoorFrames } from "./doors";
import type { Doors } from "./doors";
import { mountDisk, unmountDisk } from "./disk";
import { newHome } from "./home";
import { type Part, stopAll } from "./part";
import { api, linksTo, mailFiles, pointsOf, postgresHome, storesOf, worker } from "./parts";
import type { Links, Ports, Stores } from "./parts";
import { steadyPort } from "./ports";

export type { Link } from "./parts";

export interface StageOptions {
  readonly workers?: number;
  readonly apis?: number;
  /** Postgres gets a disk of its own, of so many MB. */
  readonly postgresDiskMb?: number;
  /** Mails come in: by SMTP, HTTP and IMAP. There is one worker then. */
  readonly doors?: boolean;
  /** A factor for the durations of all its clocks. Default 1. */
  readonly haste?: number;
  /** Of Temporal itself, by its names. */
  readonly temporalSettings?: Readonly<Record<string, number | boolean | string>>;
}

export interface Stage extends Pick<Stores, "postgres" | "temporal" | "smtp" | "databaseUrl"> {
  readonly home: string;
  readonly workers: readonly Part[];
  readonly apis: readonly Part[];
  readonly links: Links;
  /** Null where no mails come in. */
  readonly doors: Doors | null;
  /** `http://127.0.0.1:…` of each API. */
  readonly urls: readonly string[];
  /** Straight to the stores, whatever the weather. */
  readonly prisma: PrismaClient;
  readonly client: Client;
  /** Where points are armed. */
  readonly points: string;
  readonly mailLedger: string;
  /** The code of the workflows that are played. */
  readonly bundle: string;
  /** What the mail server does wrong from now on. */
  trouble(what: Partial<Record<SmtpStage, Trouble>>): void;
  /** Makes workers that start from now on take another Temporal for theirs. */
  adopt(): void;
  /** Ends everything; keeps the folder when asked to. */
  stop(keep: boolean): Promise<void>;
}

/** Starts everything and waits until it answers; rejects with everything ended otherwise. */
export async function aStage(options: StageOptions): Promise<Stage> {
  const home = newHome();
  const ports: Ports = { postgres: await steadyPort(), temporal: await steadyPort(), smtp: await steadyPort() };
  prepare(pointsOf(home));
  const stores = storesOf(home, ports, options.temporalSettings);
  const { postgres, temporal, smtp } = stores;
  const parts = [postgres, temporal, smtp];
  const ends: (() => Promise<void>)[] = [];
  const tidy = async (): Promise<void> => {
    await stopAll(parts);
    for (const end of ends) await end();
    unmountDisk(postgresHome(home));
    rmSync(home, { recursive: true, force: true });
  };
  const forget = whenEnded(tidy);
  try {
    if (options.postgresDiskMb !== undefined) mountDisk(postgresHome(home), options.postgresDiskMb);
    const [bundle] = await Promise.all([bundleWorkflows(join(home, "bundle")), ...parts.map((part) => part.up())]);
    const { frames, ...stage } = await setUp(home, ports, stores, bundle, options);
    parts.unshift(...stage.apis, ...stage.workers);
    ends.push(async () => await frames?.stop());
    await Promise.all([...stage.apis, ...stage.workers].map((part) => part.up()));
    const doors = (await frames?.open(stage.urls[0] ?? "")) ?? null;
    return { ...stage, doors, stop: async (keep) => await stage.stop(keep).finally(forget) };
  } catch (error) {
    forget();
    await tidy();
    throw error;
  }
}

/** The stores are up; API and worker are still to be started. */
async function setUp(
  home: string,
  ports: Ports,
  stores: Stores,
  bundle: string,
  { workers = 1, apis = 1, haste = 1, doors = false }: StageOptions,
): Promise<Omit<Stage, "doors"> & { readonly frames: DoorFrames | null }> {
  const prisma = await prepared(stores.databaseUrl(), haste);
  const points = pointsOf(home);
  const deskLinks = await linksTo(ports);
  let adopting = false;
  const env = (): NodeJS.ProcessEnv => ({
    PATH: process.env["PATH"],
    LOG_LEVEL: "info",
    PERDURA_HOME: home,
    PERDURA_SECRET: SECRET,
    PERDURA_BUNDLE: bundle,
    PERDURA_ADOPT: String(adopting),
    DATABASE_URL: stores.databaseUrl(),
    CHAOS_POINTS: points,
    ...(doors && { MAIL_IN_PORT: String(mailInPort), MAIL_AUTHSERV_ID: authservId }),
  });
  const apiPorts = await Promise.all(Array.from({ length: apis }, () => steadyPort()));
  const mailInPort = await steadyPort();
  const frames = doors ? await DoorFrames.build(mailInPort, apiPorts[0] ?? 0) : null;
  const links: Links = { ...deskLinks, ...frames?.links };
  const apiParts = apiPorts.map((port, index) => api(index + 1, home, port, env, deskLinks));
  const workerParts = Array.from({ length: workers }, (_, index) => worker(index + 1, home, env, deskLinks));
  const { postgres, temporal, smtp, databaseUrl } = stores;
  const connection = Connection.lazy({ address: `127.0.0.1:${ports.temporal}` });
  return {
    home,
    postgres,
    temporal,
    smtp,
    databaseUrl,
    links,
    frames,
    prisma,
    points,
    workers: workerParts,
    apis: apiParts,
    urls: apiPorts.map((port) => `http://127.0.0.1:${port}`),
    client: new Client({ connection }),
    mailLedger: mailFiles(home).ledger,
    bundle,
    trouble: (what) => writeFileSync(mailFiles(home).trouble, JSON.stringify(what)),
    adopt: () => void (adopting = true),
    stop: async (keep) => {
      await stopAll([...apiParts, ...workerParts, smtp, temporal, postgres]);
      const ends = [prisma.$disconnect(), connection.close(), ...Object.values(deskLinks).map((link) => link.stop())];
      await Promise.allSettled(frames === null ? ends : [...ends, frames.stop()]);
      if (!keep) unmountDisk(postgresHome(home));
      // Without its owner the sweep of a later run leaves it alone.
      if (keep) rmSync(join(home, "owner"));
      else rmSync(home, { recursive: true, force: true });
    },
  };
}

async function prepared(url: string, haste: number): Promise<PrismaClient> {
  await prepareDatabase(url, TEST_KEYS);
  const prisma = createPrisma(url, { max: 6, name: "chaos" });
  await furnish(prisma, haste);
  return prisma;
}
