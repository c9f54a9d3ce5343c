// A mail server that keeps every mail and shows it on a page, for one machine. Nothing ever leaves it.
import { join, resolve } from "node:path";
import { startProcess, type Child } from "./process";
import { saidReady } from "./ready";

const HOST = "127.0.0.1";

export interface MailCatcherOptions {
  /** Holds the mails and the log; made when missing. */
  readonly dir: string;
  readonly smtpPort: number;
  readonly pagePort: number;
}

export interface MailCatcher {
  /** "smtp://127.0.0.1:1025" */
  readonly smtpUrl: string;
  /** The page to read mails; its JSON is at `/api/email`. */
  readonly pageUrl: string;
  readonly child: Child;
  stop(): Promise<void>;
}

/** Starts it and waits until it takes mails. What it kept before is there again. */
export async function startMailCatcher({ dir, smtpPort, pagePort }: MailCatcherOptions): Promise<MailCatcher> {
  const child = await startProcess({
    name: "Mail catcher",
    dir,
    command: process.execPath,
    args: [join(__dirname, "mail-catcher.mjs"), String(smtpPort), String(pagePort), resolve(dir, "mails")],
    ipc: true,
    graceMs: 2_000,
  });
  try {
    await saidReady(child);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { smtpUrl: `smtp://${HOST}:${smtpPort}`, pageUrl: `http://${HOST}:${pagePort}`, child, stop: () => child.stop() };
}
