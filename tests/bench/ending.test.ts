import { spawnSync } from "node:child_process";
import { ROOT } from "../support/sources";

/** Runs a script in a process of its own, as the main does; answers its end. */
function ended(script: string): { status: number | null; said: string } {
  const text = `const { toTheEnd, whenEnded } = require("./bin/ending"); ${script}`;
  const { status, stderr } = spawnSync(process.execPath, ["--require", "./bin/typescript.cjs", "-e", text], { encoding: "utf8", cwd: ROOT });
  return { status, said: stderr };
}

test("a run that waits for what can't happen any more says so, and has not passed", () => {
  const { status, said } = ended(`toTheEnd(() => new Promise(() => undefined));`);
  expect({ status, said }).toEqual({ status: 1, said: expect.stringContaining("Broken off: it waits") as string });
});

// npm's shell ends by the signal that a whole group is sent, and run.mjs then passes it on once more.
test("a run that is asked to end, once or again, says so, tidies up in reverse whatever fails by that, and has not passed", () => {
  const { status, said } = ended(`
    whenEnded(async () => console.error("tidied"));
    whenEnded(async () => { letDown(); await new Promise((resolve) => setTimeout(resolve, 50)); console.error("first"); });
    let letDown;
    toTheEnd(() => new Promise((_, reject) => (letDown = reject)));
    setInterval(() => undefined, 1_000);
    for (const ms of [50, 80]) setTimeout(() => process.kill(process.pid, "SIGTERM"), ms);`);
  expect({ status, said }).toEqual({ status: 1, said: expect.stringMatching(/Broken off by SIGTERM[^\n]*\nfirst\ntidied\n$/) as string });
});

test("one that comes to its end says nothing of the kind", () => {
  expect(ended(`toTheEnd(async () => undefined);`)).toEqual({ status: 0, said: "" });
});

test("a service that is asked to end again while it ends goes on with that", () => {
  const script = `
    const drain = () => new Promise((resolve) => setTimeout(resolve, 100));
    require("./bin/main").whenAsked().then(drain).then(() => { console.error("drained"); process.exit(); });
    setInterval(() => undefined, 1_000);
    for (const ms of [50, 80]) setTimeout(() => process.kill(process.pid, "SIGTERM"), ms);`;
  expect(ended(script)).toEqual({ status: 0, said: "drained\n" });
});
