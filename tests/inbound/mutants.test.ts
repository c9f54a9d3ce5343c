// Mails that nobody would write: each comes to its end in Postgres, as a ticket, set aside or held; none is tried for ever.
import { Client } from "@temporalio/client";
import pino from "pino";
import { lazyConnection } from "../../api/temporal";
import { acceptMail } from "../../inbound/accept";
import { createInboundActivities } from "../../inbound/activities";
import { Reader } from "../../mail/reader";
import { createSignedAddresses } from "../../mail/signed/addresses";
import { createFiles } from "../../prisma/files";
import { nowhere } from "../api/an-api";
import { charsets } from "../mail-in/fixtures/charsets";
import { headers } from "../mail-in/fixtures/headers";
import { structure } from "../mail-in/fixtures/structure";
import { mutantsOf } from "../mail-in/mutants";
import { aDatabase, type TestDatabase } from "../support/database";

/** MAIL_MUTANTS=20000 npx jest tests/inbound/mutants tries as many as were promised once. */
const count = Number(process.env["MAIL_MUTANTS"] ?? 60);

let database: TestDatabase;
const reader = new Reader();
const away = lazyConnection({ address: nowhere });
beforeAll(async () => {
  database = await aDatabase();
});
afterAll(async () => {
  await reader.close();
  await away.close();
  await database.drop();
});

const steps = () =>
  createInboundActivities({
    prisma: database.prisma,
    files: createFiles(database.prisma, null),
    temporal: new Client({ connection: away.connection }),
    log: pino({ level: "silent" }),
    reader,
    verdicts: { authservId: "mx.example.test", trustedSealers: [] },
    signed: createSignedAddresses(["a-key-of-the-tests-0000000000000000000"]),
  });

/** As the workflow does it. */
async function live(mail: string): Promise<string> {
  const { readMail, checkSender, findTicket, openTicket, setAside } = steps();
  if ((await readMail({ mail })).kind === "quarantined") return "held";
  if ((await checkSender({ mail })).held !== null) return "held";
  const destination = await findTicket({ mail });
  if (destination.to === "new ticket") await openTicket({ mail });
  if (destination.to === "nobody") await setAside({ mail, why: destination.why });
  return destination.to;
}

test(`${count} mutants come to their end`, async () => {
  const originals = [charsets, headers, structure].flat().map(({ raw }) => raw);
  const ends = new Map<string, number>();
  for (const raw of mutantsOf(originals, count, 20260411)) {
    const { id } = await acceptMail(database.prisma, { mailbox: "support", source: "import", raw, receivedAt: new Date() });
    const end = await live(id);
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }
  console.log(`${count} mutants: ${[...ends].map(([end, many]) => `${end} ${many}`).join(", ")}`);
  expect(await database.prisma.rawMail.count({ where: { state: { in: ["accepted", "read"] } } })).toBe(0);
}, 3_600_000);

test.each([
  ["an address of 9,000 characters", `From: ${"a".repeat(9_000)}@example.test\r\nSubject: x\r\n\r\nHi\r\n`],
  ["no sender at all", "Subject: x\r\n\r\nHi\r\n"],
  ["nothing but a line end", "\r\n"],
  ["NUL characters everywhere", "From: a\0@example.test\r\nSubject: a\0b\r\nMessage-ID: <\0@x>\r\n\r\nHi\0\r\n"],
  ["a subject of 100,000 characters", `From: a@example.test\r\nSubject: ${"long ".repeat(20_000)}\r\n\r\nHi\r\n`],
  ["a Message-ID of 20,000 characters", `From: a@example.test\r\nMessage-ID: <${"m".repeat(20_000)}@x>\r\nReferences: ${"<r@x> ".repeat(2_000)}\r\n\r\nHi\r\n`],
  ["half of a surrogate pair", "From: a@example.test\r\nContent-Type: text/plain; charset=utf-16le\r\nContent-Transfer-Encoding: base64\r\n\r\nANhhAA==\r\n"],
  ["an empty body with a file without name", "From: a@example.test\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment\r\n\r\n%PDF-1.4\r\n"],
])("%s is a mail all the same", async (_what, text) => {
  const { id } = await acceptMail(database.prisma, { mailbox: "support", source: "import", raw: Buffer.from(text, "latin1"), receivedAt: new Date() });
  expect(["new ticket", "nobody", "held"]).toContain(await live(id));
});
