// Labelled texts from a CSV file. Knows how such files come; refuses to judge a text.
import { readFile } from "node:fs/promises";
import type { Example } from "../../learning/learn";
import { rowsOf } from "./rows";
import type { Row } from "./rows";
import { UnusableFile } from "./unusable-file";

export interface Labelled {
  readonly examples: readonly Example[];
  /** Rows without a text or without a label. */
  readonly leftOut: number;
}

/** The share of a file's rows. */
const mostUneven = 0.05;

/** Words in the names of columns, the plainest first. */
const names = {
  text: ["text", "message", "body", "utterance", "question", "query", "sentence", "content", "description", "comment", "request", "title", "subject", "ticket"],
  label: ["label", "category", "intent", "class", "target", "topic", "tag", "type"],
};

/**
 * UTF-8, with or without a heading, the columns in any order. `known`: labels that are learned already, by which a file to judge on
 * is read when it has no heading. Rejects with `UnusableFile`.
 */
export async function readLabelled(file: string, known: ReadonlySet<string> = new Set()): Promise<Labelled> {
  const { rows, delimiter } = rowsOf(file, await bytesOf(file));
  if (rows.length === 0) throw new UnusableFile(file, "empty", "is empty.");
  const { heading, text, label } = columnsOf(file, rows, known);
  const body = evened(file, rows[0] as Row, heading ? rows.slice(1) : rows, { text, label }, delimiter);
  const examples = body
    .map(({ cells }) => ({ text: (cells[text] ?? "").trim(), label: (cells[label] ?? "").trim() }))
    .filter((example) => example.text !== "" && example.label !== "");
  if (examples.length === 0) throw new UnusableFile(file, "no_examples", "has no row with both a text and a label.");
  return { examples, leftOut: body.length - examples.length };
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new UnusableFile(file, "unreadable", `can't be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

interface Columns {
  readonly text: number;
  readonly label: number;
}

function columnsOf(file: string, rows: readonly Row[], known: ReadonlySet<string>): Columns & { readonly heading: boolean } {
  const named = headingOf(rows);
  if (named !== null) return { ...named, heading: true };
  const guessed = guessColumns(file, rows, known);
  return { ...guessed, heading: isHeading(rows, guessed) };
}

/** Null when the first row does not name both; of two columns one name is enough, where that is said nowhere else in its column. */
function headingOf(rows: readonly Row[]): Columns | null {
  const cells = (rows[0] as Row).cells.map((cell) => cell.trim().toLowerCase());
  const label = called(cells, names.label) ?? likeName(cells, names.label, null);
  const text = called(cells, names.text) ?? likeName(cells, names.text, label);
  if (text !== null && label !== null) return { text, label };
  const one = called(cells, names.label) ?? called(cells, names.text);
  if (cells.length !== 2 || one === null || rows.slice(1).some((row) => row.cells[one]?.trim().toLowerCase() === cells[one])) return null;
  return one === label ? { text: 1 - one, label: one } : { text: one, label: 1 - one };
}

function called(cells: readonly string[], known: readonly string[]): number | null {
  return known.map((name) => cells.indexOf(name)).find((at) => at !== -1) ?? null;
}

/** A name of two words whose last one is known, `name` and `id` aside: `customer query`, `category_name`. */
function likeName(cells: readonly string[], known: readonly string[], taken: number | null): number | null {
  const words = cells.map((cell) => cell.split(/[\s_.-]+/u).filter((word) => word !== "name" && word !== "id"));
  return known.map((name) => words.findIndex((parts, at) => at !== taken && parts.length <= 2 && parts.at(-1) === name)).find((at) => at !== -1) ?? null;
}

/**
 * Without names: the label is the column that holds what is known as a label; else the one with the fewest different values, of these
 * the shortest. The text is the longest of the others.
 */
function guessColumns(file: string, rows: readonly Row[], known: ReadonlySet<string>): Columns {
  const count = (rows[0] as Row).cells.length;
  if (count < 2) throw new UnusableFile(file, "one_column", "has one column; a text and a label are needed.");
  const columns = Array.from({ length: count }, (_, column) => rows.map(({ cells }) => (cells[column] ?? "").trim()));
  const variety = columns.map((cells) => new Set(cells).size);
  const length = columns.map((cells) => cells.reduce((sum, cell) => sum + cell.length, 0));
  const by = (figures: readonly number[]) => (a: number, b: number) => compare(figures[a] as number, figures[b] as number);
  const strange = columns.map((cells) => (cells.some((cell) => known.has(cell)) ? cells.filter((cell) => !known.has(cell)).length : Infinity));
  const candidates = [...columns.keys()].filter((column) => (variety[column] as number) > 1 || strange[column] !== Infinity);
  const [label] = candidates.sort((a, b) => by(strange)(a, b) || by(variety)(a, b) || by(length)(a, b));
  if (label === undefined) throw new UnusableFile(file, "one_label", "has no column with at least two labels.");
  const [text] = [...columns.keys()].filter((column) => column !== label).sort((a, b) => by(length)(b, a));
  return { text: text as number, label };
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

/**
 * A first row of unknown names: its label is nobody else's though labels repeat, and its text is some words without a mark. Were it an
 * example after all, it would be the only one of its label, from which nothing is learned.
 */
function isHeading(rows: readonly Row[], { text, label }: Columns): boolean {
  const labels = rows.map(({ cells }) => (cells[label] ?? "").trim());
  const repeats = new Set(labels).size <= labels.length / 2;
  const isAlone = labels.lastIndexOf(labels[0] as string) === 0;
  return repeats && isAlone && (rows[0] as Row).cells[text]?.trim().match(/^[\p{L}_-]+(?: [\p{L}_-]+){0,2}$/u) !== null;
}

/**
 * A cell too many is most often a text whose commas are not in quotes. Of two columns it is put together again, since the label is at
 * the other end; of more nobody can tell, and the row is left out. Throws `UnusableFile` where that would be more than a few.
 */
function evened(file: string, first: Row, rows: readonly Row[], { text, label }: Columns, delimiter: string): readonly Row[] {
  const width = first.cells.length;
  const isUneven = ({ cells }: Row): boolean => cells.slice(width).some((cell) => cell.trim() !== "");
  const [uneven] = rows.filter(isUneven);
  if (uneven === undefined) return rows;
  if (width === 2) {
    const joined = (cells: readonly string[]): string[] =>
      text < label ? [cells.slice(0, -1).join(delimiter), cells.at(-1) as string] : [cells[0] as string, cells.slice(1).join(delimiter)];
    return rows.map((row) => (isUneven(row) ? { ...row, cells: joined(row.cells) } : row));
  }
  const even = rows.map((row) => (isUneven(row) ? { ...row, cells: [] } : row));
  if (rows.filter(isUneven).length <= rows.length * mostUneven) return even;
  const reason = `has ${uneven.cells.length} columns in line ${uneven.line}, and ${width} in its first row: a text with the sign between columns needs quotes.`;
  throw new UnusableFile(file, "uneven_rows", reason);
}
