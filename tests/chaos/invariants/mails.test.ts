import type { Evidence, Fault } from "../ledgers/evidence";
import { allSettled, onceUnlessInDoubt } from "./mails";

/** One mail that left at 1,000 and again at 30,000, and what was done to the desk. */
function offences(...faults: readonly Partial<Fault>[]): number {
  const mails = [1_000, 30_000].map((at) => ({ id: "1001.4.1", to: "ada@example.com", at }));
  const done = faults.map((fault) => ({ name: "", from: 0, to: 0, struck: [], ...fault }));
  return onceUnlessInDoubt.offences({ mails, faults: done } as unknown as Evidence).length;
}

const at = (from: number, to = from): Pick<Fault, "from" | "to"> => ({ from, to });

describe("a mail that left twice is excused by", () => {
  test.each<[string, Partial<Fault>]>([
    ["the death of its worker, before its note", { ...at(1_001), struck: ["Worker 1"] }],
    ["the death of its worker, when it was on its way", { ...at(990), struck: ["Worker 1"] }],
    ["a worker that stood still then", { ...at(500, 9_000), struck: ["Worker 2"] }],
    ["the mail server's death, before its word", { ...at(1_001), struck: ["SMTP", "Temporal"] }],
    ["a cut between both", { ...at(900, 1_100), struck: ["workerSmtp"] }],
    ["a call that failed after the mail server's word", { ...at(1_002), name: "throw at mail.taken" }],
  ])("%s", (_, fault) => expect(offences(fault)).toBe(0));

  test("the death of its worker while its note waited for Postgres", () => {
    const away = { ...at(1_500, 12_000), struck: ["Postgres"] };
    expect(offences(away, { ...at(11_000), struck: ["Worker 1"] })).toBe(0);
  });
});

describe("it is not excused by", () => {
  test.each<[string, Partial<Fault>]>([
    ["Postgres away: the note waits", { ...at(900, 12_000), struck: ["Postgres"] }],
    ["Temporal's death", { ...at(1_001), struck: ["Temporal"] }],
    ["the API's death", { ...at(1_001), struck: ["API 1"] }],
    ["a worker's death before it was on its way", { ...at(740), struck: ["Worker 1"] }],
    ["a worker's death long after it could be noted", { ...at(8_000), struck: ["Worker 1"] }],
    ["a failed record", { ...at(1_001), name: "throw at record.after" }],
    ["a slow network", { ...at(500, 4_000), name: "silent on workerSmtp" }],
  ])("%s", (_, fault) => expect(offences(fault)).toBe(1));

  test("nothing at all", () => expect(offences()).toBe(1));
});

describe("a mail that stays in doubt and never left", () => {
  const lost = (doubts: readonly number[], ...faults: readonly Partial<Fault>[]): string[] => {
    const answers = doubts.map((ms) => ({ state: "unknown", at: new Date(ms).toISOString() }));
    const done = faults.map((fault) => ({ name: "", from: 0, to: 0, struck: [], ...fault }));
    const rows = { notices: [{ id: "1001.4.1", state: "unknown", mail: null, answers }] };
    return allSettled.offences({ mails: [], rows, faults: done } as unknown as Evidence);
  };
  const smtpDied = (ms: number): Partial<Fault> => ({ ...at(ms), struck: ["SMTP"] });

  test("is excused by two deaths of the mail server", () => {
    expect(lost([1_000, 70_000], smtpDied(900), smtpDied(69_900))).toEqual([]);
  });
  test.each<[string, string[]]>([
    ["one death", lost([1_000, 70_000], smtpDied(900))],
    ["a single doubt", lost([1_000], smtpDied(900))],
    ["no doubt on record", lost([], smtpDied(900))],
    ["a mail server that is slow", lost([1_000, 70_000], { ...at(900, 70_000), name: "slow on workerSmtp" })],
    ["the death of its worker", lost([1_000, 70_000], { ...at(900, 70_000), struck: ["Worker 1"] })],
    ["deaths after its doubts", lost([1_000, 2_000], smtpDied(3_000), smtpDied(4_000))],
  ])("is not excused by %s", (_, offences) => expect(offences).toHaveLength(1));
});
