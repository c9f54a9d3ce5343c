// The workflows' code as one file, for Temporal runs workflows in a room of their own. Built anew only when its sources changed.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { BundleOptions } from "@temporalio/worker";

const ROOT = resolve(__dirname, "..");
/** All that the bundle is made of; the lockfile stands for the SDK and the bundler. */
const SOURCES = ["workflows", "domain", "stack/bundle.ts", "package-lock.json"];

/**
 * What every Node that we run on speaks. The SDK's own choice (ES2017) makes a helper of each spread and each field of a class: a
 * seventh of what a life takes in its workflow.
 */
const LANGUAGE = "es2022";

/** The path of the bundle in `folder`, built when missing (about 2 s) or found ready. */
export async function bundleWorkflows(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const name = `workflows-${await hashOfSources()}.js`;
  const path = resolve(folder, name);
  if (existsSync(path)) return path;
  const { bundleWorkflowCode, DefaultLogger } = await import("@temporalio/worker");
  const workflows = join(ROOT, "workflows", "index.ts");
  const interceptors = join(ROOT, "workflows", "quiet-queries.ts");
  const { code } = await bundleWorkflowCode({
    workflowsPath: workflows,
    workflowInterceptorModules: [interceptors],
    // Loaded once for all tickets of a thread, in place of once for each: `tests/architecture.test.ts` sees that none keeps state.
    preloadModules: [interceptors, workflows],
    webpackConfigHook: withLanguage,
    logger: new DefaultLogger("WARN"),
  });
  // In one go, so that nobody ever loads half of it.
  await writeFile(`${path}.${process.pid}`, code);
  await rename(`${path}.${process.pid}`, path);
  await removeOld(folder);
  return path;
}

type Configuration = Parameters<NonNullable<BundleOptions["webpackConfigHook"]>>[0];

function withLanguage(config: Configuration): Configuration {
  const rules = (config.module?.rules ?? []) as { readonly use?: { readonly options?: { readonly jsc?: { target: string } } } }[];
  const compilers = rules.flatMap(({ use }) => use?.options?.jsc ?? []);
  if (compilers.length === 0) throw new Error("The SDK compiles workflows in a way that this release doesn't know.");
  for (const compiler of compilers) compiler.target = LANGUAGE;
  return config;
}

/** Younger ones may be somebody's who runs other sources beside us. */
async function removeOld(folder: string): Promise<void> {
  const yesterday = Date.now() - 24 * 60 * 60 * 1_000;
  for (const file of (await readdir(folder)).filter((name) => /^workflows-[0-9a-f]+\.js$/.test(name))) {
    const path = join(folder, file);
    if ((await stat(path)).mtimeMs < yesterday) await rm(path, { force: true });
  }
}

async function hashOfSources(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    for (const file of await filesOf(join(ROOT, source))) hash.update(file).update(await readFile(file));
  }
  return hash.digest("hex").slice(0, 16);
}

async function filesOf(path: string): Promise<string[]> {
  if (/\.(json|ts)$/.test(path)) return [path];
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
}
