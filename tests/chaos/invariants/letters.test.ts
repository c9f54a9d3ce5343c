// The laws of mails that came in, each broken once: a ledger in which nothing is wrong, and what is seen when something is.
import { copied, written } from "../clients/writing";
import type { Letter } from "../clients/letters";
import type { Evidence } from "../ledgers/evidence";
import * as laws from "./letters";

const letter = (what: string, expected: Letter["expected"]): Letter =>
  written({ life: 1, what, route: "smtp", from: "a@b.example", to: "support@desk.example", messageId: `${what.replaceAll(" ", "-")}@b.example`, subject: what, text: what, expected });

const opening = letter("an opening", { is: "apart", near: null });
const reply = letter("a reply", { is: "heard", on: opening });
const again = copied(reply, "http");
const held = letter("a stranger", { is: "held", on: opening });

interface Stored {
  readonly letter: Letter;
  readonly state?: string;
  readonly outcome: string;
  /** It came at 0. */
  readonly doneAt?: Date;
  /** Outcome and reason of its placement, and the ticket. */
  readonly placed: readonly [outcome: string, because: string, ticket: number | null];
}

const right: readonly Stored[] = [
  { letter: opening, outcome: "opened", placed: ["new", "names-none", 1001] },
  { letter: reply, outcome: "added", placed: ["ticket", "requester", 1001] },
  { letter: again, outcome: "repeated", placed: ["repeated", "same-mail", 1001] },
  { letter: held, outcome: "added", placed: ["held", "unknown-sender", 1001] },
];

/** What the ledgers hold of these mails, all of them taken; `folder` is that on the IMAP server. */
function evidence(stored: readonly Stored[], folder: Evidence["folder"] = []): Evidence {
  const idOf = (at: number): string => `mail-${at}`;
  const became = (wanted: string): string[] => stored.flatMap(({ outcome }, at) => (outcome === wanted ? [idOf(at)] : []));
  const rows = {
    rawMails: stored.map(({ letter: { sha256 }, state = "done", outcome, placed, doneAt = new Date(0) }, at) => ({ id: idOf(at), sha256, doneAt, receivedAt: new Date(0), source: "smtp", state, outcome, ticket: placed[2], uid: null, markedAt: null })),
    placements: stored.map(({ placed: [outcome, because, ticket] }, at) => ({ mail: idOf(at), outcome, because, ticket, related: null })),
    intakes: became("opened").map((id) => ({ key: `mail:${id}`, number: 1001, facts: { followUpOf: null } })),
    events: became("added").map((id) => ({ ticket: 1001, cause: `mail:${id}`, kind: "requesterReplied", facts: {}, version: 2, at: new Date(0), actorKind: "requester", actorId: "x" })),
    messages: [...became("opened"), ...became("added")].map((id) => ({ rawMailId: id })),
    tickets: [{ number: 1001 }],
  };
  const letters = [opening, reply, again, held].map((each) => ({ letter: each, reception: "taken" as const }));
  return { calls: { letters }, rows, folder } as unknown as Evidence;
}

const offences = (of: Evidence): string[] => Object.entries(laws).flatMap(([name, { offences: found }]) => found(of).map(() => name));

test("four mails, one of them by two routes, each stored once and where it belongs: no law is broken", () => {
  expect(offences(evidence(right))).toEqual([]);
});

test("a mail that was taken and is not stored is seen, and one that nobody wrote", () => {
  expect(offences(evidence(right.filter(({ letter: each }) => each !== held)))).toContain("takenIsStored");
  const foreign = letter("nobody's", { is: "apart", near: null });
  expect(offences(evidence([...right, { letter: foreign, outcome: "opened", placed: ["new", "names-none", 1002] }]))).toContain("takenIsStored");
});

test("a mail stored twice, one that has come to nothing, and one of which nothing was made are seen", () => {
  expect(offences(evidence([...right, right[1] as Stored]))).toContain("takenIsStored");
  expect(offences(evidence(right.map((each) => (each.letter === held ? { ...each, state: "read" } : each))))).toContain("storedHasAnEnd");
  const nothing = evidence(right);
  expect(offences({ ...nothing, rows: { ...nothing.rows, messages: [] } })).toContain("storedHasAnEnd");
});

test("a reply that opened a ticket, a stranger who was heard, and one mail that counts twice are seen", () => {
  const placed = (of: Letter, place: Stored["placed"]): readonly Stored[] => right.map((each) => (each.letter === of ? { ...each, placed: place } : each));
  expect(offences(evidence(placed(reply, ["new", "names-none", 1002])))).toContain("threadedAsExpected");
  expect(offences(evidence(placed(held, ["ticket", "participant", 1001])))).toContain("threadedAsExpected");
  expect(offences(evidence(placed(again, ["ticket", "requester", 1001])))).toContain("threadedAsExpected");
});

test("a reply that waited for two minutes for what it answers may open a ticket, and no sooner", () => {
  const after = (ms: number): readonly Stored[] => right.map((each) => (each.letter === reply ? { ...each, placed: ["new", "names-none", 1002], doneAt: new Date(ms) } : each));
  expect(offences(evidence(after(121_000)))).not.toContain("threadedAsExpected");
  expect(offences(evidence(after(60_000)))).toContain("threadedAsExpected");
});

test("what lies unseen on the IMAP server is seen, and what was marked without being noted", () => {
  expect(offences(evidence(right, [{ uid: 1, seen: false }]))).toEqual(["settledIsMarked"]);
  expect(offences(evidence(right, [{ uid: 1, seen: true }]))).toEqual(["settledIsMarked"]);
});
