// The mails of a mailbox file (mbox, RFC 4155), one after another, however large the file is.

const mostBytes = 256 * 1_048_576;

/** @throws when one mail is larger than 256 MB: it is no mailbox file then. */
export async function* mailsOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let isBegun = false;
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    if (!isBegun && rest.length >= 5) {
      if (!rest.subarray(0, 5).equals(separator)) throw new Error("Not a mailbox file: it does not begin with From.");
      isBegun = true;
    }
    for (let at = nextMail(rest); at !== -1; at = nextMail(rest)) {
      yield unwrapped(rest.subarray(0, at));
      rest = rest.subarray(at);
    }
    if (rest.length > mostBytes) throw new Error("Not a mailbox file: a mail in it is larger than 256 MB.");
  }
  if (rest.length > 0) yield unwrapped(rest);
}

export function isMbox(head: Buffer): boolean {
  return head.subarray(0, 5).equals(separator);
}

const separator = Buffer.from("From ");

/** Where the next one begins: behind an empty line. */
function nextMail(bytes: Buffer): number {
  const found = [bytes.indexOf("\n\nFrom "), bytes.indexOf("\r\n\r\nFrom ")].map((at, which) => (at === -1 ? -1 : at + (which === 0 ? 2 : 4)));
  const there = found.filter((at) => at !== -1);
  return there.length === 0 ? -1 : Math.min(...there);
}

/** Without the line that separates; `>From` that was written for `From` is that again. Line ends as mails have them. */
function unwrapped(bytes: Buffer): Buffer {
  const end = bytes.indexOf("\n");
  const mail = bytes.subarray(end === -1 ? bytes.length : end + 1).toString("latin1");
  return Buffer.from(mail.replace(/^>(>*From )/gmu, "$1").replace(/\r?\n/gu, "\r\n").replace(/(?:\r\n)+$/u, "\r\n"), "latin1");
}
