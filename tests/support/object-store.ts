// A real S3-compatible server, Versity's gateway, with its objects as plain files under a folder of its own. Where it is missing
// it is built by Go, once per machine; where that can't be, tests say that they are skipped.
import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client } from "@bradenmacdonald/s3-lite-client";
import type { ObjectStoreSettings } from "../../prisma/objects";
import { freePort } from "../../stack/ports";
import { eventually } from "./eventually";

const version = "1.8.0";
const folder = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "perdura", `versitygw-${version}`);
const program = join(folder, "versitygw");
const buildWithinMs = 10 * 60_000;

/** Whether there is one, or could be built (two minutes on two cores, once). */
export function hasObjectStore(): boolean {
  if (existsSync(program)) return true;
  if (spawnSync("go", ["version"]).status !== 0) return false;
  const own = join(folder, randomUUID());
  mkdirSync(own, { recursive: true });
  const module = `github.com/versity/versitygw/cmd/versitygw@v${version}`;
  const built = spawnSync("go", ["install", "-ldflags", "-s -w", module], { env: { ...process.env, GOBIN: own }, timeout: buildWithinMs });
  // In one go, so that another test never meets half a program.
  if (built.status === 0) renameSync(join(own, "versitygw"), program);
  rmSync(own, { recursive: true, force: true });
  return built.status === 0;
}

export class ObjectStore {
  private child: ChildProcess | null = null;

  private constructor(
    private readonly dir: string,
    private readonly port: number,
  ) {}

  readonly bucket = "perdura-files";

  get settings(): ObjectStoreSettings {
    return { url: `http://127.0.0.1:${this.port}`, bucket: this.bucket, region: "us-east-1", accessKey: "tests", secretKey: "a-secret-of-the-tests" };
  }

  /** With its bucket. Call `stop` when done. */
  static async start(): Promise<ObjectStore> {
    const dir = mkdtempSync(join(tmpdir(), "perdura-objects-"));
    for (const name of ["objects", "about"]) mkdirSync(join(dir, name));
    const store = new ObjectStore(dir, await freePort());
    await store.up();
    await store.client().makeBucket(store.bucket);
    return store;
  }

  /** Starts it again where it was stopped. */
  async up(): Promise<void> {
    const { accessKey, secretKey } = this.settings;
    const args = ["--quiet", "--port", `127.0.0.1:${this.port}`, "--access", accessKey, "--secret", secretKey, "posix", "--sidecar", join(this.dir, "about"), join(this.dir, "objects")];
    this.child = spawn(program, args, { stdio: "ignore" });
    await eventually(() => this.answers(), undefined, { withinMs: 20_000, otherwise: () => "not answering" });
  }

  /** Ends the server, and every connection. What it has stays. */
  async down(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (child === null || child.exitCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  async stop(): Promise<void> {
    await this.down();
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** Where the bytes of an object lie. */
  fileOf(name: string): string {
    return join(this.dir, "objects", this.bucket, name);
  }

  private client(): S3Client {
    const { url, ...rest } = this.settings;
    return new S3Client({ endPoint: url, ...rest });
  }

  private async answers(): Promise<boolean> {
    return await this.client().bucketExists(this.bucket).then(() => true, () => false);
  }
}
