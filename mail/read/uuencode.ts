// Files that old programs wrote into the text itself: uuencode ("begin 644 name … end").

export interface Uuencoded {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The text without them, and the files. What doesn't decode stays text. */
export function withoutUuencoded(text: string): { text: string; files: Uuencoded[] } {
  const files: Uuencoded[] = [];
  const rest = text.replace(/^begin(?:-base64)? [0-7]{3,4} ([^\n]{1,255})\n([\s\S]*?)\n(?:`|\s)?\n?(?:end|====)[^\S\n]*$/gm, (whole, name: string, body: string) => {
    const bytes = whole.startsWith("begin-base64") ? Buffer.from(body, "base64") : decoded(body);
    if (bytes === null || bytes.length === 0) return whole;
    files.push({ name: name.trim(), bytes });
    return "";
  });
  return { text: files.length === 0 ? text : rest.trimEnd(), files };
}

/** Each line: how many bytes, then groups of four characters for three of them. */
function decoded(body: string): Uint8Array | null {
  const out: number[] = [];
  for (const line of body.split("\n")) {
    const row = line.trimEnd();
    if (row === "" || row === "`") continue;
    const count = (row.charCodeAt(0) - 32) & 63;
    if (row.charCodeAt(0) < 32 || row.charCodeAt(0) > 96 || row.length + 3 < 1 + Math.ceil(count / 3) * 4) return null;
    const bytes: number[] = [];
    for (let at = 1; at < row.length && bytes.length < count; at += 4) {
      const [a, b, c, d] = [0, 1, 2, 3].map((offset) => ((row.charCodeAt(at + offset) || 32) - 32) & 63) as [number, number, number, number];
      bytes.push((a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d);
    }
    out.push(...bytes.slice(0, count));
  }
  return Uint8Array.from(out);
}
