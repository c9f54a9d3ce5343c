// `npm start` as a person meets it: one command, a kill without warning, the same command again, and an orderly end.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identify } from "../stack/identity";
import { PARTS } from "../stack/home";
import type { Urls } from "../stack/everything";
import { freePort } from "../stack/ports";
import { eventually } from "./support/eventually";
import { ROOT } from "./support/sources";

const STARTS_WITHIN_MS = 90_000;
const STOPS_WITHIN_MS = 10_000;

let home: string;
let ports: Record<string, string>;
const starters: ChildProcess[] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "perdura-start-"));
  ports = {};
  for (const name of ["PORT", "TEMPORAL_PORT", "TEMPORAL_UI_PORT", "POSTGRES_PORT", "SMTP_PORT", "MAIL_PORT", "MAIL_IN_PORT"]) {
    ports[name] = String(await freePort());
  }
});
afterAll(async () => {
  for (const starter of starters.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    starter.kill("SIGTERM");
    await once(starter, "exit");
  }
  await rm(home, { recursive: true, force: true });
});

const directly = [process.execPath, "bin/run.mjs", "bin/start.ts"] as const;
const throughNpm = ["npm", "start"] as const;

/** Starts and waits until the screen says that all is up. */
async function start(command: readonly [string, ...string[]]): Promise<{ starter: ChildProcess; screen: string }> {
  const [program, ...args] = command;
  const starter = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...ports, PERDURA_HOME: home } });
  starters.push(starter);
  let screen = "";
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`Not up within ${STARTS_WITHIN_MS} ms:\n${screen}`)), STARTS_WITHIN_MS);
    const read = (chunk: Buffer): void => {
      screen += chunk.toString();
      if (!screen.includes("Try it:")) return;
      clearTimeout(late);
      resolve();
    };
    starter.stdout.on("data", read);
    starter.stderr.on("data", read);
    starter.once("exit", () => reject(new Error(`It ended while starting:\n${screen}`)));
  });
  return { starter, screen };
}

async function urls(): Promise<Urls> {
  return JSON.parse(await readFile(join(home, "urls.json"), "utf8")) as Urls;
}

/** Who the parts are now. */
async function processes(): Promise<{ part: string; pid: number; identity: string }[]> {
  return Promise.all(
    PARTS.map(async (part) => {
      const { pid, identity } = JSON.parse(await readFile(join(home, part, "pid.json"), "utf8")) as { pid: number; identity: string };
      return { part, pid, identity };
    }),
  );
}

test("npm start survives kill -9 of the starter, and ends in order without leaving a process", async () => {
  const first = await start(directly);
  const { api, keys, mail, temporalUi, ...rest } = await urls();
  expect(Object.keys(rest).sort()).toEqual(["database", "mailIn", "smtp", "temporal"]);
  expect(api).toBe(`http://127.0.0.1:${ports.PORT}/api/v1`);
  expect(rest.temporal).toBe(`127.0.0.1:${ports.TEMPORAL_PORT}`);
  expect((await stat(join(home, "urls.json"))).mode & 0o777).toBe(0o600);
  expect(first.screen).toContain(keys.agent);
  for (const page of [mail, temporalUi]) {
    expect((await fetch(page ?? "", { headers: { accept: "text/html" } })).status).toBe(200);
  }

  const ticket = { subject: "Kept", text: "Does this survive?", requester: { email: "ada@example.com" } };
  const submitted = await fetch(`${api}/tickets`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(ticket),
  });
  expect(submitted.status).toBe(201);
  const { number } = (await submitted.json()) as { number: number };

  const orphans = await processes();
  first.starter.kill("SIGKILL");
  await once(first.starter, "exit");
  const second = await start(throughNpm);
  for (const { part, pid, identity } of orphans) expect(`${part} ${identify(pid) === identity}`).toBe(`${part} false`);
  expect(second.screen).not.toContain(keys.agent);
  const read = await fetch(`${api}/tickets/${number}`, { headers: { Authorization: `Bearer ${keys.agent}` } });
  expect(await read.json()).toMatchObject({ number, subject: "Kept" });

  const running = await processes();
  second.starter.kill("SIGTERM");
  // npm is gone at once, and tells its script nothing: the parts must see it by themselves.
  const left = () => running.filter(({ pid, identity }) => identify(pid) === identity).map(({ part }) => part);
  await eventually(left, ({ length }) => length === 0, { withinMs: STOPS_WITHIN_MS });
  expect(existsSync(join(home, "urls.json"))).toBe(false);
}, 240_000);
