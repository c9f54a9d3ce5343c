// What is new in a folder, committed one by one, oldest first; how far that has come is noted behind each. A crash in between
// fetches one again, which is then known. Nothing is flagged or moved here but one copy more of what is committed already.
import type { ImapFlow } from "imapflow";
import type { PrismaClient } from "../../prisma/client";
import { acceptMail } from "../accept";
import type { Place } from "../accept";
import { mark } from "./mark";
import type { ImapSettings } from "./settings";

/** Of a larger mail no more than this is fetched: it goes to quarantine as too large. Bytes. */
const mostBytes = 60 * 1_048_576;

interface Fetched {
  readonly id: string;
  readonly uidValidity: bigint | null;
  readonly lastUid: bigint | null;
  readonly createdAt: Date;
}

/** How many came that were not here before. */
export async function fetchNew(prisma: PrismaClient, client: ImapFlow, mailbox: string, settings: ImapSettings): Promise<number> {
  const row = await prisma.mailbox.findUniqueOrThrow({
    where: { id: mailbox },
    select: { id: true, uidValidity: true, lastUid: true, createdAt: true },
  });
  const folder = client.mailbox;
  if (folder === false) throw Object.assign(new Error("No folder is open."), { code: "NoConnection" });
  const { uidValidity } = folder;
  const isNumberedAsBefore = row.uidValidity === uidValidity && row.lastUid !== null;
  const uids = isNumberedAsBefore ? await beyond(client, row.lastUid ?? 0n) : await fromTheStart(client, row, settings);
  let fresh = 0;
  for (const uid of uids) {
    if (await take(prisma, client, row, { uidValidity, uid: BigInt(uid) }, settings)) fresh += 1;
    if (isNumberedAsBefore) await note(prisma, mailbox, uidValidity, BigInt(uid));
  }
  // Only when all that lay there is committed is it numbered from there on.
  if (!isNumberedAsBefore) await note(prisma, mailbox, uidValidity, BigInt(Math.max(folder.uidNext - 1, uids.at(-1) ?? 0)));
  return fresh;
}

async function beyond(client: ImapFlow, last: bigint): Promise<readonly number[]> {
  const found = await client.search({ uid: `${last + 1n}:*` }, { uid: true });
  // `*` is the last one, even when that is not beyond.
  return sorted(found).filter((uid) => BigInt(uid) > last);
}

/**
 * The first time: what is wanted of what lies there. Or the server has numbered anew (another UIDVALIDITY): whatever has come
 * since we know the mailbox, or nobody has read, is looked at again, and what is here already is known by its bytes.
 */
async function fromTheStart(client: ImapFlow, { uidValidity, createdAt }: Fetched, { history }: ImapSettings): Promise<readonly number[]> {
  const { day, unseen } = { day: new Date(createdAt.getTime() - 86_400_000), unseen: { seen: false } };
  const asked = uidValidity === null ? wanted[history] : { or: [{ since: day }, unseen] };
  if (asked === null) return [];
  return sorted(await client.search(asked, { uid: true }));
}

const wanted = { all: { all: true }, unseen: { seen: false }, none: null } as const;

function sorted(found: readonly number[] | false | undefined): readonly number[] {
  // No answer is no empty folder.
  if (found === false || found === undefined) throw Object.assign(new Error("The search got no answer."), { code: "NoConnection" });
  return [...found].sort((a, b) => a - b);
}

async function take(prisma: PrismaClient, client: ImapFlow, { id, createdAt }: Fetched, place: Place, settings: ImapSettings): Promise<boolean> {
  const query = { source: { start: 0, maxLength: mostBytes }, internalDate: true };
  const found = await client.fetchOne(String(place.uid), query, { uid: true });
  // Somebody has taken it away in between.
  if (found === false || found.source === undefined) return false;
  // What lay there before the mailbox was ours has waited for somebody else.
  const arrived = new Date(found.internalDate ?? Date.now()).getTime();
  const receivedAt = new Date(Math.min(Date.now(), Math.max(arrived, createdAt.getTime())));
  const { id: mail, known, copy = false } = await acceptMail(prisma, { mailbox: id, source: "imap", raw: found.source, receivedAt, place });
  // One copy more of what is committed: nothing comes of it, so nobody has to look for it again.
  if (copy) {
    await mark(client, String(place.uid), settings);
    return false;
  }
  // It lies somewhere else now, where nobody has marked it.
  if (known) await prisma.rawMail.update({ where: { id: mail }, data: { markedAt: null } });
  return !known;
}

async function note(prisma: PrismaClient, id: string, uidValidity: bigint, lastUid: bigint): Promise<void> {
  await prisma.mailbox.update({ where: { id }, data: { uidValidity, lastUid } });
}
