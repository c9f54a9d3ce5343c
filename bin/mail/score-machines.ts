// Measures the recognition of machines' mail: how many are found among them, how many of people's mails are mistaken.
import type { Reader } from "../../mail/reader";
import type { Kind } from "../../mail/reading";
import { filesAt, isMailFile } from "./files";
import { readFileAt } from "./read-file";

export interface MachineScore {
  readonly total: number;
  readonly found: number;
  readonly kinds: Readonly<Record<Kind, number>>;
  readonly missed: readonly string[];
  /** Of those that bounced. */
  readonly bounces: { readonly recipient: number; readonly status: number; readonly permanent: number };
  readonly people: number;
  readonly falseAlarms: readonly string[];
}

/** @param people folders in which no machine writes */
export async function scoreMachines(folder: string, people: readonly string[], reader: Reader): Promise<MachineScore> {
  const kinds: Record<Kind, number> = { message: 0, bounce: 0, "auto-reply": 0, complaint: 0, quarantined: 0 };
  const bounces = { recipient: 0, status: 0, permanent: 0 };
  const missed: string[] = [];
  const files = filesAt(folder).filter(isMailFile);
  for (const file of files) {
    const { kind, bounce } = await readFileAt(file, reader);
    kinds[kind]++;
    if (!isMachine(kind)) missed.push(file);
    if (bounce?.recipient) bounces.recipient++;
    if (bounce?.status) bounces.status++;
    if (bounce?.permanent) bounces.permanent++;
  }
  const others = people.flatMap(filesAt).filter(isMailFile);
  const falseAlarms: string[] = [];
  for (const file of others) if (isMachine((await readFileAt(file, reader)).kind)) falseAlarms.push(file);
  return { total: files.length, found: files.length - missed.length, kinds, missed, bounces, people: others.length, falseAlarms };
}

function isMachine(kind: Kind): boolean {
  return kind === "bounce" || kind === "complaint" || kind === "auto-reply";
}
