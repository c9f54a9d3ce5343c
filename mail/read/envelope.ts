// Reads who, to whom, about what, when and in answer to what: the fields by which a desk files a mail. Absent and
// senseless fields are null, never guessed.
import type { Reading } from "../reading";
import { addressesIn, authorIn, clean } from "./addresses";
import type { Part } from "./tree";
import { decodeHeader } from "./words";

export type Envelope = Pick<Reading, "from" | "replyTo" | "to" | "cc" | "subject" | "date" | "messageId" | "inReplyTo" | "references">;

export function envelopeOf(part: Part): Envelope {
  const first = (key: string): string | null => valuesOf(part, key)[0] ?? null;
  const replyTo = addressesIn(valuesOf(part, "reply-to")).find(({ address }) => address !== null);
  return {
    from: authorIn(first("from") ?? ""),
    ...(replyTo === undefined ? {} : { replyTo }),
    to: addressesIn(valuesOf(part, "to")),
    cc: addressesIn(valuesOf(part, "cc")),
    subject: decoded(first("subject")),
    date: instantOf(first("date")),
    messageId: idsIn(first("message-id"))[0] ?? null,
    inReplyTo: idsIn(first("in-reply-to"))[0] ?? null,
    references: [...new Set(valuesOf(part, "references").flatMap(idsIn))],
  };
}

/** Fields with nothing in them count as absent: the next one of that name speaks. */
function valuesOf(part: Part, key: string): string[] {
  return part.headers.filter((header) => header.key === key && header.value.trim() !== "").map(({ value }) => value);
}

function decoded(value: string | null): string | null {
  return value === null ? null : clean(decodeHeader(value));
}

/** Message-IDs without brackets; without any brackets the words with an "@" count, or the only word there is. */
function idsIn(value: string | null): string[] {
  if (value === null) return [];
  const text = decodeHeader(value);
  const bracketed = [...text.matchAll(/<\s*([^<>]+?)\s*>/g)].map(([, id]) => (id ?? "").replace(/\s+/g, ""));
  if (bracketed.length > 0) return bracketed;
  const bare = text.replace(/^<|>$/g, "").split(/\s+/).filter((word) => word !== "");
  return bare.length === 1 ? bare : bare.filter((word) => word.includes("@"));
}

/** RFC 5322 with its obsolete forms. Years before mail or far ahead are a broken clock's. */
function instantOf(value: string | null): string | null {
  if (value === null) return null;
  const plain = decodeHeader(value)
    .replace(/\([^()]*\)/g, " ")
    .replace(/(\d{1,2})[.](\d{2})[.](\d{2})/, "$1:$2:$3")
    .replace(/\b(GMT|UTC?)\s?([+-]\d{4})/, "$2")
    .trim();
  const instant = [plain, plain.replace(/^\p{L}+\.?,?\s+/u, ""), plain.replace(/\s[A-Z]{2,5}$/, " GMT")].map((form) => Date.parse(form)).find((at) => !Number.isNaN(at));
  if (instant === undefined || instant < Date.UTC(1971, 0) || instant > Date.UTC(2100, 0)) return null;
  return new Date(instant).toISOString();
}
