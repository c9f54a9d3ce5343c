// The demo from its first ticket to its last finding.
import { randomBytes } from "node:crypto";
import type { Client } from "@temporalio/client";
import type { Urls } from "../../stack/everything";
import { ticketWorkflowId } from "../../workflows/messages";
import { readCatcher } from "./catcher";
import { check, readTeams } from "./check";
import type { Checked } from "./check";
import { DeskClient } from "./desk-client";
import { live } from "./life";
import type { Life } from "./life";
import type { Message } from "./messages";
import { inParallel } from "./pool";
import { Progress } from "./progress";
import { replayAll } from "./replay";
import { compareMails } from "./report";
import type { Findings } from "./report";

interface Ended {
  readonly life: Life;
  /** Null: it went wrong before it had one. */
  readonly number: number | null;
  readonly wrong: readonly string[];
}

/** Leads one life for each message, then looks at all of them. @param bundle path of the bundled workflows */
export async function run(
  urls: Urls,
  temporal: Client,
  bundle: string,
  messages: readonly Message[],
  concurrency: number,
): Promise<Findings> {
  const client = new DeskClient(urls.api);
  // No run's customers are another's, so that nobody else's mails are counted.
  const name = randomBytes(4).toString("hex");
  const emailOf = (index: number): string => `customer-${index + 1}.${name}@example.test`;
  const lives = messages.map((message, index) => ({ index, message, email: emailOf(index) }));
  const progress = new Progress(lives.length);
  const lead = (life: Life): Promise<Ended> => leadToItsEnd(client, temporal, urls.keys.agent, life, progress);
  const ended = await inParallel(lives, concurrency, lead);
  progress.end();
  const { seconds } = progress;
  const checked = await checkAll(client, urls.keys.auditor, ended, concurrency);
  const customers = lives.map(({ email }) => email);
  const mails = urls.mail === null ? null : compareMails(checked, customers, await readCatcher(urls.mail));
  const replayed = await replayAll(temporal, checked.map(({ number }) => number), bundle);
  return {
    asked: lives.length,
    opened: progress.count("opened"),
    closed: progress.count("closed"),
    seconds,
    checked,
    mails,
    replayed,
    wrong: [
      ...ended.flatMap(({ wrong }) => wrong),
      ...checked.flatMap(({ wrong }) => wrong),
      ...(mails?.wrong ?? []),
      ...replayed.failures,
    ],
  };
}

/** Closed, its mails sent, its workflow ended. What goes wrong is said and stops nobody else. */
async function leadToItsEnd(
  client: DeskClient,
  temporal: Client,
  key: string,
  life: Life,
  progress: Progress,
): Promise<Ended> {
  let number: number | null = null;
  try {
    await live(client, key, life, (stage, its) => {
      number = its;
      progress.note(stage);
    });
    await temporal.workflow.getHandle(ticketWorkflowId(number ?? 0)).result();
    return { life, number, wrong: [] };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { life, number, wrong: [`the message of ${life.email}: ${what}`] };
  }
}

async function checkAll(client: DeskClient, key: string, ended: readonly Ended[], atOnce: number): Promise<Checked[]> {
  const teams = await readTeams(client, key);
  const opened = ended.flatMap(({ life, number }) => (number === null ? [] : [{ number, text: life.message.text }]));
  return await inParallel(opened, atOnce, ({ number, text }) => check(client, key, teams, number, text));
}
