// The gate before every release: lives that began under earlier code must go on under today's.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bundleWorkflowCode, DefaultLogger, Worker } from "@temporalio/worker";
import type { WorkflowBundleOption } from "@temporalio/worker";
import { DeterminismViolationError } from "@temporalio/workflow";
import { dispatchLives } from "./recorder/dispatch-lives";
import { longLives } from "./recorder/long-lives";
import { lives } from "./recorder/lives";
import { personal } from "./recorder/stage";
import { troubles } from "./recorder/troubles";
import { sdkTellsOf } from "./support/sdk-log";

const folder = join(__dirname, "histories");
const names = readdirSync(folder).flatMap((file) => (file.endsWith(".json") ? [file.replace(/\.json$/, "")] : []));
const today = { codePath: process.env.TEST_BUNDLE ?? "" };

beforeAll(() => {
  // The violation that is provoked below would otherwise be told at length.
  sdkTellsOf("ERROR");
});

test.each(Object.keys({ ...lives, ...dispatchLives, ...troubles, ...longLives }))("the path %s has a history", (path) => {
  expect(names.some((name) => name === path || name === `${path}-1`)).toBe(true);
});

test("every history replays on today's workflows", async () => {
  expect(await violations(today, names)).toEqual([]);
});

test("a changed workflow is caught", async () => {
  const { code } = await bundleWorkflowCode({
    workflowsPath: require.resolve("./changed-workflow"),
    logger: new DefaultLogger("ERROR"),
  });
  expect(await violations({ code }, ["standard-life"])).toEqual([
    { name: "standard-life", error: expect.any(DeterminismViolationError) as Error },
  ]);
});

test("no history holds a name, an address or a word of a customer", () => {
  for (const name of names) {
    const texts = decoded(read(name)).join("\n");
    expect(texts).toContain("requester");
    for (const word of Object.values(personal)) expect(texts).not.toContain(word);
  }
});

async function violations(bundle: WorkflowBundleOption, which: readonly string[]) {
  const histories = which.map((name) => ({ workflowId: name, history: read(name) }));
  const found: { name: string; error: Error }[] = [];
  const results = Worker.runReplayHistories({ workflowBundle: bundle }, histories);
  for await (const { workflowId, error } of results) if (error !== undefined) found.push({ name: workflowId, error });
  return found;
}

function read(name: string): object {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as object;
}

/** Every payload of a history in clear, and every other text as it stands. */
function decoded(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  const { data, ...rest } = value as { data?: unknown };
  const payload = typeof data === "string" ? [Buffer.from(data, "base64").toString("utf8")] : decoded(data);
  return [...payload, ...Object.values(rest).flatMap(decoded)];
}
