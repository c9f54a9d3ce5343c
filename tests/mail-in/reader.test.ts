// The reader's thread: no mail, however made, stalls or ends the reading of the next one.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Reader } from "../../mail/reader";
import { usualLimits, type Limits } from "../../mail/reading";
import { charsets } from "./fixtures/charsets";
import { basics, mail } from "./fixtures/fixture";
import { headers } from "./fixtures/headers";
import { machines } from "./fixtures/machines";
import { structure } from "./fixtures/structure";
import { wrapped } from "./fixtures/wrapped";
import { mutantsOf } from "./mutants";

const good = mail(basics, "It has arrived.");
const nested = (depth: number): Uint8Array =>
  mail(basics.concat("Content-Type: multipart/mixed; boundary=b0"), Array.from({ length: depth }, (_, at) => `--b${at}\nContent-Type: multipart/mixed; boundary=b${at + 1}\n\n`).join("") + "text");

describe("a mail that breaks a limit is quarantined with its reason, and the next one is read", () => {
  const cases: readonly (readonly [reason: string, raw: Uint8Array, limits: Partial<Limits>])[] = [
    ["too_large", mail(basics, "x".repeat(5_000)), { maxBytes: 4_000 }],
    ["too_deep", nested(60), {}],
    ["too_many_parts", mail([...basics, "Content-Type: multipart/mixed; boundary=b"], "--b\n\nx\n".repeat(1_100)), {}],
    ["headers_too_large", mail([...basics, `X: ${"y".repeat(70_000)}`], "text"), { maxHeaderBytes: 65_536 }],
    ["timeout", mail(basics, "It has arrived."), { timeoutMs: 0 }],
    ["memory", mail([...basics, "Content-Type: text/html"], `<p>${"<b>a</b> ".repeat(400_000)}`), { memoryMb: 20, timeoutMs: 60_000 }],
  ];
  test.each(cases)("%s", async (reason, raw, limits) => {
    const reader = new Reader({ ...usualLimits, ...limits });
    const { reading, files } = await reader.read(raw);
    expect(reading).toMatchObject({ kind: "quarantined", reason });
    expect(files).toEqual([]);
    if (reason !== "timeout") expect((await reader.read(good)).reading.text).toBe("It has arrived.");
    await reader.close();
  });
});

test("a route without an end is read in time: no pattern tries every way to cut it up", async () => {
  const reader = new Reader();
  const { reading } = await reader.read(mail([`From: <${"@relay ".repeat(2_000)}ada@example.com>`], "It has arrived."));
  expect(reading.kind).toBe("message");
  await reader.close();
});

test("mails handed over at once are answered each by its own", async () => {
  const reader = new Reader();
  const subjects = Array.from({ length: 20 }, (_, at) => `Parcel ${at}`);
  const reads = await Promise.all(subjects.map((subject) => reader.read(mail([`Subject: ${subject}`]))));
  expect(reads.map(({ reading }) => reading.subject)).toEqual(subjects);
  await reader.close();
});

test("a text alone is a message whose new part is found", async () => {
  const reader = new Reader();
  const { reading } = await reader.readText(Buffer.from("Yes.\r\n\r\n> Has it arrived?"));
  expect(reading).toMatchObject({ kind: "message", text: "Yes.\n\n> Has it arrived?", newText: "Yes.", from: { name: null, address: null } });
  await reader.close();
});

/** MAIL_MUTANTS=20000 npx jest tests/mail-in/reader tries as many as were promised once. */
const count = Number(process.env["MAIL_MUTANTS"] ?? 200);

test(`${count} mutants: none stalls the reader, ends it, or lasts`, async () => {
  const own = [charsets, headers, structure, wrapped, machines].flat().map(({ raw }) => raw);
  const reader = new Reader();
  await reader.read(good);
  let slowestMs = 0;
  const reasons = new Map<string, number>();
  for (const mutant of mutantsOf([...own, ...published()], count, 20260303)) {
    const startedAt = performance.now();
    const { reading } = await reader.read(mutant);
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    const outcome = reading.reason ?? reading.kind;
    reasons.set(outcome, (reasons.get(outcome) ?? 0) + 1);
  }
  await reader.close();
  console.log(`${count} mutants: ${[...reasons].map(([outcome, many]) => `${outcome} ${many}`).join(", ")}; the slowest took ${slowestMs.toFixed(0)} ms`);
  expect(["timeout", "memory", "unparseable"].filter((reason) => reasons.has(reason))).toEqual([]);
}, 3_600_000);

/** Mails that others wrote, where they are at hand. */
function published(): Uint8Array[] {
  const folder = join(__dirname, "../../../shared/data/mail/bounce");
  return existsSync(folder) ? readdirSync(folder).map((name) => readFileSync(join(folder, name))) : [];
}
