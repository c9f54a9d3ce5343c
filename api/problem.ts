// The one translator of errors: whatever is thrown in the API becomes a problem document here, and nowhere else.
import { WorkflowUpdateFailedError } from "@temporalio/client";
import { ApplicationFailure } from "@temporalio/common";
import { problems } from "../contract/problem";
import type { FieldError, ProblemCode, ProblemDocument } from "../contract/problem";
import { refusalCodes } from "../domain/refusal";
import type { Refusal, RefusalCode } from "../domain/refusal";
import { FileUnavailable } from "../prisma/objects";
import type { FileTrouble } from "../prisma/objects";
import { isPostgresAway } from "./postgres-away";
import { isOverloaded } from "./temporal";

type Facts = Readonly<Record<string, string | number | boolean | null>>;

interface Details {
  readonly facts?: Facts;
  readonly errors?: readonly FieldError[];
  /** In seconds. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/** An answer that is not the one asked for. `detail` is one English sentence for a person. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly details: Details = {},
  ) {
    super(detail, { cause: details.cause });
  }

  document(instance: string): ProblemDocument {
    const { status, title } = problems[this.code];
    const { facts, errors } = this.details;
    return {
      ...facts,
      type: `urn:perdura:problem:${this.code}`,
      title,
      status,
      code: this.code,
      detail: this.detail,
      instance,
      ...(errors === undefined ? {} : { errors: [...errors] }),
    };
  }
}

/** Every error as a problem. What is not known here is internal: its cause is for the log alone. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof FileUnavailable) {
    const { trouble, sha256 } = error;
    return new Problem("file_unavailable", fileTroubles[trouble], { retryAfter: 30, facts: { trouble, sha256 }, cause: error });
  }
  if (isPostgresAway(error)) {
    return new Problem("unavailable", "The database does not answer.", { retryAfter: 5, cause: error });
  }
  return (
    fromTemporal(error) ??
    fromExpress(error) ??
    new Problem("internal", "It has been noted, and is not your fault.", { cause: error })
  );
}

const fileTroubles: Readonly<Record<FileTrouble, string>> = {
  unreachable: "The object store with the files does not answer.",
  refused: "The object store lets nobody in with our key, or has no such bucket.",
  missing: "The object store has lost this file: it comes back when its object does.",
  damaged: "What the object store has is not this file, but other bytes.",
  not_configured: "The file lies in an object store, and none is configured.",
};

/** A refusal that the workflow sent, or its refusal to take more at once; undefined for every other failure. */
export function fromTemporal(error: unknown): Problem | undefined {
  if (isOverloaded(error)) {
    const detail = "Too much is being asked of this ticket at once; nothing was done.";
    return new Problem("too_many_requests", detail, { retryAfter: 1, cause: error });
  }
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure)) return undefined;
  const { type, message, details } = error.cause;
  const code = refusalCodes.find((known) => known === type);
  return code && fromRefusal({ refused: code, message, details: (details?.[0] ?? {}) as Refusal["details"] });
}

/** What domain tells as epoch ms; on the wire an instant is an ISO string. */
const instants = new Set(["until", "now", "notAfter"]);

/** The ticket's status is told as `currentStatus`: a problem document's own `status` is that of HTTP. */
export function fromRefusal({ refused, message, details }: Refusal): Problem {
  const { status, ...others } = details;
  const told = Object.entries(others).map(([name, value]) =>
    typeof value === "number" && instants.has(name) ? [name, new Date(value).toISOString()] : [name, value],
  );
  const rest = Object.fromEntries(told) as typeof others;
  const facts = status === undefined ? rest : { ...rest, currentStatus: status };
  return new Problem(refused, message, { facts, ...(isTransient(refused) ? { retryAfter: 5 } : {}) });
}

/** 422 for one field. */
export function invalid(field: string, message: string, code = "unknown"): Problem {
  return new Problem("invalid", message, { errors: [{ field, code, message }] });
}

export function notFound(what: string): Problem {
  return new Problem("not_found", `There is no such ${what}.`);
}

function isTransient(code: RefusalCode): boolean {
  return problems[code].status === 503;
}

/** What its parser took at most, rounded. */
function megabytes(error: Error): number {
  const limit = "limit" in error && typeof error.limit === "number" ? error.limit : 1_000_000;
  return Math.round(limit / 100_000) / 10;
}

/** What Express and its body parser throw, by their own `type` and `status`. */
function fromExpress(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !("status" in error)) return undefined;
  if (error.status === 413) return new Problem("too_large", `A body may have ${megabytes(error)} MB here.`);
  if (error.status === 415) return new Problem("unsupported_media_type", "Send JSON in UTF-8.");
  // An address with a broken percent sign.
  if (error instanceof URIError) return new Problem("not_found", "There is nothing at this address.");
  return error.status === 400 ? new Problem("malformed_json", "The body is not JSON in UTF-8.") : undefined;
}
