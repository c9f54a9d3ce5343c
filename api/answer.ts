// How every request ends: a line in the access log, and a problem document when it went wrong.
import { randomUUID } from "node:crypto";
import type { ErrorRequestHandler, Request, RequestHandler, Response } from "express";
import { problems } from "../contract/problem";
import type { Parts } from "./parts";
import { Problem, problemOf } from "./problem";

/** Method, route pattern, status, ms, id: never a body, an address, or an address's query. It is counted likewise. */
export function accessLog({ log, metrics }: Parts): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const counted = metrics?.request();
    const id = randomUUID();
    response.locals["requestId"] = id;
    response.set("X-Request-Id", id);
    response.on("finish", () => {
      const ms = Math.round(performance.now() - startedAt);
      const { method } = request;
      log.info({ request: id, method, route: routeOf(request, response), status: response.statusCode, ms }, "answered");
    });
    response.on("close", () => {
      const status = response.writableFinished ? response.statusCode : "aborted";
      counted?.({ method: request.method, route: routeOf(request, response), status });
    });
    next();
  };
}

/** Express forgets a router's address when its answer is a problem: so that is noted on the way in. */
export const noteBase: RequestHandler = (request, response, next) => {
  response.locals["base"] = request.baseUrl;
  next();
};

export const nothingHere: RequestHandler = () => {
  throw new Problem("not_found", "There is nothing at this address.");
};

/** For a known address: what else it can do. */
export function only(...methods: string[]): RequestHandler {
  return (_request, response) => {
    response.set("Allow", methods.join(", "));
    throw new Problem("method_not_allowed", `This address knows ${methods.join(" and ")}.`);
  };
}

export function problemAnswer({ log }: Parts): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    // Express ends a connection whose answer had begun.
    if (response.headersSent) return next(error);
    const problem = problemOf(error);
    const id = response.locals["requestId"] as string;
    response.locals["code"] = problem.code;
    const { status } = problems[problem.code];
    const level = status === 500 ? "error" : "warn";
    if (status >= 500) log[level]({ request: id, code: problem.code, cause: causeOf(problem) }, problem.detail);
    const { retryAfter } = problem.details;
    if (retryAfter !== undefined) response.set("Retry-After", String(retryAfter));
    if (status === 401) response.set("WWW-Authenticate", "Bearer");
    response.status(status).type("application/problem+json").send(JSON.stringify(problem.document(`urn:uuid:${id}`)));
  };
}

function routeOf(request: Request, response: Response): string {
  const route = request.route as { path: string } | undefined;
  return route === undefined ? "none" : `${(response.locals["base"] as string | undefined) ?? ""}${route.path}`;
}

/** A message of Postgres may quote a row: only what kind of error it was and where is logged. */
function causeOf({ cause }: Problem): unknown {
  if (!(cause instanceof Error)) return undefined;
  const code = "code" in cause ? cause.code : undefined;
  const where = cause.stack?.split("\n").filter((line) => line.trimStart().startsWith("at ")).slice(0, 8);
  return { name: cause.name, code, where };
}
