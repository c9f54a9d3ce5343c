// Reads the project's own source files: which there are, what each imports, and its code without comments.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

export const ROOT = resolve(__dirname, "../..");
const IGNORED = new Set(["node_modules", "generated", ".perdura", ".git", "coverage"]);

export interface Import {
  /** As written: "../domain/ticket", "zod", "node:fs". */
  readonly from: string;
  /** Gone after compilation: `import type`, `export type … from`. */
  readonly isTypeOnly: boolean;
}

export interface Source {
  /** From the root, with slashes: "api/app.ts". */
  readonly path: string;
  readonly code: string;
  readonly imports: readonly Import[];
}

/** All TypeScript and JavaScript of a folder, or the file itself; paths from the root. */
export function sourcesOf(path: string): Source[] {
  return filesOf(join(ROOT, path)).map((file) => {
    const code = withoutComments(readFileSync(file, "utf8"));
    return { path: relative(ROOT, file).replaceAll("\\", "/"), code, imports: importsOf(code) };
  });
}

function filesOf(path: string): string[] {
  if (/\.[a-z]+$/.test(path)) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return IGNORED.has(entry.name) ? [] : filesOf(join(path, entry.name));
    return /\.(ts|mjs|js)$/.test(entry.name) ? [join(path, entry.name)] : [];
  });
}

function importsOf(code: string): Import[] {
  const statements = code.matchAll(/^\s*(?:import|export)\s(?<what>[^;"']*?)\s?from\s+["'](?<from>[^"']+)["']/gm);
  const bare = code.matchAll(/^\s*import\s+["'](?<from>[^"']+)["']/gm);
  const calls = code.matchAll(/\b(?:import|require|require\.resolve)\(\s*["'](?<from>[^"']+)["']/g);
  return [
    ...[...statements].map(({ groups }) => ({ from: groups?.from ?? "", isTypeOnly: /^type\b/.test(groups?.what ?? "") })),
    ...[...bare, ...calls].map(({ groups }) => ({ from: groups?.from ?? "", isTypeOnly: false })),
  ];
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}
