// JSON bodies: at most 1 MB, in UTF-8 that is valid. What is not is refused, never quietly mended.
import { isUtf8 } from "node:buffer";
import { json } from "express";
import type { Request, RequestHandler } from "express";
import { Problem } from "./problem";

export const jsonBody: RequestHandler = json({
  limit: 1_000_000,
  strict: false,
  verify: (_request, _response, bytes) => {
    if (!isUtf8(bytes)) throw new Problem("malformed_json", "The body is not JSON in UTF-8.");
  },
});

/** A body of any other type is refused, where one is sent at all. */
export const nothingButJson: RequestHandler = (request, _response, next) => {
  if (announcesBody(request) && request.is("application/json") === false) {
    throw new Problem("unsupported_media_type", "Send JSON, and say so: Content-Type: application/json.");
  }
  next();
};

/**
 * Whoever hangs up before their body has come has asked for nothing. Express's parser passes such a request on without a
 * word, and a command that may have an empty body would be carried out as if that had been sent.
 */
export const wholeBody: RequestHandler = (request, _response, next) => {
  if (announcesBody(request) && request.body === undefined) {
    throw new Problem("malformed_json", "The body has not come.");
  }
  next();
};

function announcesBody(request: Request): boolean {
  return request.get("Transfer-Encoding") !== undefined || Number(request.get("Content-Length") ?? 0) > 0;
}
