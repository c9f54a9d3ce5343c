// What customers write, from a CSV file. Knows columns; refuses to judge a text: whatever is there is sent as it is.
import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { languages } from "../../domain/words";
import type { Language } from "../../domain/words";

export interface Message {
  readonly subject: string;
  readonly text: string;
  /** Undefined where the file doesn't say. */
  readonly language: Language | undefined;
}

const names = {
  text: ["text", "message", "body", "question"],
  subject: ["subject", "title"],
  language: ["language", "lang", "locale"],
};

/** Every message of a file. Rejects when it can't be read, isn't CSV, or holds no message. */
export async function readMessages(file: string): Promise<readonly Message[]> {
  const rows: string[][] = parse(await readFile(file, "utf8"), {
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const columns = headingOf(rows[0] ?? []);
  const messages = rows.slice(columns === null ? 0 : 1).flatMap((row) => toMessage(row, columns ?? withoutHeading));
  if (messages.length === 0) throw new Error(`${file} holds no message.`);
  return messages;
}

/** `count` of them, spread evenly over the whole; more than there are begin again from the first. */
export function spread(messages: readonly Message[], count: number): readonly Message[] {
  const step = Math.max(1, messages.length / count);
  return Array.from({ length: count }, (_, index) => messages[Math.floor(index * step) % messages.length] as Message);
}

type Columns = Readonly<Record<"text" | "subject" | "language", number>>;
const withoutHeading: Columns = { text: 0, subject: -1, language: -1 };

function headingOf(row: readonly string[]): Columns | null {
  const cells = row.map((cell) => cell.trim().toLowerCase());
  const find = (known: readonly string[]): number => cells.findIndex((cell) => known.includes(cell));
  const text = find(names.text);
  return text === -1 ? null : { text, subject: find(names.subject), language: find(names.language) };
}

function toMessage(row: readonly string[], columns: Columns): Message[] {
  const text = row[columns.text] ?? "";
  if (text.trim() === "") return [];
  const subject = row[columns.subject]?.trim() || firstWords(text);
  return [{ subject, text, language: languages.find((language) => language === row[columns.language]?.trim()) }];
}

/** As a customer would put it: the beginning of the first line, cut between two characters and never inside one. */
function firstWords(text: string): string {
  const line = text.trim().split(/\r?\n/)[0] ?? "";
  const signs = Array.from(line);
  return signs.length <= 70 ? line : `${signs.slice(0, 69).join("")}…`;
}
