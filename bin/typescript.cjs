// Lets Node load TypeScript: node --require ./bin/typescript.cjs FILE, for that process and the threads it starts. What a file
// compiles to is kept until the file changes, since compiling and looking for what to compile took most of a start. Run by
// itself it compiles all there is, for places where nothing can be kept later. Types are `npm run types`'s business, not ours.
const { createHash } = require("node:crypto");
const { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { SourceMap, _extensions: loaders } = require("node:module");
const { dirname, join, relative } = require("node:path");

const root = dirname(__dirname);
const kept = join(root, "node_modules", ".cache", "perdura");
const options = {
  loader: "ts",
  format: "cjs",
  platform: "node",
  target: "node20",
  sourcemap: "external",
  // As requires: before it imports a package, Node looks for exports in all of its text, which for Prisma's is megabytes.
  supported: { "dynamic-import": false },
};
/** What the result depends on besides the file: the compiler, and how it is called, which this file says. */
const how = readFileSync(require.resolve("esbuild/package.json"), "utf8") + readFileSync(__filename, "utf8");

/** By path; of a file that has none, undefined. */
const maps = new Map();

if (require.main === module) for (const path of sources(root)) compiled(path);
else install();

function install() {
  loaders[".ts"] = (module, path) => module._compile(compiled(path), path);
  // Node could do this by itself, but would then read the maps of all packages at every start.
  Error.prepareStackTrace = (error, frames) => [told(error), ...frames.map(asWritten)].join("\n    at ");
}

/** JavaScript for a file; compiled when it isn't kept. */
function compiled(path) {
  const source = readFileSync(path, "utf8");
  const stamp = `// ${createHash("sha256").update(how).update(source).digest("hex")}`;
  const known = keptText(path, ".js");
  if (known?.endsWith(stamp)) return known;
  const { code, map } = require("esbuild").transformSync(source, { ...options, sourcefile: path });
  maps.set(path, new SourceMap(JSON.parse(map)));
  keep(path, ".map", map);
  keep(path, ".js", code + stamp);
  return code;
}

function told(error) {
  try {
    return String(error);
  } catch {
    return "Error";
  }
}

/** A frame with the place where the source has it. */
function asWritten(frame) {
  const [path, line, column] = [frame.getFileName(), frame.getLineNumber(), frame.getColumnNumber()];
  if (!path?.endsWith(".ts") || line === null) return String(frame);
  const { originalLine, originalColumn } = mapOf(path)?.findEntry(line - 1, column - 1) ?? {};
  if (originalLine === undefined) return String(frame);
  return String(frame).replace(`:${line}:${column}`, `:${originalLine + 1}:${originalColumn + 1}`);
}

function mapOf(path) {
  if (!maps.has(path)) {
    const text = keptText(path, ".map");
    maps.set(path, text && new SourceMap(JSON.parse(text)));
  }
  return maps.get(path);
}

function keptAt(path, ending) {
  // Also what lies elsewhere has its place in there.
  return join(kept, relative(root, path).replaceAll("..", "_")) + ending;
}

function keptText(path, ending) {
  try {
    return readFileSync(keptAt(path, ending), "utf8");
  } catch {
    return undefined;
  }
}

/** In one go, so that nobody reads half of it. Where nothing may be written it is compiled each time. */
function keep(path, ending, text) {
  const target = keptAt(path, ending);
  const draft = `${target}.${process.pid}`;
  try {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(draft, text);
    renameSync(draft, target);
  } catch {
    // The next start tries again.
  }
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" || entry.name.startsWith(".") ? [] : sources(path);
    return entry.name.endsWith(".ts") ? [path] : [];
  });
}
