// What a person finds in their own mailbox: whatever the mail server has accepted for them, read from its ledger.
import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { MailEntry } from "../ledgers/mails";

const lookEveryMs = 250;

export class Inbox {
  private readonly mails: MailEntry[] = [];
  private position = 0;
  private rest = "";

  constructor(private readonly file: string) {}

  /** The first that fits, once it is there; null after `withinMs`, or when `isOver` says so. */
  async find(fits: (mail: MailEntry) => boolean, withinMs: number, isOver: () => boolean): Promise<MailEntry | null> {
    for (const until = Date.now() + withinMs; ; await sleep(lookEveryMs)) {
      this.read();
      const found = this.mails.find(fits);
      if (found !== undefined) return found;
      if (Date.now() > until || isOver()) return null;
    }
  }

  /** What has been added since; the last line may be in the making. */
  private read(): void {
    if (!existsSync(this.file)) return;
    const file = openSync(this.file, "r");
    try {
      const bytes = Buffer.alloc(fstatSync(file).size - this.position);
      this.position += readSync(file, bytes, 0, bytes.length, this.position);
      const lines = `${this.rest}${bytes.toString("latin1")}`.split("\n");
      this.rest = lines.pop() ?? "";
      for (const line of lines) if (line !== "") this.mails.push(JSON.parse(line) as MailEntry);
    } finally {
      closeSync(file);
    }
  }
}
