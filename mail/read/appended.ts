// What lists append to a mail whose text is encoded: some write their footer in plain letters below the base64, and a decoder makes
// garbage of it. Here it is encoded as the rest is. It knows only mails of one part; in others lists add a part.

/** The same mail, all of its text in base64. */
export function withAppended(raw: Uint8Array): Uint8Array {
  const mail = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const body = bodyOf(mail);
  const headers = mail.toString("latin1", 0, Math.min(body, mostHeaders));
  if (body >= mail.length || !/^content-transfer-encoding:\s*"?base64/im.test(headers) || !/^content-type:\s*text\//im.test(headers)) return raw;
  const footer = footerOf(mail, body);
  if (footer >= mail.length) return raw;
  const text = Buffer.from(mail.toString("latin1", body, footer), "base64");
  const whole = Buffer.concat([text, Buffer.from("\n"), mail.subarray(footer)]).toString("base64");
  return Buffer.concat([mail.subarray(0, body), Buffer.from(whole.replace(/.{76}/g, "$&\n"))]);
}

const mostHeaders = 100_000;

function bodyOf(mail: Buffer): number {
  const ends = ["\n\n", "\n\r\n"].map((end) => ({ at: mail.indexOf(end), end })).filter(({ at }) => at >= 0);
  return Math.min(mail.length, ...ends.map(({ at, end }) => at + end.length));
}

/** A line drawn, or words: not a line of base64 with a broken letter. */
const words = /^(?:[-_=*#~]{2,}|\S+\s+\S+\s)/;

/** The first line of words behind a line of base64; else the end. */
function footerOf(mail: Buffer, body: number): number {
  let isBehind = false;
  for (let at = body; at < mail.length; ) {
    const end = mail.indexOf(0x0a, at) + 1 || mail.length;
    const line = mail.toString("latin1", at, end).trim();
    if (words.test(line)) return isBehind ? at : mail.length;
    isBehind ||= line !== "";
    at = end;
  }
  return mail.length;
}
