// Runs a TypeScript main after preparing what is missing: node bin/run.mjs FILE [ARGUMENTS]
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { prepare, root } from "./prepare.mjs";

const [node, , file, ...args] = process.argv;
endWithNpm();
await prepare();
process.argv = [node, resolve(root, file), ...args];
const require = createRequire(import.meta.url);
require("./typescript.cjs");
require(resolve(root, file));

/** npm runs a script in a shell that passes no signal on: whoever stops npm means us, and we see only that they are gone. */
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 300);
  watch.unref();
}
