// The product as it runs in production: an API and workers, each a process of its own, on one test's database, namespace
// and mail server. Both may be killed and started again at will.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeskClient } from "../../bin/demo/desk-client";
import { freePort } from "../../stack/ports";
import type { Child } from "../../stack/process";
import { startService } from "../../stack/service";
import { aDatabase, type TestDatabase } from "./database";
import { MailServer } from "./mail";
import { aNamespace, type TestNamespace } from "./temporal";

/** Signs the links in mails. */
const SECRET = "a-secret-of-the-tests-0000000000000000";

export interface TestProduct {
  readonly database: TestDatabase;
  readonly temporal: TestNamespace;
  readonly mail: MailServer;
  /** Of the API, version 1. */
  readonly url: string;
  readonly desk: DeskClient;
  /** Each the one started last. */
  readonly api: Child;
  readonly worker: Child;
  /** Starts an API process where the one before has ended. */
  startApi(): Promise<Child>;
  /** Starts a worker process and waits until it works (about 3 s). */
  startWorker(): Promise<Child>;
  stop(): Promise<void>;
}

/**
 * Starts an API and one worker. Call it in `beforeAll`, and `stop` in `afterAll`.
 * @param more variables for one of them
 */
export async function aProduct(more: { api?: NodeJS.ProcessEnv; worker?: NodeJS.ProcessEnv } = {}): Promise<TestProduct> {
  const parts = [aDatabase(), aNamespace(), MailServer.start(), freePort()] as const;
  const [database, temporal, mail, port] = await Promise.all(parts);
  const dir = await mkdtemp(join(tmpdir(), "perdura-product-"));
  const env = {
    PATH: process.env.PATH,
    LOG_LEVEL: "warn",
    PERDURA_HOME: dir,
    PERDURA_SECRET: SECRET,
    PERDURA_BUNDLE: temporal.bundle,
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    SMTP_URL: mail.url,
    NOTICE_DIGEST_SECONDS: "0",
    PORT: String(port),
  };
  const url = `http://127.0.0.1:${port}/api/v1`;
  const children: Child[] = [];
  const start = async (name: "api" | "worker"): Promise<Child> => {
    const own = join(dir, `${name}-${children.length}`);
    const { child } = await startService({
      name,
      main: `bin/${name}.ts`,
      dir: own,
      env: { ...env, ...more[name] },
      graceMs: 10_000,
    });
    children.push(child);
    return child;
  };
  let [worker, api] = await Promise.all([start("worker"), start("api")]);
  return {
    database,
    temporal,
    mail,
    url,
    desk: new DeskClient(url),
    get api() {
      return api;
    },
    get worker() {
      return worker;
    },
    startApi: async () => (api = await start("api")),
    startWorker: async () => (worker = await start("worker")),
    stop: async () => {
      await Promise.all(children.map((child) => child.stop()));
      await Promise.all([database.drop(), temporal.close(), mail.stop()]);
      await rm(dir, { recursive: true, force: true });
    },
  };
}
