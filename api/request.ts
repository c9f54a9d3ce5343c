// Reading a request: whatever is not as the contract says is refused with each field named.
import { randomUUID } from "node:crypto";
import type { Request, Response } from "express";
import type { z } from "zod";
import type { FieldError } from "../contract/problem";
import { idempotencyKey } from "../contract/text";
import { invalid, notFound, Problem } from "./problem";

/** The body as the schema has it. No body at all counts as `{}`. */
export function bodyOf<Schema extends z.ZodType>(request: Request, schema: Schema): z.output<Schema> {
  return parse(schema, sentBody(request));
}

/** The body as it was sent: what a key is bound to. */
export function sentBody(request: Request): unknown {
  return (request.body as unknown) ?? {};
}

export function queryOf<Schema extends z.ZodType>(request: Request, schema: Schema): z.output<Schema> {
  return parse(schema, { ...request.query });
}

/** A ticket's number; 404 for what is none. */
export function numberOf(request: Request): number {
  const text = pathPart(request, "number");
  const number = Number(text);
  if (!/^[1-9]\d{0,9}$/.test(text) || number > 2_147_483_647) throw notFound("ticket");
  return number;
}

/** An id or a key in the path; 404 for what can't be one. */
export function nameOf(request: Request, part: string, what: string): string {
  const text = pathPart(request, part);
  if (!/^[\x21-\x7e]{1,200}$/.test(text)) throw notFound(what);
  return text;
}

/** As ours are written: Postgres would refuse another text as one. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(text);
}

/** The request's Idempotency-Key, or a new one; told in the answer either way. */
export function keyOf(request: Request, response: Response): string {
  const given = request.get("Idempotency-Key");
  if (given !== undefined && !idempotencyKey.safeParse(given).success) {
    throw invalid("Idempotency-Key", "1 to 128 visible ASCII characters.", "invalid_format");
  }
  const key = given ?? randomUUID();
  response.set("Idempotency-Key", key);
  return key;
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap(fieldErrors);
  const fields = [...new Set(errors.map(({ field }) => field))].join(", ");
  throw new Problem("invalid", `Not as it should be: ${fields}.`, { errors });
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const field = (...more: string[]) => [...issue.path.map(String), ...more].join(".") || "body";
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ field: field(key), code: "unknown_field", message: "There is no such field." }));
  }
  const named: unknown = issue.code === "custom" ? issue.params?.["code"] : undefined;
  return [{ field: field(), code: typeof named === "string" ? named : issue.code, message: issue.message }];
}

function pathPart(request: Request, part: string): string {
  const text = request.params[part];
  return typeof text === "string" ? text : "";
}
