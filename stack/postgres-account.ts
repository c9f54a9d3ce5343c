// Whom Postgres runs as: it refuses to run as root, so root lends it an account without rights of its own.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { CannotStart } from "./cannot-start";
import { copyPrograms, postgresPrograms } from "./postgres-programs";

const run = promisify(execFile);
const ACCOUNT = "postgres";
/** Where root keeps what can be made again, readable by all. */
const CACHE = "/var/cache/perdura";
const ADVICE = "put the folder elsewhere, start as another user, or set DATABASE_URL to use a Postgres of your own";

export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly user?: SystemUser;
}

export interface Account {
  /** Whom Postgres's files must belong to; undefined when it runs as ourselves. */
  readonly owner: SystemUser | undefined;
  /** How to run one of its programs. */
  launch(program: "postgres" | "initdb", args: readonly string[]): Launch;
}

/** The account to run Postgres under so that it can use `dir`: our own, unless we are root. Makes one when root has none. */
export async function postgresAccount(dir: string): Promise<Account> {
  const programs = postgresPrograms();
  if (process.getuid?.() !== 0) {
    return { owner: undefined, launch: (program, args) => ({ command: join(programs, "bin", program), args }) };
  }
  const user = (await lookUp()) ?? (await create());
  const bin = join((await reaches(user, programs)) ? programs : await copied(), "bin");
  const prefix = (await reaches(user, dir)) ? [] : await passThrough(user, dir);
  return {
    owner: user,
    launch: (program, args) =>
      prefix.length === 0
        ? { command: join(bin, program), args, user }
        : { command: "setpriv", args: [...prefix, join(bin, program), ...args] },
  };
}

async function lookUp(): Promise<SystemUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", ACCOUNT]), run("id", ["-g", ACCOUNT])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function create(): Promise<SystemUser> {
  try {
    await run("groupadd", ["--system", ACCOUNT]).catch(() => undefined);
    await run("useradd", ["--system", "--gid", ACCOUNT, "--no-create-home", "--shell", "/bin/false", ACCOUNT]);
  } catch {
    throw new CannotStart(`Postgres won't run as root, and no account for it could be made: ${ADVICE}.`);
  }
  const user = await lookUp();
  if (user === undefined) throw new CannotStart(`The account ${ACCOUNT} was made but can't be found.`);
  return user;
}

/** Asked of the system itself, for rights come from modes, groups and lists that we'd only guess at. */
async function reaches(user: SystemUser, path: string): Promise<boolean> {
  if (!existsSync(path)) return reaches(user, dirname(path));
  return run("test", ["-x", path], user).then(() => true, () => false);
}

async function copied(): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  return copyPrograms(CACHE);
}

/** Root's home is closed to others: the account gets the one right to pass through it, and stays an account, not root. */
async function passThrough(user: SystemUser, dir: string): Promise<string[]> {
  const right = "+dac_override";
  const prefix = [`--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups", `--inh-caps=${right}`, `--ambient-caps=${right}`];
  try {
    await run("setpriv", [...prefix, "ls", dir]);
    return prefix;
  } catch {
    throw new CannotStart(`Postgres won't run as root, and the account ${ACCOUNT} can't reach ${dir}: ${ADVICE}.`);
  }
}
