// A namespace for one test file on the run's real Temporal: its workflow ids collide with nobody's.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from "@temporalio/client";
import { msToTs } from "@temporalio/common/lib/time";
import { NativeConnection } from "@temporalio/worker";
import { registerSearchAttributes } from "../../stack/search-attributes";
import { sdkTellsOf } from "./sdk-log";

export interface TestNamespace {
  readonly address: string;
  readonly namespace: string;
  readonly client: Client;
  /** For workers. */
  readonly connection: NativeConnection;
  /** The bundled workflows: `workflowBundle: { codePath: bundle }`. */
  readonly bundle: string;
  close(): Promise<void>;
}

/** Makes a namespace with our search attributes (about 50 ms). Call it in `beforeAll`, and `close` in `afterAll`. */
export async function aNamespace(): Promise<TestNamespace> {
  // That a worker begins and ends would be told in a thousand lines.
  sdkTellsOf("WARN");
  const address = shared("TEST_TEMPORAL");
  const namespace = `test-${randomUUID()}`;
  const retries = new Retries();
  const connection = await Connection.connect({ address, interceptors: [retries.interceptor] });
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs("1 day"),
  });
  await registerSearchAttributes(connection, namespace);
  const native = await NativeConnection.connect({ address });
  return {
    address,
    namespace,
    client: new Client({ connection, namespace }),
    connection: native,
    bundle: shared("TEST_BUNDLE"),
    close: async () => {
      await retries.end();
      await Promise.all([connection.close(), native.close()]);
    },
  };
}

/**
 * The client's own retries, as by default, until the end: one that were still to come when its connection is closed would
 * throw out of nowhere, into whichever test file runs then.
 */
class Retries {
  private ended = false;
  private nextAt = 0;
  private readonly usual = defaultGrpcRetryOptions();
  readonly interceptor = makeGrpcRetryInterceptor({
    retryableDecider: (attempt, status) => !this.ended && this.usual.retryableDecider(attempt, status),
    delayFunction: (attempt, status) => {
      const delay = this.usual.delayFunction(attempt, status);
      this.nextAt = Math.max(this.nextAt, Date.now() + delay);
      return delay;
    },
  });

  /** Allows no more, and resolves when the last that was promised has begun. */
  async end(): Promise<void> {
    this.ended = true;
    await sleep(Math.max(0, this.nextAt - Date.now() + 1));
  }
}

function shared(variable: string): string {
  const value = process.env[variable];
  if (value === undefined) throw new Error("No shared Temporal: this test must belong to the project 'parts' of jest.config.js");
  return value;
}
