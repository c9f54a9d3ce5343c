// Files in an S3-compatible store, each an object that is named by its hash. Knows that protocol and how long it may take;
// refuses to know which rows name them (files.ts).
import { createHash } from "node:crypto";
import type { S3Client } from "@bradenmacdonald/s3-lite-client";

/** Where the store is, and who we are there. */
export interface ObjectStoreSettings {
  /** With its port, and whatever path comes before the bucket's name. */
  readonly url: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/**
 * Why a file can't be had, or kept, just now: nobody answers; the store doesn't let us in, or has no such bucket; it says that
 * there is no such object; what it has are other bytes; the file lies in a store, and none is configured.
 */
export type FileTrouble = "unreachable" | "refused" | "missing" | "damaged" | "not_configured";

/** Whoever asks again may have more luck: nothing is given up for it. Says nothing of what the file is called or holds. */
export class FileUnavailable extends Error {
  override readonly name = "FileUnavailable";
  /** `FILE_MISSING`, for instance: what a notice's row says of its last attempt. */
  readonly code: string;

  constructor(
    readonly trouble: FileTrouble,
    readonly sha256: string,
  ) {
    super(`The file ${sha256} can't be had: ${trouble}.`);
    this.code = `FILE_${trouble.toUpperCase()}`;
  }
}

/** All three may be repeated, and throw `FileUnavailable` when it was not done, or when nobody knows. */
export interface Objects {
  /** Resolves once the store has it. */
  put(sha256: string, bytes: Uint8Array): Promise<void>;
  /** What it has under this hash, and nothing else. */
  get(sha256: string): Promise<Uint8Array>;
  /** Also when it is gone already. */
  remove(sha256: string): Promise<void>;
}

/** A file of 35 MB on a line that has seen better days; a word alone. ms */
const patienceMs = 30_000;
const shortPatienceMs = 10_000;

export function createObjects({ url, bucket, region, accessKey, secretKey }: ObjectStoreSettings): Objects {
  // The package is an ES module: only who has such a store loads it.
  const client = once(async () => {
    const { S3Client } = await import("@bradenmacdonald/s3-lite-client");
    return new S3Client({ endPoint: url, bucket, region, accessKey, secretKey });
  });
  const ask = async <T>(sha256: string, asked: (store: S3Client) => Promise<T>, withinMs = patienceMs): Promise<T> => {
    try {
      return await inTime(asked(await client()), withinMs);
    } catch (error) {
      throw new FileUnavailable(troubleOf(error), sha256);
    }
  };
  return {
    put: async (sha256, bytes) => {
      await ask(sha256, async (store) => await store.putObject(sha256, Buffer.from(bytes), { metadata: { "Content-Type": "application/octet-stream" } }));
    },
    get: async (sha256) => {
      const bytes = await ask(sha256, async (store) => new Uint8Array(await (await store.getObject(sha256)).arrayBuffer()));
      if (createHash("sha256").update(bytes).digest("hex") !== sha256) throw new FileUnavailable("damaged", sha256);
      return bytes;
    },
    remove: async (sha256) => {
      await ask(sha256, async (store) => await store.deleteObject(sha256), shortPatienceMs).catch((error: unknown) => {
        if (!(error instanceof FileUnavailable) || error.trouble !== "missing") throw error;
      });
    },
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}

/** By the store's own codes; whatever has none never reached it. */
function troubleOf(error: unknown): FileTrouble {
  const { statusCode, code } = error as { readonly statusCode?: number; readonly code?: string };
  if (code === "NoSuchKey") return "missing";
  if (statusCode === undefined || statusCode >= 500 || statusCode === 429) return "unreachable";
  return "refused";
}

/** The request itself knows no limit; one that is given up may still take effect, which is as good as done again. */
async function inTime<T>(work: Promise<T>, withinMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The object store is too slow.")), withinMs);
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
