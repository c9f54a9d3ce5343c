// Takes mails in from files: what was exported elsewhere, or was lost on the way. The same file again changes nothing.
//   npm run mail:import -- [--mailbox ID] FILE…|DIR
import { createReadStream, statSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { acceptMail } from "../inbound/accept";
import { isMbox, mailsOf } from "../inbound/mbox";
import { createPrisma } from "../prisma/client";
import type { PrismaClient } from "../prisma/client";
import { databaseOf } from "./mail/database";
import { filesAt, isMailFile } from "./mail/files";
import { main } from "./main";

void main(async () => {
  const { values, positionals } = parseArgs({ options: { mailbox: { type: "string", default: "support" } }, allowPositionals: true });
  if (positionals.length === 0) throw new Error("Name a mail, a mailbox file or a folder: npm run mail:import -- [--mailbox ID] FILE…|DIR");
  const prisma = createPrisma(databaseOf(process.env), { max: 2, name: "perdura import" });
  try {
    const { mailbox } = values;
    if ((await prisma.mailbox.count({ where: { id: mailbox, retiredAt: null } })) === 0) throw new Error(`There is no mailbox ${mailbox}.`);
    const count = { taken: 0, known: 0 };
    for (const file of positionals.flatMap(mailFilesAt)) {
      for await (const raw of mailsIn(file)) {
        const { known } = await take(prisma, mailbox, raw);
        count[known ? "known" : "taken"] += 1;
      }
    }
    console.log(`${count.taken} taken in, ${count.known} known already`);
  } finally {
    await prisma.$disconnect();
  }
});

function mailFilesAt(path: string): string[] {
  const files = filesAt(path);
  return statSync(path).isDirectory() ? files.filter(isMailFile) : files;
}

async function* mailsIn(file: string): AsyncGenerator<Buffer> {
  if (isMbox(await headOf(file))) yield* mailsOf(createReadStream(file) as AsyncIterable<Buffer>);
  else yield await readFile(file);
}

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(5), 0, 5, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Its clocks count from now: nobody here could have answered before. */
async function take(prisma: PrismaClient, mailbox: string, raw: Buffer): Promise<{ known: boolean }> {
  return await acceptMail(prisma, { mailbox, source: "import", raw, receivedAt: new Date() });
}
