// What is read in a mail, for each defect that mails come with. The real reader in its thread, nothing in its place.
import { Reader } from "../../mail/reader";
import { charsets } from "./fixtures/charsets";
import type { Fixture } from "./fixtures/fixture";
import { headers } from "./fixtures/headers";
import { machines } from "./fixtures/machines";
import { structure } from "./fixtures/structure";
import { wrapped } from "./fixtures/wrapped";

const reader = new Reader();
afterAll(() => reader.close());

const classes: Record<string, readonly Fixture[]> = { charsets, headers, structure, wrapped, machines };

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
