// Measures From, Subject and Message-ID against the reading of another parser, kept beside each mail as JSON.
import { existsSync, readFileSync } from "node:fs";
import type { Reader } from "../../mail/reader";
import type { Address } from "../../mail/reading";
import { filesAt } from "./files";
import { readFileAt } from "./read-file";

export interface FieldScore {
  readonly total: number;
  readonly from: number;
  readonly subject: number;
  readonly messageId: number;
  readonly wrong: readonly string[];
}

export async function scoreFields(folder: string, reader: Reader): Promise<FieldScore> {
  const score = { total: 0, from: 0, subject: 0, messageId: 0 };
  const wrong: string[] = [];
  for (const file of filesAt(folder).filter((name) => name.endsWith(".eml") && existsSync(other(name)))) {
    const got = await readFileAt(file, reader);
    const expected = expectedIn(other(file));
    const pairs = {
      from: [shown(got.from), shown(expected.from)],
      subject: [got.subject ?? "", expected.subject],
      messageId: [got.messageId ?? "", expected.messageId],
    };
    score.total++;
    for (const field of ["from", "subject", "messageId"] as const) {
      const [one, another] = pairs[field];
      if (agrees(one, another)) score[field]++;
      else wrong.push(`${file} ${field}: ${one}, expected ${another}`);
    }
  }
  return { ...score, wrong };
}

/** Where that parser met bytes that it couldn't decode, "\uFFFD", any letter is right. */
function agrees(got = "", expected = ""): boolean {
  const pieces = expected.split("\uFFFD").map((piece) => piece.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${pieces.join(".")}$`, "su").test(got);
}

const other = (mail: string): string => mail.replace(/\.eml$/, ".json");

function shown({ name, address }: Address): string {
  return `${name ?? ""} <${address ?? ""}>`;
}

interface Header {
  readonly name: unknown;
  readonly value: { Text?: string; TextList?: string[]; Address?: { List?: Address[]; Group?: { addresses: Address[] }[] } } | null;
}

/** Of a repeated header that parser takes the last. */
function expectedIn(file: string): { from: Address; subject: string; messageId: string } {
  const { parts } = JSON.parse(readFileSync(file, "utf8")) as { parts: { headers: Header[] }[] };
  const valueOf = (name: string): Header["value"] => parts[0]?.headers.findLast((header) => header.name === name)?.value ?? null;
  const from = valueOf("from")?.Address;
  return {
    from: from?.List?.[0] ?? from?.Group?.[0]?.addresses[0] ?? { name: null, address: null },
    subject: valueOf("subject")?.Text ?? "",
    messageId: valueOf("message_id")?.Text ?? valueOf("message_id")?.TextList?.[0] ?? "",
  };
}
