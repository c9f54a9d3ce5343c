// The files that go out with a mail, from their rows: never from a path or an address.
import type { SendMailOptions } from "nodemailer";
import type { PrismaClient } from "../../prisma/client";
import type { AttachedFile } from "./load";

/** In the order given. Throws when one is not there: a mail without its file is not the one that was written. */
export async function attachmentsOf(prisma: PrismaClient, files: readonly AttachedFile[]): Promise<SendMailOptions["attachments"]> {
  if (files.length === 0) return [];
  const rows = await prisma.fileContent.findMany({ where: { sha256: { in: files.map(({ sha256 }) => sha256) } }, select: { sha256: true, bytes: true } });
  return files.map(({ name, type, sha256 }) => {
    const row = rows.find((each) => each.sha256 === sha256);
    if (row === undefined) throw new Error("A file of this mail is not there.");
    return { filename: name, contentType: type, content: Buffer.from(row.bytes), contentDisposition: "attachment" as const };
  });
}
