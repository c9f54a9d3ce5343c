// One ticket's life, as its requester and staff bring it about: verbs in a likely order, each seen through.
import type { Client } from "./client";
import type { Call, Ledger } from "./ledger";
import { command, opening, verbNames } from "./orders";
import type { VerbName, Writer } from "./orders";

const ways: readonly (readonly VerbName[])[] = [
  ["note", "prioritise", "reply", "wait", "resume", "resolve", "reopen", "resolve"],
  ["assign", "categorise", "hold", "resume", "transfer", "requesterReply", "unassign", "assign", "resolve"],
  ["reply", "wait", "requesterReply", "hold", "resolve", "requesterReply", "unassign", "transfer", "resolve"],
  ["assign", "reply", "pageReply", "resolve", "reject", "reply", "resolve"],
];
/** How lives end: closed by hand, by themselves, followed up, brought back, or not yet. */
const ends: readonly (readonly VerbName[])[] = [
  ["close"],
  ["confirm"],
  [],
  [],
  ["close", "requesterReply"],
  ["reject", "resolve", "confirm", "pageReply"],
  ["close", "reopen", "resolve"],
];

/** What has to be done before, for verbs that an open ticket does not allow. */
const before: Readonly<Partial<Record<VerbName, readonly VerbName[]>>> = {
  resume: ["hold"],
  confirm: ["resolve"],
  reject: ["resolve"],
  close: ["resolve"],
  reopen: ["resolve"],
};

/** What somebody who leads a life has at hand. */
export interface Life {
  readonly client: Client;
  readonly ledger: Ledger;
  readonly writer: Writer;
  /** Says when to end early. */
  readonly isOver: () => boolean;
  /** What is done before anything else; null: as chance has it. */
  readonly first: string | null;
}

export type Live = (life: Life) => Promise<void>;

/** Ends early when the ticket was never accepted. */
export async function live({ client, writer, isOver, first: wanted }: Life): Promise<void> {
  const { random } = writer;
  const first = verbNames.find((verb) => verb === wanted) ?? null;
  const opened = await client.see(opening(writer));
  const number = opened?.number ?? null;
  if (number === null) return;
  const way = random.oneIn(3) ? random.shuffled(verbNames) : random.pick(ways);
  const usual = random.oneIn(12) ? way.slice(0, 4) : [...way, ...random.pick(ends)];
  const plan = first === null ? usual : [...(before[first] ?? []), first, ...usual];
  for (let at = 0; at < plan.length && !isOver();) {
    // Now and then two people act at once.
    const count = random.oneIn(5) ? 2 : 1;
    await Promise.all(
      plan
        .slice(at, at + count)
        .map((verb, index): Promise<Call | null> => client.see(command(writer, verb, number, at + index))),
    );
    at += count;
  }
}
