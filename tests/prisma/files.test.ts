// Where files are kept: in Postgres, or in a real S3-compatible store. None is lost, whatever dies, and none is kept for nothing.
import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { createFiles } from "../../prisma/files";
import type { Files, NamedBytes } from "../../prisma/files";
import { createObjects, FileUnavailable } from "../../prisma/objects";
import type { Objects } from "../../prisma/objects";
import { aDatabase, type TestDatabase } from "../support/database";
import { hasObjectStore, ObjectStore } from "../support/object-store";

let database: TestDatabase;
beforeAll(async () => void (database = await aDatabase()));
afterAll(async () => await database.drop());

function aFile(bytes: Uint8Array = Buffer.from(randomUUID())): NamedBytes {
  return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes };
}

const row = async ({ sha256 }: NamedBytes) => await database.prisma.fileContent.findUnique({ where: { sha256 } });
const troubleOf = async (work: Promise<unknown>) => await work.then(() => null, (error: unknown) => (error instanceof FileUnavailable ? error.trouble : error));

/** Nobody has meant to name them for a day. */
async function grownOld(...files: readonly NamedBytes[]): Promise<void> {
  await database.prisma.fileContent.updateMany({ where: { sha256: { in: files.map(({ sha256 }) => sha256) } }, data: { keptAt: new Date(Date.now() - 25 * 3_600_000) } });
}

async function named({ sha256 }: NamedBytes): Promise<void> {
  await database.prisma.attachment.create({ data: { id: randomUUID(), position: 0, name: "a", type: "text/plain", size: 1, sha256 } });
}

test("in Postgres: kept once, found again, taken away when nothing has named it for a day", async () => {
  const files = createFiles(database.prisma, null);
  const [one, other, empty] = [aFile(), aFile(), aFile(Buffer.alloc(0))];
  await files.keep([one, other, empty]);
  await files.keep([one]);
  expect(await files.bytesOfAll([one, empty].map(({ sha256 }) => sha256))).toEqual(new Map([one, empty].map(({ sha256, bytes }) => [sha256, new Uint8Array(bytes)])));
  await named(one);
  await grownOld(one, other);
  await files.forgetUnnamed();
  expect([await row(one), await row(other), await row(empty)].map((found) => found !== null)).toEqual([true, false, true]);
  expect(await troubleOf(files.bytesOf(other.sha256))).toBe("missing");
  expect(await troubleOf(files.bytesOfAll([one.sha256, other.sha256]))).toBe("missing");
});

