// Mailbox files: each mail as it was, whatever the chunks it is read in.
import { Readable } from "node:stream";
import { mailsOf } from "../../inbound/mbox";

const mails = async (text: string, size: number): Promise<string[]> => {
  const bytes = Buffer.from(text, "latin1");
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
  const found: string[] = [];
  for await (const mail of mailsOf(Readable.from(chunks) as AsyncIterable<Buffer>)) found.push(mail.toString("latin1"));
  return found;
};

const two = "From a@b Mon Jan  1\nSubject: one\n\nFrom me.\n>From here\n>>From there\n\nFrom b@c Tue Jan  2\nSubject: two\n\nx\n\n";
const wanted = ["Subject: one\r\n\r\nFrom me.\r\nFrom here\r\n>From there\r\n", "Subject: two\r\n\r\nx\r\n"];

test.each([1, 2, 7, 64, 10_000])("two mails in chunks of %i bytes", async (size) => {
  expect(await mails(two.replace("\n\nFrom me.", "\n\n>From me."), size)).toEqual(wanted);
});

test("line ends of either kind", async () => {
  expect(await mails(two.replace("\n\nFrom me.", "\n\n>From me.").replaceAll("\n", "\r\n"), 5)).toEqual(wanted);
});

test("what is no mailbox file is said to be none", async () => {
  await expect(mails("Subject: x\n\nhello\n", 100)).rejects.toThrow("does not begin with From");
});
