import { readFileSync } from "node:fs";
import { path, withTables } from "./lifecycle-doc";

test("docs/lifecycle.md says what domain/lifecycle.ts does", () => {
  const document = readFileSync(path, "utf8");
  expect(document).toBe(withTables(document));
});