(hasObjectStore() ? describe : describe.skip)("in an S3-compatible store", () => {
  let store: ObjectStore;
  let objects: Objects;
  let files: Files;
  beforeAll(async () => {
    store = await ObjectStore.start();
    objects = createObjects(store.settings);
    files = createFiles(database.prisma, objects);
  });
  afterAll(async () => await store.stop());

  const lies = ({ sha256 }: NamedBytes): boolean => existsSync(store.fileOf(sha256));

  test("the bytes lie there under their hash, before their row says so, and not in Postgres", async () => {
    const file = aFile(Buffer.alloc(3_000_000, "x"));
    await files.keep([file]);
    expect(readFileSync(store.fileOf(file.sha256)).equals(file.bytes)).toBe(true);
    expect(await row(file)).toMatchObject({ bytes: null, size: 3_000_000, objectAt: expect.any(Date) as Date });
    expect(Buffer.from(await files.bytesOf(file.sha256)).equals(file.bytes)).toBe(true);
  });

  test("an empty file, and one named twice at once, are kept as well", async () => {
    const [empty, twice] = [aFile(Buffer.alloc(0)), aFile()];
    await Promise.all([files.keep([empty]), files.keep([twice]), files.keep([twice])]);
    expect([...(await files.bytesOfAll([empty.sha256, twice.sha256])).values()].map(({ length }) => length)).toEqual([0, 36]);
  });

  test("killed between the object and its row, or while the store is away, nothing names it; tried again it is kept", async () => {
    const [first, second] = [aFile(), aFile()];
    const dying = createFiles(database.prisma, { ...objects, put: async (sha256, bytes) => {
      await objects.put(sha256, bytes);
      throw new FileUnavailable("unreachable", sha256);
    } });
    expect(await troubleOf(dying.keep([first]))).toBe("unreachable");
    expect(await troubleOf(files.bytesOf(first.sha256))).toBe("missing");
    await store.down();
    expect(await troubleOf(files.keep([second]))).toBe("unreachable");
    await store.up();
    await files.keep([first, second]);
    expect((await files.bytesOfAll([first.sha256, second.sha256])).size).toBe(2);
  });

  test("what is wrong is said by name: away, refused, no such bucket, lost, damaged; it comes back with its object", async () => {
    const file = aFile();
    await files.keep([file]);
    const withOther = (settings: object) => createFiles(database.prisma, createObjects({ ...store.settings, ...settings }));
    expect(await troubleOf(withOther({ secretKey: "another-secret" }).bytesOf(file.sha256))).toBe("refused");
    expect(await troubleOf(withOther({ bucket: "another-bucket" }).bytesOf(file.sha256))).toBe("refused");
    expect(await troubleOf(createFiles(database.prisma, null).bytesOf(file.sha256))).toBe("not_configured");
    writeFileSync(store.fileOf(file.sha256), "x".repeat(file.bytes.length));
    expect(await troubleOf(files.bytesOf(file.sha256))).toBe("damaged");
    rmSync(store.fileOf(file.sha256));
    expect(await troubleOf(files.bytesOf(file.sha256))).toBe("missing");
    await objects.put(file.sha256, file.bytes);
    expect(Buffer.from(await files.bytesOf(file.sha256)).equals(file.bytes)).toBe(true);
    await store.down();
    expect(await troubleOf(files.bytesOf(file.sha256))).toBe("unreachable");
    await store.up();
  });

  test("nothing has named it for a day: object and row go; away, it is tried again; what is named or wanted anew stays", async () => {
    const [gone, used, wanted] = [aFile(), aFile(), aFile()];
    await files.keep([gone, used, wanted]);
    await named(used);
    await grownOld(gone, used, wanted);
    await files.keep([wanted]);
    await store.down();
    expect(await troubleOf(files.forgetUnnamed())).toBe("unreachable");
    expect(await row(gone)).toMatchObject({ objectAt: null });
    await store.up();
    await files.forgetUnnamed();
    expect([gone, used, wanted].map(lies)).toEqual([false, true, true]);
    expect(await row(gone)).toBeNull();
  });

  test("kept anew in the very moment in which it is taken away, it is there", async () => {
    const file = aFile();
    await files.keep([file]);
    await grownOld(file);
    const keeping: Promise<void>[] = [];
    const taking = createFiles(database.prisma, { ...objects, remove: async (sha256) => {
      keeping.push(files.keep([file]));
      await objects.remove(sha256);
    } });
    await taking.forgetUnnamed();
    await Promise.all(keeping);
    expect(keeping).toHaveLength(1);
    expect(Buffer.from(await files.bytesOf(file.sha256)).equals(file.bytes)).toBe(true);
    expect(lies(file)).toBe(true);
  });

  test("from Postgres into the store and back, while all stay readable; one that is lost holds up no other", async () => {
    const before = createFiles(database.prisma, null);
    const [one, other] = [aFile(), aFile()];
    await before.keep([one, other]);
    const { url, bucket, accessKey, secretKey } = store.settings;
    const env = { ...process.env, DATABASE_URL: database.url, FILES_S3_URL: url, FILES_S3_BUCKET: bucket, FILES_S3_ACCESS_KEY: accessKey, FILES_S3_SECRET_KEY: secretKey };
    const { stdout } = await promisify(execFile)(process.execPath, ["-r", "./bin/typescript.cjs", "bin/files-move.ts"], { env });
    expect(stdout).toMatch(/^[1-9]\d* moved to perdura-files, 0 not$/m);
    expect(await row(one)).toMatchObject({ bytes: null });
    expect((await files.bytesOfAll([one.sha256, other.sha256])).size).toBe(2);
    rmSync(store.fileOf(one.sha256));
    const back = createFiles(database.prisma, objects, false);
    const troubles = new Map<string, string | null>();
    for await (const { sha256, trouble } of back.bringHome()) troubles.set(sha256, trouble);
    expect([troubles.get(one.sha256), troubles.get(other.sha256)]).toEqual(["missing", null]);
    expect(Buffer.from(await before.bytesOf(other.sha256)).equals(other.bytes)).toBe(true);
    await before.keep([one]);
    expect(Buffer.from(await before.bytesOf(one.sha256)).equals(one.bytes)).toBe(true);
  });
});
