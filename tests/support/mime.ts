// Reads the mails that tests receive: enough of MIME for what nodemailer writes, and no more.

export interface ParsedMail {
  /** By name in small letters; unfolded and decoded. Of a repeated header the last. */
  readonly headers: Readonly<Record<string, string>>;
  readonly subject: string;
  /** The plain text part, line ends as "\n"; "" when there is none. */
  readonly text: string;
  /** The HTML part; "" when there is none. */
  readonly html: string;
}

interface Part {
  readonly headers: Record<string, string>;
  readonly body: string;
}

export function parseMail(raw: string): ParsedMail {
  const top = parsePart(raw);
  const leaves = leavesOf(top);
  const ofType = (type: string): string => leaves.find((leaf) => contentType(leaf).startsWith(type))?.body ?? "";
  return {
    headers: top.headers,
    subject: top.headers.subject ?? "",
    text: ofType("text/plain"),
    html: ofType("text/html"),
  };
}

function leavesOf(part: Part): Part[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(part.headers["content-type"] ?? "")?.[1];
  if (boundary === undefined) return [{ headers: part.headers, body: decodeBody(part) }];
  const [, ...pieces] = part.body.split(`--${boundary}`);
  return pieces.slice(0, -1).flatMap((piece) => leavesOf(parsePart(piece.replace(/^\n/, ""))));
}

function parsePart(raw: string): Part {
  const text = raw.replaceAll("\r\n", "\n");
  const gap = text.indexOf("\n\n");
  const head = gap === -1 ? text : text.slice(0, gap);
  const headers: Record<string, string> = {};
  for (const line of head.replace(/\n[ \t]+/g, " ").split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = decodeWords(line.slice(colon + 1).trim());
  }
  return { headers, body: gap === -1 ? "" : text.slice(gap + 2) };
}

function contentType(part: Part): string {
  return (part.headers["content-type"] ?? "text/plain").toLowerCase();
}

function decodeBody({ headers, body }: Part): string {
  const encoding = (headers["content-transfer-encoding"] ?? "7bit").toLowerCase();
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8").replaceAll("\r\n", "\n");
  if (encoding === "quoted-printable") return decodeQuoted(body.replace(/=\n/g, ""));
  return body;
}

/** Encoded words of RFC 2047; blanks between two of them are no part of the text. */
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === "b" ? Buffer.from(text, "base64").toString("utf8") : decodeQuoted(text.replaceAll("_", " ")),
    );
}

function decodeQuoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  // What wasn't escaped is ASCII, or was put in as UTF-8 by an 8-bit mail.
  const asBytes = Buffer.from(bytes, "latin1");
  return asBytes.toString("latin1") === bytes ? asBytes.toString("utf8") : bytes;
}
