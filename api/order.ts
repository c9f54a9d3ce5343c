// Who gives which order about what, under which key.
import type { Request, Response } from "express";
import type { AskedVerb } from "../workflows/messages";
import { staffWho } from "./auth";
import type { Staff } from "./auth";
import type { Order } from "./commands";
import { fingerprint } from "./fingerprint";
import { keyOf, numberOf, sentBody } from "./request";

export interface Begun<V extends AskedVerb> extends Pick<Order<V>, "verb" | "number" | "key" | "sha256"> {
  readonly actor: Staff;
}

/** Refuses with 401, 403 or 404 before the body is read. */
export function orderOf<V extends AskedVerb>(request: Request, response: Response, verb: V): Begun<V> {
  const actor = staffWho(response, verb);
  const number = numberOf(request);
  const key = keyOf(request, response);
  return { actor, verb, number, key, sha256: fingerprint({ verb, number, body: sentBody(request) }) };
}
