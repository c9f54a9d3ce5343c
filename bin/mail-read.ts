// What the product reads in a mail, one JSON line for each.
//   npm run mail:read -- FILE… | FOLDER
import { statSync } from "node:fs";
import { Reader } from "../mail/reader";
import { filesAt, isMailFile } from "./mail/files";
import { readFileAt } from "./mail/read-file";
import { main } from "./main";

void main(async () => {
  const paths = process.argv.slice(2);
  if (paths.length === 0) throw new Error("Name a mail, or a folder with mails: npm run mail:read -- FILE…|DIR");
  const reader = new Reader();
  for (const file of paths.flatMap(mailsAt)) {
    try {
      console.log(JSON.stringify({ file, ...(await readFileAt(file, reader)) }));
    } catch (error) {
      complain(file, error);
    }
  }
  await reader.close();
});

function mailsAt(path: string): string[] {
  try {
    const files = filesAt(path);
    return statSync(path).isDirectory() ? files.filter(isMailFile) : files;
  } catch (error) {
    complain(path, error);
    return [];
  }
}

/** The others are still read; the exit code tells of it. */
function complain(file: string, error: unknown): void {
  console.error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
