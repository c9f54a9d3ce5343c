// Runs a TypeScript main after preparing what is missing: node bin/run.mjs FILE [ARGUMENTS]
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { prepare, root } from "./prepare.mjs";

const [node, , file, ...args] = process.argv;
await prepare();
process.argv = [node, resolve(root, file), ...args];
const require = createRequire(import.meta.url);
require("tsx/cjs");
require(resolve(root, file));
