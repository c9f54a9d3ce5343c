// What the server is told: one process with all four services, two databases on one Postgres, this machine alone.

export interface ServerConfig {
  /** The Postgres that holds `temporal` and `temporal_visibility`. */
  readonly database: URL;
  readonly frontendPort: number;
  /** Seven that are free: for three services (the frontend has its own), and four by which the services find each other. */
  readonly ports: readonly number[];
}

/** As many as a small production cluster has per node; fixed for ever once a cluster has begun. */
const shards = 16;
const connections = 20;

/** A file as Temporal's server reads it: YAML, of which JSON is a part. */
export function configFile({ database, frontendPort, ports }: ServerConfig): string {
  const [history, matching, worker, ...membership] = ports;
  const rpc = (grpcPort: number | undefined, at: number) => ({
    rpc: { grpcPort, membershipPort: membership[at], bindOnLocalHost: true },
  });
  const address = `127.0.0.1:${frontendPort}`;
  return JSON.stringify({
    log: { stdout: true, level: "error" },
    persistence: {
      numHistoryShards: shards,
      defaultStore: "default",
      visibilityStore: "visibility",
      datastores: { default: store(database, "temporal"), visibility: store(database, "temporal_visibility") },
    },
    global: { membership: { maxJoinDuration: "30s", broadcastAddress: "127.0.0.1" } },
    services: {
      frontend: rpc(frontendPort, 0),
      history: rpc(history, 1),
      matching: rpc(matching, 2),
      worker: rpc(worker, 3),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: "active",
      currentClusterName: "active",
      clusterInformation: {
        active: { enabled: true, initialFailoverVersion: 1, rpcName: "frontend", rpcAddress: address },
      },
    },
    dcRedirectionPolicy: { policy: "noop" },
    publicClient: { hostPort: address },
  });
}

function store({ username: user, password, host }: URL, databaseName: string) {
  const settings = { pluginName: "postgres12", databaseName, connectAddr: host, connectProtocol: "tcp", user, password };
  return { sql: { ...settings, maxConns: connections, maxIdleConns: connections, maxConnLifetime: "1h" } };
}
