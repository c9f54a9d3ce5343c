// A mail server as a process of its own. What it accepts stands in its ledger, on the disk, before the sender hears of
// it. What goes wrong is written into a file beside it, and read anew at each step.
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { main, whenAsked } from "../../bin/main";
import type { MailEntry } from "./ledgers/mails";
import type { Trouble, Stage } from "../support/mail";
import { MailServer } from "../support/mail";
import { parseMail } from "../support/mime";
import { reached } from "./points/reached";

const [port, ledgerFile, troubleFile] = process.argv.slice(2) as [string, string, string];

void main(async () => {
  const ledger = openSync(ledgerFile, "a", 0o600);
  const server = await MailServer.start(Number(port));
  server.fault = (stage, about) => {
    if (stage === "accepted") enter(ledger, about);
    const trouble = troubles()[stage];
    if (trouble !== undefined) return trouble;
    if (stage === "accepted") void reached("smtp.accepted");
    return undefined;
  };
  process.send?.({ ready: true });

  await whenAsked();
  await server.stop();
  closeSync(ledger);
});

function enter(ledger: number, raw: string): void {
  const { headers } = parseMail(raw);
  const messageId = (headers["message-id"] ?? "").replace(/[<>]/gu, "");
  const id = messageId.replace(/\.[a-z2-7]{16}@.*$/u, "");
  const entry: MailEntry = { id, to: headers["to"] ?? "", replyTo: headers["reply-to"] ?? "", messageId, at: Date.now() };
  writeSync(ledger, `${JSON.stringify(entry)}\n`);
  fsyncSync(ledger);
}

function troubles(): Partial<Record<Stage, Trouble>> {
  try {
    return JSON.parse(readFileSync(troubleFile, "utf8")) as Partial<Record<Stage, Trouble>>;
  } catch {
    return {};
  }
}
