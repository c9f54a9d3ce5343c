// The API's way to Temporal: a connection that may be away, calls that end in time, failures told apart.
import { Connection, isGrpcServiceError, isRetryableError, makeGrpcRetryInterceptor } from "@temporalio/client";
import type { ConnectionOptions } from "@temporalio/client";

/** gRPC's own number. */
const resourceExhausted = 8;

/** Connects when first used, and again within a second when Temporal is back. Each call wants a deadline of its own. */
export function lazyConnection(options: ConnectionOptions): Connection {
  return Connection.lazy({
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
        delayFunction: () => 200,
        retryableDecider: (attempt, status) =>
          attempt < 20 && status.code !== resourceExhausted && isRetryableError(status),
      }),
    ],
  });
}

/** Whether Temporal refused because too much is under way: nothing has happened then. */
export function isOverloaded(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return [error, cause].some((each) => isGrpcServiceError(each) && each.code === resourceExhausted);
}
