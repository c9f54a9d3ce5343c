// `npm run score:hours -- FILE.jsonl`: business-hours cases through the product's own expansion and arithmetic.
import { readFileSync } from "node:fs";
import { CannotStart } from "../stack/cannot-start";
import { main } from "./main";
import { judge } from "./score-hours/judge";
import { readCase } from "./score-hours/read-case";

void main(async () => {
  const [file] = process.argv.slice(2);
  if (file === undefined) throw new CannotStart("Which cases? npm run score:hours -- FILE.jsonl");
  const lines = read(file).split(/\r?\n/);
  let [passed, total] = [0, 0];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    total++;
    const outcome = judge(readCase(line));
    if (outcome.passed) passed++;
    else console.log(`${file}:${index + 1}: ${outcome.what}`);
  }
  console.log(`${passed}/${total}`);
  if (passed < total) process.exitCode = 1;
});

function read(file: string): string {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (cause) {
    throw new CannotStart(`Can't read ${file}: ${(cause as Error).message}`, { cause });
  }
}
