// Whom Postgres runs as: it refuses to run as root, so root lends it an account without rights of its own.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { CannotStart } from "./cannot-start";

const run = promisify(execFile);
const ACCOUNT = "postgres";

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
  launch(command: string, args: readonly string[]): Launch;
}

/**
 * The account to run Postgres under: our own, unless we are root. Makes one when root has none.
 * @param paths what it must be able to reach: its folder and its programs
 */
export async function postgresAccount(paths: readonly string[]): Promise<Account> {
  if (process.getuid?.() !== 0) return { owner: undefined, launch: (command, args) => ({ command, args }) };
  const user = (await lookUp()) ?? (await create());
  const reached = await Promise.all(paths.map((path) => reaches(user, path)));
  if (reached.every(Boolean)) return { owner: user, launch: (command, args) => ({ command, args, user }) };
  return { owner: user, launch: await throughClosedFolders(user, paths) };
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
  } catch (cause) {
    const advice = "start as another user, or set DATABASE_URL to use a Postgres of your own";
    throw new CannotStart(`Postgres won't run as root, and no account for it could be made: ${advice}.`, { cause });
  }
  const user = await lookUp();
  if (user === undefined) throw new CannotStart(`The account ${ACCOUNT} was made but can't be found.`);
  return user;
}

/** Asked of the system itself, for rights come from modes, groups and lists that we'd only guess at. */
async function reaches(user: SystemUser, path: string): Promise<boolean> {
  const nearest = existsSync(path) ? path : dirname(path);
  if (nearest !== path && !existsSync(nearest)) return reaches(user, nearest);
  return run("test", ["-x", nearest], user).then(() => true, () => false);
}

/** Root's home is closed to others: the account gets the one right to pass through, and stays an account, not root. */
async function throughClosedFolders(user: SystemUser, paths: readonly string[]): Promise<Account["launch"]> {
  const right = "+dac_override";
  const prefix = [`--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups", `--inh-caps=${right}`, `--ambient-caps=${right}`];
  try {
    for (const path of paths) await run("setpriv", [...prefix, "ls", "-d", existsSync(path) ? path : dirname(path)]);
  } catch (cause) {
    const advice = "put the folder elsewhere, start as another user, or set DATABASE_URL to use a Postgres of your own";
    throw new CannotStart(`Postgres won't run as root, and the account ${ACCOUNT} can't reach ${paths.join(" or ")}: ${advice}.`, { cause });
  }
  return (command, args) => ({ command: "setpriv", args: [...prefix, command, ...args] });
}
