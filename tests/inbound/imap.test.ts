// Mailboxes fetched by IMAP, on a real server: nothing is lost, nothing comes twice, whatever breaks.
import { Keeper } from "../../inbound/imap/keeper";
import { keepMailboxes } from "../../inbound/imap/keepers";
import type { ImapSettings } from "../../inbound/imap/settings";
import { aDatabase, type TestDatabase } from "../support/database";
import { Dovecot } from "../support/dovecot";
import { eventually } from "../support/eventually";
import { aMail, aMailbox, describeOnDovecot, log, seals } from "./a-mailbox";

describeOnDovecot("a mailbox on Dovecot", () => {
  let database: TestDatabase;
  let server: Dovecot;
  const keepers: Keeper[] = [];
  beforeAll(async () => {
    [database, server] = await Promise.all([aDatabase(), Dovecot.start()]);
  });
  afterEach(async () => {
    await Promise.all(keepers.splice(0).map(async (keeper) => await keeper.stop()));
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  const mailbox = async (settings: Partial<ImapSettings> = {}, password = server.password): Promise<string> =>
    await aMailbox(database.prisma, server.port, { password }, () => settings);
  const keep = (id: string, lookEveryMs = 60_000): Keeper => {
    const keeper = new Keeper({ prisma: database.prisma, log, open: seals.open, lookEveryMs, firstWaitMs: 50 }, id);
    keepers.push(keeper);
    return keeper;
  };
  const row = async (id: string) => await database.prisma.mailbox.findUniqueOrThrow({ where: { id } });
  const mails = async (mailboxId: string) => await database.prisma.rawMail.findMany({ where: { mailboxId }, orderBy: { uid: "asc" } });
  const settle = async (mailboxId: string) => await database.prisma.rawMail.updateMany({ where: { mailboxId }, data: { state: "done" } });

  test("what nobody has read is taken in order, and what comes is told by IDLE", async () => {
    const id = await mailbox();
    await server.put(id, aMail("one"), aMail("two"));
    keep(id);
    await eventually(async () => (await mails(id)).length === 2);
    await eventually(async () => (await row(id)).fetchedAt !== null);
    await server.put(id, aMail("three"));
    await eventually(async () => (await mails(id)).length === 3);
    expect((await mails(id)).map(({ uid, source, state }) => ({ uid, source, state }))).toEqual([1n, 2n, 3n].map((uid) => ({ uid, source: "imap", state: "accepted" })));
  });

  test("it is marked as seen once it has become what it is, and not before", async () => {
    const id = await mailbox();
    await server.put(id, aMail("one"));
    const keeper = keep(id);
    await eventually(async () => (await mails(id)).length === 1);
    keeper.nudge();
    expect(await server.list(id)).toMatchObject([{ seen: false }]);
    await settle(id);
    keeper.nudge();
    await eventually(async () => (await server.list(id))[0]?.seen === true);
    await eventually(async () => (await mails(id))[0]?.markedAt !== null);
  });

  test("the same mail laid there twice is one, and both copies are marked", async () => {
    const id = await mailbox();
    const twice = aMail("one");
    await server.put(id, twice, aMail("between"), twice);
    const keeper = keep(id);
    await eventually(async () => (await row(id)).lastUid === 3n);
    expect((await mails(id)).map(({ uid }) => uid)).toEqual([1n, 2n]);
    await settle(id);
    keeper.nudge();
    await eventually(async () => (await server.list(id)).every(({ seen }) => seen));
    await eventually(async () => (await mails(id)).every(({ markedAt }) => markedAt !== null));
  });

  test("or moved, to a folder that is made when it is missing", async () => {
    const id = await mailbox({ moveTo: "Taken in" });
    await server.put(id, aMail("one"));
    const keeper = keep(id);
    await eventually(async () => (await mails(id)).length === 1);
    await settle(id);
    keeper.nudge();
    await eventually(async () => (await server.list(id)).length === 0);
    expect(await server.list(id, "Taken in")).toMatchObject([{ subject: "one", seen: true }]);
  });

  test("another UIDVALIDITY: what is here is known, what is new comes, and the new numbers hold", async () => {
    const id = await mailbox();
    await server.put(id, aMail("one"), aMail("two"));
    const keeper = keep(id);
    await eventually(async () => (await mails(id)).length === 2);
    await eventually(async () => (await row(id)).lastUid === 2n);
    await keeper.stop();
    const before = (await row(id)).uidValidity;
    // The validity is a time, in seconds.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await server.renumber(id);
    await server.put(id, aMail("three"));
    keep(id);
    await eventually(async () => (await mails(id)).length === 3);
    await eventually(async () => (await row(id)).uidValidity !== before);
    expect(new Set((await mails(id)).map(({ uidValidity }) => uidValidity)).size).toBe(1);
  });

  test("the server away: said in plain words since when, and all is there when it is back", async () => {
    const id = await mailbox();
    await server.put(id, aMail("one"));
    keep(id, 300);
    await eventually(async () => (await mails(id)).length === 1);
    await server.down();
    await eventually(async () => (await row(id)).errorCode === "refused");
    expect(await row(id)).toMatchObject({ errorText: "Nothing listens at that host and port.", failingSince: expect.any(Date) });
    await server.up();
    await server.put(id, aMail("two"));
    await eventually(async () => (await mails(id)).length === 2);
    await eventually(async () => (await row(id)).failingSince === null);
  });

  test("a wrong password, a folder that is not there, and another secret are told apart", async () => {
    const ids = [await mailbox({}, "wrong"), await mailbox({ folder: "Nowhere" }), await mailbox()];
    await database.prisma.mailbox.update({ where: { id: ids[2] ?? "" }, data: { imapSecret: "sealed-by-somebody-else" } });
    ids.forEach((id) => keep(id));
    for (const [at, code] of ["login", "folder", "secret"].entries()) await eventually(async () => (await row(ids[at] ?? "")).errorCode === code);
  });

  test("killed between the commit and its note, it fetches again and has it once", async () => {
    const id = await mailbox();
    await server.put(id, aMail("one"), aMail("two"));
    const keeper = keep(id);
    await eventually(async () => (await row(id)).lastUid === 2n);
    await keeper.stop();
    await database.prisma.mailbox.update({ where: { id }, data: { lastUid: 0n } });
    keep(id);
    await eventually(async () => (await row(id)).lastUid === 2n);
    expect(await mails(id)).toHaveLength(2);
  });

  test("two workers: one keeps it, and the other takes over when that is gone", async () => {
    const id = await mailbox();
    const [first, second] = [0, 1].map(() => keepMailboxes({ prisma: database.prisma, log, open: seals.open, databaseUrl: database.url, firstWaitMs: 50 }));
    await eventually(async () => (await row(id)).fetchedAt !== null);
    await first?.stop();
    await database.prisma.$executeRaw`SELECT pg_notify('perdura_mailbox', ${id})`;
    await server.put(id, aMail("one"));
    await eventually(async () => (await mails(id)).length === 1);
    await second?.stop();
  });
});
