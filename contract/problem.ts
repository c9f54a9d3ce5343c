// What an error looks like on the wire (RFC 9457) and which there are: a closed union, each with its one HTTP status.
import { z } from "zod";
import type { RefusalCode } from "../domain/refusal";

type RequestCode =
  | "malformed_json"
  | "invalid"
  | "not_found"
  | "method_not_allowed"
  | "unauthenticated"
  | "forbidden"
  | "too_large"
  | "unsupported_media_type"
  | "too_many_requests"
  | "unavailable"
  | "file_unavailable"
  | "exists"
  | "outdated"
  | "in_use"
  | "internal";

export type ProblemCode = RequestCode | RefusalCode;

/** Exhaustive: a new refusal does not compile before it has a status here. */
export const problems: Readonly<Record<ProblemCode, { readonly status: number; readonly title: string }>> = {
  malformed_json: { status: 400, title: "The body is not JSON" },
  unauthenticated: { status: 401, title: "A valid key is needed" },
  forbidden: { status: 403, title: "Not allowed for you" },
  not_found: { status: 404, title: "There is no such thing" },
  method_not_allowed: { status: 405, title: "Not a method of this address" },
  not_allowed_now: { status: 409, title: "Not possible in the present status" },
  ticket_closed: { status: 409, title: "The ticket is closed" },
  nobody_assigned: { status: 409, title: "Nobody has the ticket" },
  not_on_offer: { status: 409, title: "The ticket is not on offer to you" },
  requester_wrote: { status: 409, title: "The requester has written meanwhile" },
  target_closed: { status: 409, title: "The ticket to merge into is closed" },
  target_merged: { status: 409, title: "The other ticket has been set aside itself" },
  other_requester: { status: 409, title: "The tickets have different requesters" },
  nothing_to_acknowledge: { status: 409, title: "Nothing has escalated" },
  exists: { status: 409, title: "There is one of that id already" },
  outdated: { status: 409, title: "Somebody has changed it meanwhile" },
  in_use: { status: 409, title: "It is in use" },
  too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The body must be JSON" },
  invalid: { status: 422, title: "Something in the request is not as it should be" },
  merge_into_itself: { status: 422, title: "A ticket can't be merged into itself" },
  no_such_level: { status: 422, title: "There is no such level" },
  no_such_message: { status: 409, title: "No such message waits" },
  no_such_cycle: { status: 422, title: "There is no such cycle" },
  instant_passed: { status: 422, title: "The instant has passed" },
  key_reused: { status: 422, title: "The key belongs to another request" },
  too_many_requests: { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "Something went wrong here" },
  expired: { status: 503, title: "The command came too late and had no effect" },
  stuck: { status: 503, title: "The ticket waits for an operator" },
  superseded: { status: 503, title: "Another run carries on the ticket" },
  file_unavailable: { status: 503, title: "The file can't be had at present" },
  unavailable: { status: 503, title: "A part of the service is away" },
};

/** One thing wrong with one field; `code` is stable, `message` is for a person. */
export const fieldError = z.object({ field: z.string(), code: z.string(), message: z.string() });
export type FieldError = z.infer<typeof fieldError>;

/** `application/problem+json`. Facts of the code stand beside these members, such as `currentStatus` or `key`. */
export const problemDocument = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
  detail: z.string(),
  instance: z.string().optional(),
  errors: z.array(fieldError).optional(),
});
export type ProblemDocument = z.infer<typeof problemDocument>;
