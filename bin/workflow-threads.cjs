// Loaded before anything else by whoever runs a worker: node --require bin/workflow-threads.cjs. The SDK notes a stack for every
// promise of a workflow, to answer the query `__stack_trace`. That is a quarter of what a workflow's code takes, and it has no
// switch, only a state in which it does not do so, for runtimes without such hooks. This puts the threads of workflows into it.
// Knows one private name of the SDK (1.24); `tests/stop.test.ts` notices when that has gone.
const { isMainThread } = require("node:worker_threads");

/** Where the SDK keeps its hooks: loaded by the threads that run workflows, and by no other. */
const hooks = /[\\/]@temporalio[\\/]worker[\\/]lib[\\/]workflow[\\/]vm-shared\.js$/;

// By the next tick the thread's own program is loaded; it hears its first word, which sets the hooks, after that.
if (!isMainThread) process.nextTick(noteNoStacks);

function noteNoStacks() {
  const path = Object.keys(require.cache).find((each) => hooks.test(each));
  if (path !== undefined) require.cache[path].exports.globalHandlers.setPromiseHook = () => {};
}
