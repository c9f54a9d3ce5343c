// Who may import whom. The table is the law; this test holds it.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { ROOT, sourcesOf, type Import, type Source } from "./support/sources";

interface Rule {
  /** Folders of ours, or single files, that may be imported; "*": all but tests. Their own folder may be always. */
  readonly may: readonly string[];
  /** Those that may be imported as types alone. */
  readonly mayTypesOf?: readonly string[];
  /** Packages that may be imported. Left out: any. */
  readonly packages?: readonly string[];
  /** What the code must not use, and so can't depend on. */
  readonly never?: RegExp;
}

const LAW: Record<string, Rule> = {
  domain: { may: [], packages: [], never: /\b(Date|Intl|localeCompare|toLocale\w*|Math\.random|process|crypto)\b/ },
  learning: {
    may: [],
    packages: [],
    never: /\b(Date|Intl|localeCompare|toLocale\w*|Math\.random|process|crypto)\b/,
  },
  contract: { may: ["domain"] },
  prisma: { may: [] },
  workflows: {
    may: ["domain"],
    mayTypesOf: ["activities", "inbound/activities"],
    packages: ["@temporalio/workflow", "@temporalio/common"],
    never: /\b(Intl|localeCompare|toLocale\w*|process|crypto)\b/,
  },
  calendars: { may: ["domain"] },
  activities: { may: ["calendars", "domain", "learning", "mail", "prisma"] },
  relay: { may: ["activities", "domain", "prisma", "workflows/messages", "workflows/starts"] },
  mail: { may: [] },
  inbound: {
    may: ["activities/mail/tell-staff", "activities/permanence", "api/fingerprint", "api/follow-up", "api/intake", "api/outbox", "api/present-ticket", "api/problem", "contract", "domain", "mail", "prisma", "workflows/messages", "workflows/starts"],
    mayTypesOf: ["api/parts"],
  },
  metrics: { may: [], mayTypesOf: ["activities", "prisma"] },
  web: { may: ["contract"] },
  api: { may: ["calendars", "contract", "domain", "inbound/accept", "inbound/imap/settings", "mail/outgoing", "mail/read/attachments", "mail/template", "workflows/messages", "workflows/starts", "prisma", "web"], mayTypesOf: ["mail/reading", "metrics"] },
  config: { may: [] },
  stack: { may: ["config", "prisma"] },
  bin: { may: ["*"] },
  bench: { may: ["*"] },
  tests: { may: ["*", "tests"] },
};

/** The configuration is one file with its parts beside it. */
const FILES_OF: Record<string, readonly string[]> = { config: ["config.ts", "config"] };

/** Of use only while developing: it drafts migrations. */
const forDeveloping = ["prisma/engine.ts"];

describe.each(Object.entries(LAW))("%s/", (folder, rule) => {
  const sources = (FILES_OF[folder] ?? [folder]).flatMap(sourcesOf);

  test("exists", () => {
    expect(sources.length).toBeGreaterThan(0);
  });

  test(`imports of ours only ${rule.may.join(", ") || "itself"}`, () => {
    expect(offences(sources, ({ path }, imported) => isForbidden(folder, rule, path, imported))).toEqual([]);
  });

  test("imports only the packages it may", () => {
    const { packages } = rule;
    if (packages === undefined) return;
    expect(offences(sources, (_, { from }) => !from.startsWith(".") && !packages.includes(from))).toEqual([]);
  });

  test("uses nothing that would make it depend on the machine", () => {
    const { never } = rule;
    if (never === undefined) return;
    const uses = sources.flatMap(({ path, code }) => lines(code).filter((line) => never.test(line)).map((line) => `${path}: ${line.trim()}`));
    expect(uses).toEqual([]);
  });
});

test("what all workflows of a thread share keeps no state: no variable, and no Map or Set that can be changed", () => {
  const state = /^(export )?((let|var) |(const \w+(: (?!Readonly)[^=]+)? = new (Map|Set|WeakMap|WeakSet)\b))/;
  const sources = ["domain", "workflows"].flatMap(sourcesOf);
  const found = sources.flatMap(({ path, code }) => lines(code).filter((line) => state.test(line)).map((line) => `${path}: ${line}`));
  expect(found).toEqual([]);
});

test("what a desk runs on imports no package that only its developers install", () => {
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { devDependencies: object };
  const forDevelopers = Object.keys(devDependencies);
  const isOne = (from: string): boolean => forDevelopers.some((name) => from === name || from.startsWith(`${name}/`));
  const folders = Object.keys(LAW).filter((folder) => folder !== "bench" && folder !== "tests");
  const sources = folders.flatMap((folder) => (FILES_OF[folder] ?? [folder]).flatMap(sourcesOf));
  expect(offences(sources, ({ path }, { from, isTypeOnly }) => !forDeveloping.includes(path) && !isTypeOnly && isOne(from))).toEqual([]);
});

test("the README's table names the folders of the law, and no others", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const named = [...readme.matchAll(/^\|?\s*`?(?<folder>[a-z]+)\/`?\s/gm)].map(({ groups }) => groups?.folder);
  const ours = [...Object.keys(LAW), "docs", "deploy"].filter((folder) => existsSync(join(ROOT, folder)));
  expect(new Set(named)).toEqual(new Set(ours));
});

test("the README tells of every variable that the configuration reads", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const code = ["config", "config.ts"].flatMap(sourcesOf).map((source) => source.code).join("\n");
  const variables = new Set([...code.matchAll(/(?<=^ +|\{ |, )(?<name>[A-Z][A-Z0-9]*(_[A-Z0-9]+)*):/gmu)].map(({ groups }) => groups?.name ?? ""));
  expect(variables.size).toBeGreaterThan(30);
  expect([...variables].filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

test("the image holds every folder that a main may need", () => {
  const needed = Object.keys(LAW).filter((folder) => folder !== "bench" && folder !== "tests");
  const dockerfile = readFileSync(join(ROOT, "deploy/Dockerfile"), "utf8");
  const sent = readFileSync(join(ROOT, ".dockerignore"), "utf8").split("\n");
  expect(needed.filter((folder) => !dockerfile.includes(`COPY ${folder} ${folder}\n`))).toEqual([]);
  expect(needed.filter((folder) => !sent.includes(`!${folder}`))).toEqual([]);
});

function isForbidden(folder: string, rule: Rule, path: string, imported: Import): boolean {
  if (!imported.from.startsWith(".")) return false;
  const target = normalize(join(dirname(path), imported.from)).replaceAll("\\", "/");
  const top = target.split("/")[0]?.replace(/\.ts$/, "") ?? "";
  if (top === folder) return false;
  const allowed = imported.isTypeOnly ? [...rule.may, ...(rule.mayTypesOf ?? [])] : rule.may;
  if (allowed.includes("*") && top !== "tests") return false;
  return !allowed.some((name) => target === name || target.startsWith(`${name}/`) || top === name);
}

function offences(sources: readonly Source[], isOne: (source: Source, imported: Import) => boolean): string[] {
  return sources.flatMap((source) =>
    source.imports.filter((imported) => isOne(source, imported)).map(({ from }) => `${source.path} imports ${from}`),
  );
}

function lines(code: string): string[] {
  return code.split("\n");
}
