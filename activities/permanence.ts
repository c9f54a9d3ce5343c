// Which failures pass and which never will. A failure that passes is tried again for as long as it takes; one that cannot
// pass (the data or the code is wrong) parks the ticket. Whatever is unknown is taken to pass: waiting is visible and safe.
import { ApplicationFailure } from "@temporalio/common";

/** SQLSTATE classes that no repetition mends: data, integrity, syntax or access rule, raised by our own functions. */
const permanentClasses = ["21", "22", "23", "42", "44", "P0"];

/** Wraps an activity: what it throws leaves as an application failure with a code, and without anything personal. */
export function withPermanence<In, Out>(activity: (input: In) => Promise<Out>): (input: In) => Promise<Out> {
  return async (input) => {
    try {
      return await activity(input);
    } catch (error) {
      throw asFailure(error);
    }
  };
}

function asFailure(error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  const code = sqlState(error);
  const isDefect = error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
  if (isDefect || (code !== null && permanentClasses.includes(code.slice(0, 2)))) {
    return ApplicationFailure.nonRetryable(`Can never succeed: ${code ?? name(error)}`, "permanent");
  }
  return ApplicationFailure.retryable(`Did not succeed this time: ${code ?? name(error)}`, "transient");
}

/** The SQLSTATE of an error that Prisma passes on; Postgres's own messages can quote a row. */
export function sqlState(error: unknown): string | null {
  for (let at: unknown = error; typeof at === "object" && at !== null; at = "cause" in at ? at.cause : null) {
    const meta = "meta" in at && typeof at.meta === "object" && at.meta !== null ? at.meta : {};
    const candidates = ["code" in meta ? meta.code : null, "originalCode" in at ? at.originalCode : null, "code" in at ? at.code : null];
    const found = candidates.find((code): code is string => typeof code === "string" && /^[0-9A-Z]{5}$/u.test(code));
    if (found !== undefined && !/^P\d{4}$/u.test(found)) return found;
    if ("driverAdapterError" in meta) return sqlState(meta.driverAdapterError);
  }
  return null;
}

function name(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
