import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../support/sources";
import { invariants } from "../invariants/all";
import { sabotages } from "./builds";

const laws = [...Object.keys(invariants), "scenario"];

test.each(sabotages)("$name: it still fits the sources, each patch exactly once", ({ patches }) => {
  for (const { file, from } of patches) expect(readFileSync(join(ROOT, file), "utf8").split(from)).toHaveLength(2);
});

test.each(sabotages)("$name: laws that there are see it, and the docs say which", ({ name, by }) => {
  expect(by.length).toBeGreaterThan(0);
  expect(laws).toEqual(expect.arrayContaining([...by]));
  const docs = readFileSync(join(ROOT, "docs/promises.md"), "utf8");
  expect(docs).toContain(`| ${name} | ${by.map((law) => `\`${law}\``).join(", ")} |`);
});
