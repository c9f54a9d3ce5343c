// The row of a notice: one attempt at a time, and only the newest is believed.
import { claim, note } from "../../activities/mail/ledger";
import { aStoredTicket, anOwedNotice } from "./a-mail";
import { aSendStage, unavailable } from "./a-send-stage";
import type { SendStage } from "./a-send-stage";

let stage: SendStage;
beforeAll(async () => (stage = await aSendStage()));
beforeEach(() => stage.reset());
afterAll(() => stage.close());

async function aNotice() {
  const { prisma } = stage.database;
  const number = await aStoredTicket(prisma);
  return { prisma, number, notice: await anOwedNotice(prisma, number) };
}

test("an attempt that a newer one has replaced notes nothing", async () => {
  const { prisma, number, notice } = await aNotice();
  const stale = await claim(prisma, number, notice.id, { holder: "one", messageId: "first@desk.example" });
  const newer = await claim(prisma, number, notice.id, { holder: "one", messageId: "second@desk.example" });
  expect(newer?.messageId).toBe("first@desk.example");
  await note(prisma, stale?.token ?? "", { state: "failed", error: "late" });
  expect(await stage.row(notice)).toMatchObject({ state: "sending", lastError: null, attempts: 2, token: newer?.token });
  await note(prisma, newer?.token ?? "", { state: "sent", sentAt: 1_000 });
  await note(prisma, stale?.token ?? "", { state: "failed", error: "late" });
  expect(await stage.row(notice)).toMatchObject({ state: "sent", sentAt: new Date(1_000) });
});

test("what another run's attempt has in hand is left alone until that has ended, or must be dead", async () => {
  const { prisma, number, notice } = await aNotice();
  const attempt = await claim(prisma, number, notice.id, { holder: "ended by hand" });
  await expect(stage.send(number, [notice])).rejects.toMatchObject(unavailable);
  expect(stage.server.mails).toHaveLength(0);
  await note(prisma, attempt?.token ?? "", { state: "queued", error: "421", about: "server" });
  await claim(prisma, number, notice.id, { holder: "dead long since" });
  await prisma.notice.update({ where: { id: notice.id }, data: { claimedAt: new Date(Date.now() - 126_000) } });
  expect(await stage.send(number, [notice])).toMatchObject([{ state: "sent" }]);
  expect(stage.server.mails).toHaveLength(1);
});

test("the ledger keeps what the server said each time: the first fifty answers and the last fifty", async () => {
  const { prisma, number, notice } = await aNotice();
  for (let attempt = 1; attempt <= 110; attempt += 1) {
    const claimed = await claim(prisma, number, notice.id, { holder: "one" });
    await note(prisma, claimed?.token ?? "", { state: "queued", error: `answer ${attempt}`, about: "server" });
  }
  const answers = (await stage.row(notice)).answers as { attempt: number; code: string }[];
  const attempts = answers.map(({ attempt }) => attempt);
  expect(answers[0]).toMatchObject({ attempt: 1, state: "queued", code: "answer 1" });
  expect(attempts.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
  expect(attempts.slice(-50)).toEqual(Array.from({ length: 50 }, (_, at) => at + 61));
});
