// 20,000 mails that nobody would write, one after another through the reader's thread: none stalls it, ends it, or can't be
// read for any other reason than a limit that it breaks.
import { Reader } from "../../mail/reader";
import { absences } from "./fixtures/absences";
import { charsets } from "./fixtures/charsets";
import { headers } from "./fixtures/headers";
import { machines } from "./fixtures/machines";
import { servers } from "./fixtures/servers";
import { structure } from "./fixtures/structure";
import { wrapped } from "./fixtures/wrapped";
import { mutantsOf } from "./mutants";

const count = 20_000;
/** Handed over at once, so that the thread never waits for us. */
const ahead = 50;

test(`${count} mutants are read, each to its end`, async () => {
  const originals = [charsets, headers, structure, wrapped, machines, absences, servers].flat().map(({ raw }) => raw);
  const reader = new Reader();
  const outcomes = new Map<string, number>();
  const mutants = mutantsOf(originals, count, 20260401);
  const lane = async (): Promise<void> => {
    for (let { value, done } = mutants.next(); done !== true; { value, done } = mutants.next()) {
      const { reading } = await reader.read(value as Uint8Array);
      const outcome = reading.reason ?? reading.kind;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: ahead }, lane));
  await reader.close();
  expect(["timeout", "memory", "unparseable"].filter((reason) => outcomes.has(reason))).toEqual([]);
  expect([...outcomes.values()].reduce((sum, many) => sum + many, 0)).toBe(count);
}, 600_000);
