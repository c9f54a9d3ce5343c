// A namespace for one test file on the run's real Temporal: its workflow ids collide with nobody's.
import { randomUUID } from "node:crypto";
import { Client, Connection } from "@temporalio/client";
import { msToTs } from "@temporalio/common/lib/time";
import { NativeConnection } from "@temporalio/worker";
import { registerSearchAttributes } from "../../stack/search-attributes";

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
  const address = shared("TEST_TEMPORAL");
  const namespace = `test-${randomUUID()}`;
  const connection = await Connection.connect({ address });
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
      await Promise.all([connection.close(), native.close()]);
    },
  };
}

function shared(variable: string): string {
  const value = process.env[variable];
  if (value === undefined) throw new Error("No shared Temporal: this test must belong to the project 'parts' of jest.config.js");
  return value;
}
