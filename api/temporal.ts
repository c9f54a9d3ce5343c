// The API's way to Temporal: a connection that may be away, calls that end in time, failures told apart.
import { setTimeout } from "node:timers/promises";
import { Connection, isGrpcServiceError, isRetryableError, makeGrpcRetryInterceptor } from "@temporalio/client";
import type { ConnectionOptions } from "@temporalio/client";

/** gRPC's own number. */
const resourceExhausted = 8;

const retryAfterMs = 200;

export interface LazyConnection {
  readonly connection: Connection;
  /** Ends what is tried again first: a try on a connection that is closed would end the whole process. */
  close(): Promise<void>;
}

/** Connects when first used, and again within a second when Temporal is back. Each call wants a deadline of its own. */
export function lazyConnection(options: ConnectionOptions): LazyConnection {
  let closing = false;
  const connection = Connection.lazy({
    ...options,
    channelArgs: {
      ...options.channelArgs,
      "grpc.initial_reconnect_backoff_ms": 200,
      "grpc.min_reconnect_backoff_ms": 200,
      "grpc.max_reconnect_backoff_ms": 1_000,
    },
    // The client's own waits grow to 5 s, longer than a person is kept waiting; and "too many at once" is an answer.
    interceptors: [
      makeGrpcRetryInterceptor({
        delayFunction: () => retryAfterMs,
        retryableDecider: (attempt, status) =>
          !closing && attempt < 20 && status.code !== resourceExhausted && isRetryableError(status),
      }),
    ],
  });
  return {
    connection,
    close: async () => {
      closing = true;
      await setTimeout(2 * retryAfterMs);
      await connection.close();
    },
  };
}

/** Whether Temporal refused because too much is under way: nothing has happened then. */
export function isOverloaded(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return [error, cause].some((each) => isGrpcServiceError(each) && each.code === resourceExhausted);
}
