// The tree of a mail's parts, as postal-mime builds it, with each part's own bytes. The only file that knows this
// library's inside: its public result joins all text parts, and so hides which charset belongs to which.
import PostalMime from "postal-mime";
import { type Limits, type QuarantineReason } from "../reading";

export interface Part {
  /** Small letters: "text/plain". */
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** "attachment", "inline" or whatever was written; "" when nothing was. */
  readonly disposition: string;
  /** As the sender wrote it; not safe. */
  readonly filename: string | null;
  /** Without brackets. */
  readonly contentId: string | null;
  readonly encoding: string;
  readonly headers: readonly Header[];
  /** Transfer encoding undone; empty for a multipart. */
  readonly bytes: Uint8Array;
  readonly parts: readonly Part[];
}

export interface Header {
  /** Small letters. */
  readonly key: string;
  /** Unfolded; encoded words not decoded. */
  readonly value: string;
}

/** Thrown for a mail that breaks a limit. */
export class Quarantined extends Error {
  constructor(readonly reason: QuarantineReason) {
    super(reason);
  }
}

/** @throws Quarantined */
export async function treeOf(raw: Uint8Array, limits: Limits): Promise<Part> {
  const parser = new PostalMime({
    forceRfc822Attachments: true,
    maxNestingDepth: limits.maxDepth,
    maxHeadersSize: limits.maxHeaderBytes,
  });
  try {
    await parser.parse(raw);
  } catch (error) {
    throw new Quarantined(reasonOf(error));
  }
  const counter = { left: limits.maxParts };
  return partOf((parser as unknown as { root: Node }).root, counter);
}

/** All parts below and including this one, in the order of the mail. */
export function* partsOf(part: Part): Generator<Part> {
  yield part;
  for (const child of part.parts) yield* partsOf(child);
}

export function headerOf(part: Part, key: string): string | null {
  return part.headers.find((header) => header.key === key)?.value ?? null;
}

/** What is read of the library's node. */
interface Node {
  readonly headers: readonly { key: string; value: string }[];
  readonly contentType: { parsed: { value: string; params: Record<string, string> } };
  readonly contentDisposition: { parsed: { value: string; params: Record<string, string> } };
  readonly contentTransferEncoding: { encoding: string };
  readonly contentId?: string;
  readonly content: ArrayBuffer | null;
  readonly childNodes: readonly Node[];
}

function partOf(node: Node, counter: { left: number }): Part {
  if (--counter.left < 0) throw new Quarantined("too_many_parts");
  const type = node.contentType.parsed;
  const disposition = node.contentDisposition.parsed;
  return {
    type: type.value.toLowerCase().trim(),
    parameters: type.params,
    disposition: disposition.value.toLowerCase().trim(),
    filename: disposition.params.filename || type.params.name || null,
    contentId: node.contentId?.replace(/^\s*<|>\s*$/g, "") || null,
    encoding: node.contentTransferEncoding.encoding,
    headers: node.headers.map(({ key, value }) => ({ key, value })),
    bytes: contentOf(node),
    parts: node.childNodes.map((child) => partOf(child, counter)),
  };
}

/** The line end before a boundary is the boundary's (RFC 2046); the library leaves it on the part. */
function contentOf(node: Node): Uint8Array {
  const bytes = new Uint8Array(node.content ?? new ArrayBuffer(0));
  const isLines = !/base64/i.test(node.contentTransferEncoding.encoding) && bytes.at(-1) === 0x0a;
  return isLines ? bytes.subarray(0, -1) : bytes;
}

function reasonOf(error: unknown): QuarantineReason {
  const said = error instanceof Error ? error.message : "";
  if (/nesting depth/i.test(said)) return "too_deep";
  return /header/i.test(said) ? "headers_too_large" : "unparseable";
}
