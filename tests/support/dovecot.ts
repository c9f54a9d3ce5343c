// A real IMAP server: Debian's Dovecot, with everything of it under a folder of its own. Where it is missing it is installed
// if we are root and apt is there; where that is not so, tests say that they are skipped.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ImapFlow } from "imapflow";
import { freePort } from "../../stack/ports";
import { eventually } from "./eventually";

const program = "/usr/sbin/dovecot";
const nobody = 65_534;
const password = "secret";

/** Whether there is one, or could be installed. */
export function hasDovecot(): boolean {
  if (existsSync(program)) return true;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args: string[]) => spawnSync("apt-get", args, { env, timeout: 120_000 }).status === 0;
  return ["install", "update", "install"].some((what) => apt(what, ...(what === "install" ? ["-y", "--no-install-recommends", "dovecot-imapd"] : [])) && existsSync(program));
}

export interface DovecotOptions {
  /** Files: it offers STARTTLS. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Where it asks whose an access token is, which is appended: it lets in by tokens as well. The answer's `email` is the user. */
  readonly tokenInfoUrl?: string;
  /** How tokens are given; usually by XOAUTH2 alone. */
  readonly tokensBy?: readonly ("xoauth2" | "oauthbearer")[];
}

export class Dovecot {
  private constructor(
    readonly port: number,
    private readonly dir: string,
  ) {}

  /** Any user is let in with the password `secret`, and has a folder INBOX. */
  static async start(options: DovecotOptions = {}): Promise<Dovecot> {
    const dir = mkdtempSync(join(tmpdir(), "perdura-dovecot-"));
    chmodSync(dir, 0o755);
    for (const folder of ["run", "state", "log", "mail"]) {
      mkdirSync(join(dir, folder));
      chownSync(join(dir, folder), nobody, nobody);
    }
    const port = await freePort();
    for (const [name, path] of Object.entries(options.tls ?? {})) {
      // Nobody has to be able to read it.
      copyFileSync(path, join(dir, name));
      chownSync(join(dir, name), nobody, nobody);
    }
    writeFileSync(join(dir, "conf"), configuration(dir, port) + moreOf(dir, options));
    writeFileSync(join(dir, "oauth2"), `tokeninfo_url = ${options.tokenInfoUrl ?? ""}\nusername_attribute = email\n`);
    const dovecot = new Dovecot(port, dir);
    await dovecot.up();
    return dovecot;
  }

  readonly password = password;

  /** Starts it again where it was stopped. */
  async up(): Promise<void> {
    const asNobody = ["--reuid=nobody", "--regid=nogroup", "--clear-groups", program, "-c", join(this.dir, "conf")];
    spawn("setpriv", asNobody, { stdio: "ignore" });
    await this.until(async () => await this.as("probe", () => Promise.resolve(true)).catch(() => false));
  }

  /** Ends the server, and every connection. */
  async down(): Promise<void> {
    const file = join(this.dir, "run", "master.pid");
    if (!existsSync(file)) return;
    const master = Number(readFileSync(file, "utf8"));
    // Those that serve a connection would outlive it.
    const children = readFileSync(`/proc/${master}/task/${master}/children`, "utf8").trim().split(" ");
    process.kill(master, "SIGTERM");
    for (const child of children.map(Number).filter((pid) => pid > 0)) kill(child);
    await this.until(() => Promise.resolve(!existsSync(file)));
  }

  async stop(): Promise<void> {
    await this.down();
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** Puts mails into a user's folder, in order. */
  async put(user: string, ...mails: readonly string[]): Promise<void> {
    await this.as(user, async (client) => {
      for (const mail of mails) await client.append("INBOX", Buffer.from(mail.replace(/\r?\n/gu, "\r\n")));
    });
  }

  /** What lies in a folder. */
  async list(user: string, folder = "INBOX"): Promise<{ uid: number; seen: boolean; subject: string }[]> {
    return await this.as(user, async (client) => {
      await client.mailboxOpen(folder, { readOnly: true });
      const found = await client.fetchAll("1:*", { uid: true, flags: true, envelope: true });
      return found.map(({ uid, flags, envelope }) => ({ uid, seen: flags?.has("\\Seen") ?? false, subject: envelope?.subject ?? "" }));
    });
  }

  /** Numbers a user's mails anew: another UIDVALIDITY, as after a restore. */
  async renumber(user: string): Promise<void> {
    await this.down();
    const maildir = join(this.dir, "mail", user);
    for (const name of ["dovecot-uidlist", "dovecot-uidvalidity", "dovecot.index", "dovecot.index.log", "dovecot.index.cache"]) rmSync(join(maildir, name), { force: true });
    const list = spawnSync("sh", ["-c", `rm -f ${join(maildir, "dovecot-uidvalidity")}.*`]);
    if (list.status !== 0) throw new Error("The numbering could not be removed.");
    await this.up();
  }

  /** How a user was let in each time: `method=PLAIN, … TLS`. */
  loginsOf(user: string): string[] {
    return readFileSync(join(this.dir, "log", "dovecot.log"), "utf8").split("\n").filter((line) => line.includes(`Login: user=<${user}>`));
  }

  async as<T>(user: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const client = new ImapFlow({ host: "127.0.0.1", port: this.port, secure: false, doSTARTTLS: false, auth: { user, pass: password }, logger: false });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout().catch(() => undefined);
    }
  }

  private async until(holds: () => Promise<boolean>): Promise<void> {
    const log = (): string => `silent: ${readFileSync(join(this.dir, "log", "dovecot.log"), "utf8").slice(-500)}`;
    await eventually(holds, undefined, { withinMs: 15_000, otherwise: log });
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** What is asked for beside. The first of two blocks for passwords that knows the mechanism decides. */
function moreOf(dir: string, { tls, tokenInfoUrl, tokensBy = ["xoauth2"] }: DovecotOptions): string {
  const secured = tls === undefined ? "ssl = no\n" : `ssl = yes\nssl_cert = <${dir}/cert\nssl_key = <${dir}/key\n`;
  if (tokenInfoUrl === undefined) return secured;
  return `${secured}auth_mechanisms = plain ${tokensBy.join(" ")}\npassdb {\n  driver = oauth2\n  mechanisms = ${tokensBy.join(" ")}\n  args = ${dir}/oauth2\n}\n`;
}

const configuration = (dir: string, port: number): string => `
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/log/dovecot.log
protocols = imap
listen = 127.0.0.1
disable_plaintext_auth = no
default_internal_user = nobody
default_internal_group = nogroup
default_login_user = nobody
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:${dir}/mail/%u
mail_max_userip_connections = 100
passdb {
  driver = static
  mechanisms = plain
  args = password=${password}
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=${dir}/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`;
