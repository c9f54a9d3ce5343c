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
import { play, sceneNames } from "./scenes";
import type { Scene } from "./scenes";

interface Ended {
  /** What the customer wrote, and from where. */
  readonly text: string;
  readonly email: string;
  /** Null: it went wrong before it had one. */
  readonly number: number | null;
  readonly wrong: readonly string[];
}

/** Leads one life for each message, plays the scenes, then looks at all of them. @param bundle path of the bundled workflows */
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
  const lead = (life: Life): Promise<Ended> =>
    leadToItsEnd(temporal, { text: life.message.text, email: life.email }, (note) =>
      live(client, urls.keys.agent, life, (stage, number) => {
        note(number);
        progress.note(stage);
      }),
    );
  const lived = await inParallel(lives, concurrency, lead);
  progress.end();
  const scenes = sceneNames.map((scene, index): Scene => ({ name: scene, text: "I ordered a week ago.", email: emailOf(lives.length + index) }));
  // One after the other: they speak of who else there is.
  const played = await inParallel(scenes, 1, (scene) => leadToItsEnd(temporal, scene, (note) => play(client, urls.keys, scene, note)));
  const ended = [...lived, ...played];
  const { seconds } = progress;
  const checked = await checkAll(client, urls.keys.auditor, ended, concurrency);
  const customers = ended.map(({ email }) => email);
  const mails = urls.mail === null ? null : compareMails(checked, customers, await readCatcher(urls.mail));
  const replayed = await replayAll(temporal, checked.map(({ number }) => number), bundle);
  return {
    asked: lives.length,
    opened: progress.count("opened"),
    closed: progress.count("closed"),
    scenes: scenes.map(({ name: scene }, index) => ({ name: scene, wrong: played[index]?.wrong.length !== 0 })),
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
  temporal: Client,
  { text, email }: Pick<Ended, "text" | "email">,
  lead: (note: (number: number) => void) => Promise<unknown>,
): Promise<Ended> {
  let number: number | null = null;
  const note = (its: number): void => void (number = its);
  try {
    await lead(note);
    await temporal.workflow.getHandle(ticketWorkflowId(number ?? 0)).result();
    return { text, email, number, wrong: [] };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { text, email, number, wrong: [`the message of ${email}: ${what}`] };
  }
}

async function checkAll(client: DeskClient, key: string, ended: readonly Ended[], atOnce: number): Promise<Checked[]> {
  const teams = await readTeams(client, key);
  const opened = ended.flatMap(({ text, number }) => (number === null ? [] : [{ number, text }]));
  return await inParallel(opened, atOnce, ({ number, text }) => check(client, key, teams, number, text));
}
