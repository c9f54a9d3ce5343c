// Where the bytes of attachments are kept: here, in Postgres, by their hash, and nowhere else in the code. Whoever wants them in
// an S3-compatible store puts it behind these three functions; rows name files by their hash alone (docs/mail.md).
import type { Prisma, PrismaClient } from "./client";

type Db = PrismaClient | Prisma.TransactionClient;

/**
 * Keeps bytes under their hash; the same file a thousand times is kept once. In a transaction it is there exactly when that
 * commits.
 */
export async function keepFile(db: Db, sha256: string, bytes: Uint8Array): Promise<void> {
  await db.$executeRaw`INSERT INTO files (sha256, size, bytes) VALUES (${sha256}, ${bytes.length}, ${bytes}) ON CONFLICT DO NOTHING`;
}

/** Throws when it is not there: what lacks its file is not what was sent. */
export async function bytesOf(db: Db, sha256: string): Promise<Uint8Array> {
  const bytes = (await bytesOfAll(db, [sha256])).get(sha256);
  if (bytes === undefined) throw new Error("A file is not there.");
  return bytes;
}

/** Of those that are there, by their hash. */
export async function bytesOfAll(db: Db, hashes: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
  if (hashes.length === 0) return new Map();
  const rows = await db.fileContent.findMany({ where: { sha256: { in: [...hashes] } }, select: { sha256: true, bytes: true } });
  return new Map(rows.map(({ sha256, bytes }) => [sha256, bytes]));
}
