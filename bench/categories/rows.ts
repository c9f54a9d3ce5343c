// A file's bytes as rows of cells: which encoding, which sign between cells. Refuses to know what a column means.
import { CsvError, parse } from "csv-parse/sync";
import { UnusableFile } from "./unusable-file";

export interface Row {
  readonly cells: readonly string[];
  /** Where it begins in the file, from 1. */
  readonly line: number;
}

/** In the order of trial where two fit alike. */
const delimiters = ["\t", ",", ";", "|"] as const;
/** Enough to tell by. */
const tried = 100;

/**
 * UTF-8, with or without a byte order mark; comma, semicolon, tab or bar between cells, by which the first rows are most alike. What
 * a spreadsheet says in its first line (`sep=;`) holds. Rows without any text are left out. Throws `UnusableFile`.
 */
export function rowsOf(file: string, bytes: Uint8Array): { readonly rows: readonly Row[]; readonly delimiter: string } {
  const said = /^sep=(.)\r?\n/u.exec(decode(file, bytes));
  const text = decode(file, bytes).slice(said?.[0].length ?? 0);
  const delimiter = said?.[1] ?? delimiterOf(text);
  const rows = read(file, text, delimiter, said === null ? 0 : 1);
  return { rows: rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== "")), delimiter };
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UnusableFile(file, "not_utf8", `is not UTF-8 (line ${firstOtherLine(bytes)}).`);
  }
}

/** No sign of UTF-8 but the end of a line itself has its byte. */
function firstOtherLine(bytes: Uint8Array): number {
  let [from, line] = [0, 1];
  for (; from < bytes.length; line++) {
    const at = bytes.indexOf(0x0a, from);
    const end = at === -1 ? bytes.length : at;
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(from, end));
    } catch {
      return line;
    }
    from = end + 1;
  }
  return line;
}

function delimiterOf(text: string): string {
  const fits = delimiters.map((delimiter) => likeness(text, delimiter));
  const best = Math.max(...fits);
  return best > 0 ? (delimiters[fits.indexOf(best)] as string) : ",";
}

/** How many of the first rows have as many cells as the first, less those with a cell that goes on after a space, as clauses do. */
function likeness(text: string, delimiter: string): number {
  try {
    const rows = parse(text, { ...options(delimiter), to: tried }) as string[][];
    const width = rows[0]?.length ?? 0;
    const alike = rows.filter((cells) => cells.length === width && !cells.slice(1).some((cell) => cell.startsWith(" ")));
    return width < 2 ? 0 : alike.length / rows.length;
  } catch {
    return 0;
  }
}

function read(file: string, text: string, delimiter: string, linesBefore: number): Row[] {
  const rows: Row[] = [];
  let before = 0;
  const keep = (cells: string[], { lines }: { lines: number }): null => {
    rows.push({ cells, line: linesBefore + before + 1 });
    before = lines;
    return null;
  };
  try {
    parse(text, { ...options(delimiter), on_record: keep });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Tables between tabs seldom quote: there a quotation mark may well be one.
    if (delimiter === "\t") return parseUnquoted(text, linesBefore);
    throw new UnusableFile(file, "not_csv", `is not CSV: the row that begins in line ${linesBefore + before + 1} does not end (${error.code}).`);
  }
  return rows;
}

function parseUnquoted(text: string, linesBefore: number): Row[] {
  return text.split(/\r\n|\r|\n/u).map((line, at) => ({ cells: line.split("\t"), line: linesBefore + at + 1 }));
}

function options(delimiter: string) {
  return { delimiter, bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true };
}
