// Reads one file with the product's own reader. A plain .txt is a text body alone.
import { readFileSync } from "node:fs";
import type { Reader } from "../../mail/reader";
import type { Reading } from "../../mail/reading";

/** @throws when the file can't be read */
export async function readFileAt(path: string, reader: Reader): Promise<Reading> {
  const raw = readFileSync(path);
  const { reading } = await (/\.txt$/i.test(path) ? reader.readText(raw) : reader.read(raw));
  return reading;
}
