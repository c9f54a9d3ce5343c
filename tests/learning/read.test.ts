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
  ["semicolons, no heading", "Where is my card?;card\nPay me back, please;refund\n"],
  ["bars", "text|category\nWhere is my card?|card\nPay me back, please|refund\n"],
  ["a spreadsheet's word on what is between columns", "sep=;\r\ntext;category\r\nWhere is my card?;card\r\nPay me back, please;refund\r\n"],
  ["lines as old Macs end them", 'text,category\rWhere is my card?,card\r"Pay me back, please",refund\r'],
  ["names of two words", 'Ticket Text,category_name\nWhere is my card?,card\n"Pay me back, please",refund\n'],
  ["the plainest names of several", 'title,text,label_text,label\n1,Where is my card?,x,card\n2,"Pay me back, please",y,refund\n'],
  ["an empty column at the end", 'text,category,\nWhere is my card?,card,\n"Pay me back, please",refund,\n'],
])("%s", async (_, content) => {
  expect(await read(content)).toEqual({ examples: two, leftOut: 0 });
});

test("a line end within quotes belongs to the text; a doubled quote is one", async () => {
  const { examples } = await read('text,category\n"It says ""error""\nand stops",bug\nx,y\n');
  expect(examples[0]).toEqual({ text: 'It says "error"\nand stops', label: "bug" });
});

test("a heading of unknown names is told by its label, which nobody else has", async () => {
  const rows = ["a", "b", "c", "d"].flatMap((sign) => [`one ${sign},x`, `other ${sign},y`]);
  expect((await read(["phrase,meant", ...rows].join("\n"))).examples).toHaveLength(8);
  expect((await read(["Is that an example? It is,alone", ...rows].join("\n"))).examples).toHaveLength(9);
});

test("a label that is called like a column is no heading", async () => {
  const { examples } = await read("does it work,question\nit broke,complaint\nhow do I pay,question\n");
  expect(examples.map(({ label }) => label)).toEqual(["question", "complaint", "question"]);
});

test("labels may be longer than texts, and numbers; a number of the row is neither", async () => {
  const { examples } = await read("1,card,my card or what I take for it\n2,pin,my card or what I take for it\n3,money,all about payments and refunds\n4,coins,all about payments and refunds\n");
  expect(examples[0]).toEqual({ text: "card", label: "my card or what I take for it" });
  expect((await read("0,a text\n1,b text\n0,c text\n")).examples).toEqual([{ text: "a text", label: "0" }, { text: "b text", label: "1" }, { text: "c text", label: "0" }]);
});

test("a file to judge on is read by the labels that were learned, though it holds but one", async () => {
  const file = join(folder, "judge.csv");
  await writeFile(file, "card,where is it\ncard,lost it\n");
  expect((await readLabelled(file, new Set(["card", "refund"]))).examples).toEqual([{ text: "where is it", label: "card" }, { text: "lost it", label: "card" }]);
});

test.each([
  ["text,category\nwell, bye, then,b\nhello,a\n"],
  ["category,text\nb,well, bye, then\na,hello\n"],
])("of two columns a text whose commas are not in quotes is put together again", async (content) => {
  expect((await read(content)).examples).toEqual([{ text: "well, bye, then", label: "b" }, { text: "hello", label: "a" }]);
});

test("of more columns a row with a cell too many is left out, where there are few", async () => {
  const rows = Array.from({ length: 40 }, (_, at) => `${at},hello ${at},${at % 2 === 0 ? "a" : "b"}`);
  expect(await read(["id,text,category", ...rows, "41,well, bye,b"].join("\n"))).toMatchObject({ leftOut: 1, examples: { length: 40 } });
});

test("rows without a text or a label are left out and counted", async () => {
  expect(await read("text,category\nhello,a\n,b\nbye,\nshort\n")).toEqual({ examples: [{ text: "hello", label: "a" }], leftOut: 3 });
});

test.each([
  ["empty", "is empty", ""],
  ["one_column", "has one column", "hello\nbye\n"],
  ["one_label", "has no column with at least two labels", "hello,x\nhello,x\n"],
  ["no_examples", "has no row with both", "text,category\n"],
  ["not_csv", "is not CSV: the row that begins in line 3 does not end", 'text,category\nbye,b\n"hello,a\nx,y\n'],
  ["uneven_rows", "has 4 columns in line 3, and 3 in its first row", "id,text,category\n1,hello,a\n2,well, bye,b\n"],
  ["not_utf8", "is not UTF-8 \\(line 2\\)", Uint8Array.of(0x74, 0x0a, 0xff, 0xfe, 0x2c)],
])("refused as %s, with the file's name and the line", async (code, reason, content) => {
  await expect(read(content)).rejects.toMatchObject({ name: "UnusableFile", code, message: expect.stringMatching(`file\\.csv ${reason}.*\\[${code}\\]$`) });
});

test("a file that isn't there is named", async () => {
  await expect(readLabelled(join(folder, "none.csv"))).rejects.toThrow(/none\.csv can't be read/);
});
