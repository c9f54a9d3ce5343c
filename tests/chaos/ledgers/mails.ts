// What the mail server accepted: the fourth ledger, written by itself.
import { existsSync, readFileSync } from "node:fs";

export interface MailEntry {
  /** The notice's id, as the Message-ID has it. */
  readonly id: string;
  readonly to: string;
  /** Where an answer goes; "": nowhere in particular. */
  readonly replyTo: string;
  /** Without angle brackets. */
  readonly messageId: string;
  /** Epoch ms. */
  readonly at: number;
}

export function readMails(file: string): readonly MailEntry[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as MailEntry);
}
