// Tells "Postgres is away, too slow, or takes nothing just now" (try again later) from every other error.

/** Prisma's codes for: not reachable, timed out, closed by the server, no connection free, no transaction in time. */
const prismaCodes = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "P2034", "P2037"]);
const adapterKinds = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TooManyConnections",
  "TransactionWriteConflict",
]);
/**
 * Connection exceptions, shutting down, starting up, statement or lock given up; disk, memory or connections used up, the
 * disk failing; only to be read; a deadlock or another conflict between transactions, which was undone.
 */
const sqlStates = /^(08...|57P0[1-5]|57014|55P03|53...|58...|25006|40001|40P01)$/;
const systemCodes = /^E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH|NOTFOUND)$/;
const driverWords = /^(timeout exceeded when trying to connect|Connection terminated|Query read timeout)/;

export function isPostgresAway(error: unknown): boolean {
  return isObject(error) && (speaksOfAbsence(error) || isPostgresAway(error["cause"]) || isPostgresAway(metaOf(error)));
}

function speaksOfAbsence(error: Readonly<Record<string, unknown>>): boolean {
  const { code, originalCode, kind, message } = error;
  return (
    [code, originalCode].some(
      (value) =>
        typeof value === "string" && (prismaCodes.has(value) || sqlStates.test(value) || systemCodes.test(value)),
    ) ||
    (typeof kind === "string" && adapterKinds.has(kind)) ||
    (typeof message === "string" && driverWords.test(message))
  );
}

function metaOf({ meta }: Readonly<Record<string, unknown>>): unknown {
  return isObject(meta) ? meta["driverAdapterError"] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
