import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../support/sources";
import { sabotages } from "./builds";

test.each(sabotages)("$name: it still fits the sources, each patch exactly once", ({ patches }) => {
  for (const { file, from } of patches) expect(readFileSync(join(ROOT, file), "utf8").split(from)).toHaveLength(2);
});
