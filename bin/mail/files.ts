// Finds the mails to read among files and folders, in an order that is the same everywhere.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** All files at or below a path, sorted by name within each folder. @throws when the path is not there */
export function filesAt(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => !name.startsWith("."));
  return names.sort((a, b) => (a < b ? -1 : 1)).flatMap((name) => filesAt(join(path, name)));
}

/** In a folder, only these are mails; a file that is named by itself is taken as it is. */
export function isMailFile(path: string): boolean {
  return /\.(?:eml|txt|msg|mail|mbox)$/i.test(path);
}
