// Decodes the seven-bit encodings that browsers have given up and old mail has not: ISO-2022-KR, ISO-2022-CN, HZ. Their
// double bytes are those of EUC-KR and GB2312 without the eighth bit (RFC 1557, RFC 1922, RFC 1843).

const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;
const ESCAPE = 0x1b;
const TILDE = 0x7e;

export function isShifted(charset: string): boolean {
  return ["iso-2022-kr", "csiso2022kr", "iso-2022-cn", "iso-2022-cn-ext", "hz-gb-2312"].includes(charset);
}

export function fromShifted(bytes: Uint8Array, charset: string): string {
  const eight = charset === "hz-gb-2312" ? raiseTildes(bytes) : raiseShifts(bytes);
  return new TextDecoder(charset.endsWith("kr") ? "euc-kr" : "gb18030").decode(Uint8Array.from(eight));
}

function raiseShifts(bytes: Uint8Array): number[] {
  const out: number[] = [];
  let isDouble = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    // A designation, for example ESC $ ) C, says which double bytes follow, and is itself no text.
    if (byte === ESCAPE && bytes[at + 1] === 0x24) at += 3;
    else if (byte === SHIFT_OUT) isDouble = true;
    else if (byte === SHIFT_IN) isDouble = false;
    else out.push(isDouble && byte > 0x20 ? byte | 0x80 : byte);
    if (byte === 0x0a) isDouble = false;
  }
  return out;
}

function raiseTildes(bytes: Uint8Array): number[] {
  const out: number[] = [];
  let isDouble = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const next = String.fromCharCode(bytes[at + 1] ?? 0);
    if (byte === TILDE && "{}~\n".includes(next)) {
      if (next === "~") out.push(TILDE);
      else if (next !== "\n") isDouble = next === "{";
      at += 1;
    } else out.push(isDouble && byte > 0x20 ? byte | 0x80 : byte);
  }
  return out;
}
