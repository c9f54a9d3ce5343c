// What people and programs are told once everything is up: the screen, and `urls.json`.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Urls } from "./everything";
import { writeSecretly } from "./secrets";

/** Writes `urls.json`, in one go and for its owner alone, since it holds keys. Answers how to remove it. */
export async function writeUrls(home: string, urls: Urls): Promise<() => Promise<void>> {
  const file = join(home, "urls.json");
  await writeSecretly(file, `${JSON.stringify(urls, null, 2)}\n`);
  return () => rm(file, { force: true });
}

/** The lines to show: each part with its address, the keys when they are new, and a first thing to try. */
export function describeUrls(urls: Urls, home: string, keysAreNew: boolean): string {
  const { api, temporal, temporalUi, database, smtp, mail, mailIn, metrics, keys } = urls;
  const parts: [string, string | null | undefined][] = [
    ["API", api],
    ["Temporal", temporal],
    ["Temporal UI", temporalUi],
    ["Postgres", withoutPassword(database)],
    ["Mail server", withoutPassword(smtp)],
    ["Read mails at", mail],
    ["Mails come in", `${mailIn} (support@perdura.localhost)`],
    ["Metrics", metrics && `${metrics.api}, the worker's ${metrics.worker}`],
  ];
  const lines = parts.filter(([, url]) => typeof url === "string").map(([name, url]) => `  ${name.padEnd(14)}${url}`);
  const keyLines = Object.entries(keys).map(([role, key]) => `  ${role.padEnd(14)}${key}`);
  const told = keysAreNew
    ? ["", `API keys, shown this once (kept in ${join(home, "keys.json")}):`, ...keyLines]
    : ["", `API keys and passwords are in ${join(home, "urls.json")}.`];
  return [...lines, ...told, "", "Try it:", ...firstRequest(api)].join("\n");
}

function firstRequest(api: string): string[] {
  const ticket = { subject: "Where is my order?", text: "I ordered a week ago.", requester: { email: "ada@example.com" } };
  return [`  curl ${api}/tickets -H 'Content-Type: application/json' \\`, `    -d '${JSON.stringify(ticket)}'`];
}

function withoutPassword(address: string): string {
  const url = new URL(address);
  if (url.password !== "") url.password = "…";
  return decodeURI(url.toString());
}
