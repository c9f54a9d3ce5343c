// Where the bytes of files are kept, by their hash: in Postgres, or in an object store where one is configured. Rows name a file
// by its hash alone, and nobody else knows where it lies; what was kept in one place is found there after the other was chosen.
import { Prisma } from "./client";
import type { PrismaClient } from "./client";
import { FileUnavailable } from "./objects";
import type { FileTrouble, Objects } from "./objects";

export interface NamedBytes {
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

export interface Files {
  /**
   * Keeps bytes under their hash, once however often it is asked. When it resolves they are there, and stay for a day: by then
   * the row that names them has to be committed. So call it before that row's transaction, never in it.
   */
  keep(files: readonly NamedBytes[]): Promise<void>;
  /** Throws `FileUnavailable` when they can't be had: what lacks its file is not what was sent. */
  bytesOf(sha256: string): Promise<Uint8Array>;
  /** All of these by their hash, or it throws as `bytesOf` does. */
  bytesOfAll(hashes: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Takes those away that no row has named for a day. How many it were. */
  forgetUnnamed(): Promise<number>;
  /** Brings what lies elsewhere to where new ones are kept, and tells of each how that went; null: it is there. */
  bringHome(): AsyncGenerator<{ readonly sha256: string; readonly trouble: FileTrouble | null }>;
}

/**
 * @param objects the store where some may lie; null: there is none
 * @param takesNew whether that is where new ones go; else they go to Postgres
 */
export function createFiles(prisma: PrismaClient, objects: Objects | null, takesNew = true): Files {
  const home = takesNew ? objects : null;
  const bytesOf = async (sha256: string, { bytes, objectAt }: Place): Promise<Uint8Array> => {
    if (bytes !== null) return bytes;
    if (objectAt === null) throw new FileUnavailable("missing", sha256);
    if (objects === null) throw new FileUnavailable("not_configured", sha256);
    return await objects.get(sha256);
  };
  const bytesOfAll = async (hashes: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> => {
    const rows = hashes.length === 0 ? [] : await prisma.fileContent.findMany({ where: { sha256: { in: [...hashes] } }, select: place });
    const places = new Map(rows.map((row) => [row.sha256, row]));
    const found = new Map<string, Uint8Array>();
    // One after another: together they may be as large as a mail may be.
    for (const sha256 of new Set(hashes)) found.set(sha256, await bytesOf(sha256, places.get(sha256) ?? nowhere));
    return found;
  };
  return {
    keep: async (files) => {
      for (const file of files) await (home === null ? keepInRow(prisma, file) : keepAsObject(prisma, home, file));
    },
    bytesOf: async (sha256) => await bytesOf(sha256, (await prisma.fileContent.findUnique({ where: { sha256 }, select: place })) ?? nowhere),
    bytesOfAll,
    forgetUnnamed: async () => await forgetUnnamed(prisma, objects),
    bringHome: async function* () {
      for (let last: string | null = null; ; ) {
        const row: Row | null = await prisma.fileContent.findFirst({
          where: { ...(last !== null && { sha256: { gt: last } }), ...(home === null ? lyingInStore : lyingInRow) },
          orderBy: { sha256: "asc" },
          select: place,
        });
        if (row === null) return;
        last = row.sha256;
        yield { sha256: last, trouble: await troubleOf(async () => await bring(prisma, home, row.sha256, await bytesOf(row.sha256, row))) };
      }
    },
  };
}

const place = { sha256: true, bytes: true, objectAt: true } as const satisfies Prisma.FileContentSelect;

interface Place {
  readonly bytes: Uint8Array | null;
  readonly objectAt: Date | null;
}

type Row = Place & { readonly sha256: string };

const nowhere: Place = { bytes: null, objectAt: null };
const lyingInRow = { bytes: { not: null } } as const satisfies Prisma.FileContentWhereInput;
const lyingInStore = { bytes: null, objectAt: { not: null } } as const satisfies Prisma.FileContentWhereInput;

async function keepInRow(prisma: PrismaClient, { sha256, bytes }: NamedBytes): Promise<void> {
  await prisma.$executeRaw`
    INSERT INTO files AS f (sha256, size, bytes) VALUES (${sha256}, ${bytes.length}, ${bytes}) ON CONFLICT (sha256) DO UPDATE
    SET kept_at = clock_timestamp(), bytes = coalesce(f.bytes, excluded.bytes), object_at = NULL`;
}

/**
 * The row comes first, so that nobody takes the object away whom we have just found there; and it says that there is an object
 * only when there is one. Killed in between, the next one who keeps the file puts it there again.
 */
async function keepAsObject(prisma: PrismaClient, objects: Objects, { sha256, bytes }: NamedBytes): Promise<void> {
  const [row] = await prisma.$queryRaw<{ isThere: boolean }[]>`
    INSERT INTO files AS f (sha256, size) VALUES (${sha256}, ${bytes.length}) ON CONFLICT (sha256) DO UPDATE
    SET kept_at = clock_timestamp() RETURNING (f.bytes IS NOT NULL OR f.object_at IS NOT NULL) AS "isThere"`;
  if (row?.isThere === true) return;
  await objects.put(sha256, bytes);
  await prisma.$executeRaw`UPDATE files SET object_at = clock_timestamp() WHERE sha256 = ${sha256}`;
}

/** Files that one turn takes away. */
const forgottenAtOnce = 500;

const unnamed = Prisma.sql`kept_at < clock_timestamp() - interval '1 day'
  AND NOT EXISTS (SELECT FROM attachments WHERE sha256 = f.sha256) AND NOT EXISTS (SELECT FROM uploads WHERE sha256 = f.sha256)`;

async function forgetUnnamed(prisma: PrismaClient, objects: Objects | null): Promise<number> {
  const rows = await prisma.$queryRaw<{ sha256: string }[]>`
    SELECT sha256 FROM files f WHERE ${unnamed} AND (object_at IS NULL OR ${objects !== null}) LIMIT ${forgottenAtOnce}`;
  let forgotten = 0;
  for (const { sha256 } of rows) forgotten += (await forget(prisma, objects, sha256)) ? 1 : 0;
  return forgotten;
}

/**
 * The row says first that there is no object, and is held while the object goes: whoever wants to keep the same file meanwhile
 * puts it there anew, after it has gone. Killed anywhere in between, it is as if nobody had ever kept it.
 */
async function forget(prisma: PrismaClient, objects: Objects | null, sha256: string): Promise<boolean> {
  await prisma.$executeRaw`UPDATE files f SET object_at = NULL WHERE sha256 = ${sha256} AND object_at IS NOT NULL AND ${unnamed}`;
  return await prisma.$transaction(
    async (tx) => {
      const [row] = await tx.$queryRaw<{ isHere: boolean }[]>`
        SELECT bytes IS NOT NULL AS "isHere" FROM files f WHERE sha256 = ${sha256} AND object_at IS NULL AND ${unnamed} FOR UPDATE OF f SKIP LOCKED`;
      if (row === undefined) return false;
      if (!row.isHere) await objects?.remove(sha256);
      await tx.$executeRaw`DELETE FROM files WHERE sha256 = ${sha256}`;
      return true;
    },
    { timeout: 30_000 },
  );
}

/** Null: it was done. */
async function troubleOf(work: () => Promise<void>): Promise<FileTrouble | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof FileUnavailable) return error.trouble;
    throw error;
  }
}

/** There first, and only then no longer here; what is in the store stays there, for whoever may have read its row just before. */
async function bring(prisma: PrismaClient, home: Objects | null, sha256: string, bytes: Uint8Array): Promise<void> {
  if (home === null) {
    await prisma.$executeRaw`UPDATE files SET bytes = ${bytes}, object_at = NULL WHERE sha256 = ${sha256} AND object_at IS NOT NULL`;
    return;
  }
  await home.put(sha256, bytes);
  await prisma.$executeRaw`UPDATE files SET object_at = clock_timestamp(), bytes = NULL WHERE sha256 = ${sha256} AND bytes IS NOT NULL`;
}
