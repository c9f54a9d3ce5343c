// Pages of a list: an opaque cursor holds where the page before ended, so that rows that come meanwhile move nothing.
import { z } from "zod";
import type { List } from "../contract/lists";
import { invalid } from "./problem";

/** Where a page of a ticket's messages, events or notices ended. */
const place = z.strictObject({ version: z.int(), id: z.string().optional() });
export type Place = z.infer<typeof place>;

/** The place that a cursor names; undefined for the first page. */
export function readCursor(cursor: string | undefined): Place | undefined {
  return cursor === undefined ? undefined : decode(cursor, place);
}

/** Where a page of a list by time ended: rows of one instant go by their ids. */
const moment = z.strictObject({ at: z.iso.datetime(), id: z.string() });

/** The moment that a cursor names; undefined for the first page. */
export function readMoment(cursor: string | undefined): { readonly at: Date; readonly id: string } | undefined {
  if (cursor === undefined) return undefined;
  const { at, id } = decode(cursor, moment);
  return { at: new Date(at), id };
}

/** A page of `limit` from rows of which one more was read than wanted. */
export function pageOf<Row>(rows: readonly Row[], limit: number, placeOf: (row: Row) => object): List<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? encode(placeOf(last)) : null };
}

/** 422 when somebody made the cursor up, or took it from another list. */
export function decode<Schema extends z.ZodType>(cursor: string, schema: Schema): z.output<Schema> {
  const result = schema.safeParse(json(Buffer.from(cursor, "base64url").toString()));
  if (!result.success) throw invalid("cursor", "Not the cursor of a page of this list.", "invalid_format");
  return result.data;
}

function encode(place: object): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
