// What the demo makes of a CSV file.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readMessages, spread } from "../../bin/demo/messages";
import { languages } from "../../domain/words";

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), "perdura-demo-test-"))));
afterAll(() => rm(folder, { recursive: true }));

async function read(csv: string) {
  const file = join(folder, "messages.csv");
  await writeFile(file, csv);
  return await readMessages(file);
}

test("a column called text is the message, whatever stands beside it", async () => {
  const messages = await read("label,text,language\ncard,I lost my card,en\n");
  expect(messages).toEqual([{ subject: "I lost my card", text: "I lost my card", language: "en" }]);
});

test("without a heading the first column is the message, and the first row too", async () => {
  const messages = await read("Where is it?,delivery\nStill waiting,delivery\n");
  expect(messages.map(({ text }) => text)).toEqual(["Where is it?", "Still waiting"]);
});

test("quotes, commas, line breaks and a byte order mark are read as CSV means them", async () => {
  const [message] = await read('\uFEFFtext\n"It says ""gone"",\nand is 🙂"\n');
  expect(message).toEqual({ subject: 'It says "gone",', text: 'It says "gone",\nand is 🙂', language: undefined });
});

test("a long first line becomes a subject that is cut between two characters", async () => {
  const [message] = await read(`text\n${"🙂".repeat(100)}\n`);
  expect(message?.subject).toBe(`${"🙂".repeat(69)}…`);
});

test("rows without a message are left out, and a file without any is refused", async () => {
  expect(await read("text,label\n  ,card\nHello,card\n")).toHaveLength(1);
  await expect(read("text,label\n")).rejects.toThrow("holds no message");
});

test("a choice is spread over the whole file, and begins again when there are too few", async () => {
  const messages = await read("text\na\nb\nc\nd\n");
  const texts = (count: number): string => spread(messages, count).map(({ text }) => text).join("");
  expect([texts(2), texts(4), texts(6)]).toEqual(["ac", "abcd", "abcdab"]);
});

test("its own file holds a hundred different messages, twenty in each language", async () => {
  const messages = await readMessages(join(__dirname, "../../bin/demo/messages.csv"));
  expect(new Set(messages.map(({ text }) => text)).size).toBe(100);
  for (const each of languages) expect(messages.filter(({ language }) => language === each)).toHaveLength(20);
});
