// Labelled files as they come: from spreadsheets, exports and other people's collections.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readLabelled } from "../../bench/categories/read";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "perdura-labelled-"));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

const read = async (content: string | Uint8Array) => {
  const file = join(folder, "file.csv");
  await writeFile(file, content);
  return await readLabelled(file);
};
const two = [
  { text: "Where is my card?", label: "card" },
  { text: "Pay me back, please", label: "refund" },
];

test.each([
  ["text and category", 'text,category\nWhere is my card?,card\n"Pay me back, please",refund\n'],
  ["the columns turned round", 'label,text\ncard,Where is my card?\nrefund,"Pay me back, please"\n'],
  ["others between and around them", 'id,Text ,x,LABEL\n1,Where is my card?,,card\n2,"Pay me back, please",,refund\n'],
  ["one name only", 'text,topic\nWhere is my card?,card\n"Pay me back, please",refund\n'],
  ["no heading", 'Where is my card?,card\n"Pay me back, please",refund\n'],
  ["no heading, the label first", 'card,Where is my card?\nrefund,"Pay me back, please"\n'],
  ["a byte order mark", '\uFEFFtext,category\nWhere is my card?,card\n"Pay me back, please",refund\n'],
  ["lines as Windows ends them, some of them empty", '\r\ntext,category\r\n\r\nWhere is my card?,card\r\n,\r\n"Pay me back, please",refund'],
  ["tabs", "text\tcategory\nWhere is my card?\tcard\nPay me back, please\trefund\n"],
  ["semicolons", "text;category\nWhere is my card?;card\nPay me back, please;refund\n"],
])("%s", async (_, content) => {
  expect(await read(content)).toEqual({ examples: two, leftOut: 0 });
});

test("a line end within quotes belongs to the text; a doubled quote is one", async () => {
  const { examples } = await read('text,category\n"It says ""error""\nand stops",bug\nx,y\n');
  expect(examples[0]).toEqual({ text: 'It says "error"\nand stops', label: "bug" });
});

test("rows without a text or a label are left out and counted", async () => {
  expect(await read("text,category\nhello,a\n,b\nbye,\nshort\n")).toEqual({ examples: [{ text: "hello", label: "a" }], leftOut: 3 });
});

test.each([
  ["is empty", ""],
  ["has one column", "hello\nbye\n"],
  ["has no row with both", "text,category\n"],
  ["is not CSV", 'text,category\n"hello,a\n'],
  ["is not UTF-8", Uint8Array.of(0x74, 0xff, 0xfe, 0x2c)],
])("refused, with the file's name: %s", async (reason, content) => {
  await expect(read(content)).rejects.toMatchObject({ name: "UnusableFile", message: expect.stringMatching(`file\\.csv ${reason}`) });
});

test("a file that isn't there is named", async () => {
  await expect(readLabelled(join(folder, "none.csv"))).rejects.toThrow(/none\.csv can't be read/);
});
