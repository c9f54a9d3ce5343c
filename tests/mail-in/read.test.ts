// What is read in a mail, for each defect that mails come with. The real reader in its thread, nothing in its place.
import { Reader } from "../../mail/reader";
import { absences } from "./fixtures/absences";
import { charsets } from "./fixtures/charsets";
import type { Fixture } from "./fixtures/fixture";
import { headers } from "./fixtures/headers";
import { machines } from "./fixtures/machines";
import { servers } from "./fixtures/servers";
import { structure } from "./fixtures/structure";
import { wrapped } from "./fixtures/wrapped";

const reader = new Reader();
afterAll(() => reader.close());

const classes: Record<string, readonly Fixture[]> = { charsets, headers, structure, wrapped, machines, absences, servers };

describe.each(Object.entries(classes))("%s", (_, fixtures) => {
  test.each(fixtures.map((fixture) => [fixture.name, fixture] as const))("%s", async (_name, { raw, expected }) => {
    const { reading, files } = await reader.read(raw);
    expect(reading).toMatchObject(expected);
    expect(files.map(({ length }) => length)).toEqual(reading.attachments.map(({ size }) => size));
  });
});

test("there are at least 150 of them, each with a name of its own", () => {
  const names = Object.entries(classes).flatMap(([group, fixtures]) => fixtures.map(({ name }) => `${group}: ${name}`));
  expect(names.length).toBeGreaterThanOrEqual(150);
  expect(new Set(names).size).toBe(names.length);
});

describe("the languages that a writer seems to read", () => {
  const read = async (headers: string, text = "Hello") =>
    (await reader.read(Buffer.from(`From: a@example.test\r\nContent-Type: text/plain; charset=utf-8\r\n${headers}\r\n${text}\r\n`))).reading.languages;

  test("as its program says, of the words before its user", async () => {
    expect(await read("Accept-Language: nb-NO, en-US;q=0.5\r\nContent-Language: de-DE\r\n")).toEqual(["de-de", "nb-no", "en-us"]);
  });

  test("as the script says, before any program", async () => {
    expect(await read("Content-Language: en-US\r\n", "소포가 아직 오지 않았습니다. Order 12")).toEqual(["ko", "en-us"]);
    expect(await read("", "我的包裹还没有到。")).toEqual(["zh"]);
  });

  test("nothing is guessed from words, from Japanese, or from what is no language", async () => {
    expect(await read("")).toBeUndefined();
    expect(await read("", "荷物がまだ届きません")).toBeUndefined();
    expect(await read("Content-Language: <script>, *;q=1\r\n")).toBeUndefined();
  });
});
