// Makes mails that nobody would write out of ones that somebody did, the same ones for the same seed.
import { Random } from "../chaos/random";

/** @returns `count` mutants; each is one of the originals, changed in one to six places */
export function* mutantsOf(originals: readonly Uint8Array[], count: number, seed: number): Generator<Uint8Array> {
  const random = new Random(seed);
  const below = (limit: number): number => Math.floor(random.next() * limit);
  for (let made = 0; made < count; made++) {
    let mail = Buffer.from(originals[below(originals.length)] ?? []);
    for (let changes = 1 + below(6); changes > 0; changes--) mail = changed(mail, originals, below);
    yield mail;
  }
}

const tokens = ["\r\n\r\n", "\n", "\r", "--", "\0", "=?", "?=", "=?utf-8?B?", "=?x?q?", "boundary=", "Content-Type: multipart/mixed; boundary=b\r\n", "Content-Transfer-Encoding: base64\r\n", "charset=utf-7", "charset=utf-16", "<", ">", '"', "(", ":", ";", "\x1b$B", "\xff\xfe", "begin 644 a\n", "<blockquote>", "<div>".repeat(50), "> ".repeat(50), "From: ", "x".repeat(500)];

function changed(mail: Buffer<ArrayBuffer>, originals: readonly Uint8Array[], below: (limit: number) => number): Buffer<ArrayBuffer> {
  const at = below(mail.length + 1);
  const length = below(200);
  const other = Buffer.from(originals[below(originals.length)] ?? []);
  const piece = other.subarray(below(other.length + 1)).subarray(0, length);
  const insert = Buffer.from(tokens[below(tokens.length)] ?? "", "latin1");
  switch (below(7)) {
    case 0:
      return Buffer.concat([mail.subarray(0, at), insert, mail.subarray(at)]);
    case 1:
      return Buffer.concat([mail.subarray(0, at), mail.subarray(at + length)]);
    case 2:
      return Buffer.concat([mail.subarray(0, at), piece, mail.subarray(at)]);
    case 3:
      return mail.subarray(0, at);
    case 4:
      return Buffer.concat([mail.subarray(0, at), mail.subarray(at, at + length), mail.subarray(at)]);
    case 5:
      return Buffer.from(mail.map((byte, index) => (index >= at && index < at + 8 ? below(256) : byte)));
    default:
      return Buffer.from(mail.map((byte, index) => (index === at ? byte ^ (1 << below(8)) : byte)));
  }
}
