// The files that go out with a mail, from their rows: never from a path or an address.
import type { SendMailOptions } from "nodemailer";
import type { Files } from "../../prisma/files";
import type { AttachedFile } from "./material";

/** In the order given. Throws when one can't be had: a mail without its file is not the one that was written. */
export async function attachmentsOf(store: Pick<Files, "bytesOfAll">, files: readonly AttachedFile[]): Promise<SendMailOptions["attachments"]> {
  if (files.length === 0) return [];
  const kept = await store.bytesOfAll(files.map(({ sha256 }) => sha256));
  return files.map(({ name, type, sha256 }) => {
    const bytes = kept.get(sha256);
    if (bytes === undefined) throw new Error("A file of this mail is not there.");
    return { filename: name, contentType: isComposite.test(type) ? "application/octet-stream" : type, content: Buffer.from(bytes), contentDisposition: "attachment" as const };
  });
}

/**
 * What mails are made of is encoded by nobody (RFC 2046, 5.2.1): a mail that is attached would go out in lines of any length, which
 * servers refuse, and a `multipart` as an empty one. Its name says what it is.
 */
const isComposite = /^(?:message|multipart)\//i;
