// All ledgers side by side, once everything is quiet.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Live } from "../../../workflows/messages";
import { live, ticketWorkflowId } from "../../../workflows/messages";
import { TEST_KEYS } from "../../support/keys";
import type { Ledger, Told } from "../clients/ledger";
import { verdict } from "../clients/ledger";
import type { Stage } from "../stage/stage";
import { readRuns } from "./histories";
import type { Run } from "./histories";
import { readMails } from "./mails";
import type { MailEntry } from "./mails";
import { overlaidRuns } from "./overlaid";
import { replay } from "./replays";
import type { Divergence } from "./replays";
import { readRows } from "./rows";
import type { Rows } from "./rows";

/** Something that was done to the desk, from its beginning to its end, epoch ms. */
export interface Fault {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** What died by it, stood still or was cut off: parts and links by their names. */
  readonly struck: readonly string[];
}

export interface Evidence {
  readonly canary: string;
  readonly calls: Ledger;
  /** By scope and key, for every order whose outcome was left open at least once. */
  readonly told: ReadonlyMap<string, Told>;
  readonly runs: readonly Run[];
  readonly replays: readonly Divergence[];
  /** The ids of the runs at which the SDK lost its place, by its own words. */
  readonly overlaid: ReadonlySet<string>;
  /** Each open ticket as its workflow has it; null: it does not answer. */
  readonly live: ReadonlyMap<number, Live | null>;
  readonly rows: Rows;
  readonly mails: readonly MailEntry[];
  /** What lies in the IMAP folder that is fetched from. */
  readonly folder: readonly FolderEntry[];
  readonly logs: ReadonlyMap<string, string>;
  readonly faults: readonly Fault[];
  /** Why it is not quiet after all; null when it is. */
  readonly unrest: string | null;
}

/** A mail on the IMAP server, by its number there. */
export interface FolderEntry {
  readonly uid: number;
  readonly seen: boolean;
}

const atOnce = 6;

export async function gather(
  stage: Stage,
  canary: string,
  calls: Ledger,
  faults: readonly Fault[],
  unrest: string | null,
): Promise<Evidence> {
  const told = await askWhatBecame(stage, calls);
  const rows = await readRows(stage.prisma);
  const open = rows.tickets.filter(({ status }) => status !== "closed").map(({ number }) => number);
  const answers = await askAllLive(stage, open);
  const runs = await readRuns(stage.client);
  const replays = await replay(stage.bundle, runs);
  const mails = readMails(stage.mailLedger);
  const folder = (await stage.doors?.imap?.server.list(stage.doors.imap.user)) ?? [];
  const logs = readLogs(stage.home);
  const overlaid = overlaidRuns(logs);
  return { canary, calls, told, runs, replays, overlaid, live: answers, rows, mails, folder, logs, faults, unrest };
}

/** A few at a time: each answer may need a whole history to be read again. */
async function askAllLive(stage: Stage, numbers: readonly number[]): Promise<Map<number, Live | null>> {
  const answers = new Map<number, Live | null>();
  for (let at = 0; at < numbers.length; at += atOnce) {
    const some = numbers.slice(at, at + atOnce);
    await Promise.all(some.map(async (number) => answers.set(number, await askLive(stage, number))));
  }
  return answers;
}

async function askLive({ client }: Stage, number: number): Promise<Live | null> {
  return await client
    .withDeadline(Date.now() + 20_000, () => client.workflow.getHandle(ticketWorkflowId(number)).query(live))
    .catch(() => null);
}

/** Asks as the client would; a stranger can't ask, and a key never noted is unknown. */
async function askWhatBecame({ urls }: Stage, ledger: Ledger): Promise<ReadonlyMap<string, Told>> {
  const told = new Map<string, Told>();
  for (const [name, calls] of ledger.byKey()) {
    const { apiKey, key } = calls[0]?.order ?? {};
    if (
      apiKey === null ||
      apiKey === undefined ||
      key === undefined ||
      calls.every((call) => verdict(call) !== "unknown")
    )
      continue;
    const headers = { authorization: `Bearer ${name.startsWith("staff:ingrid") ? TEST_KEYS.lead : TEST_KEYS.agent}` };
    const response = await fetch(`${urls[0]}/api/v1/commands/${encodeURIComponent(key)}`, { headers });
    const { state = null, version = null } = (await response.json()) as Partial<Told>;
    told.set(name, { status: response.status, state, version });
  }
  return told;
}

/** Ours alone: Postgres writes rows into its own log when it refuses them. */
function readLogs(home: string): ReadonlyMap<string, string> {
  const parts = readdirSync(home).filter((name) => /^(api|worker)-\d+$|^temporal$/.test(name));
  return new Map(parts.map((name) => [name, readFileSync(join(home, name, "log"), "utf8")]));
}
