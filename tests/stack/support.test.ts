// What the tests stand on, tested once itself.
import { createTransport } from "nodemailer";
import { aDatabase, type TestDatabase } from "../support/database";
import { MailServer } from "../support/mail";
import { aNamespace, type TestNamespace } from "../support/temporal";

describe("a test's database", () => {
  let one: TestDatabase;
  let other: TestDatabase;
  beforeAll(async () => {
    [one, other] = [await aDatabase(), await aDatabase()];
  });
  afterAll(async () => {
    await Promise.all([one.drop(), other.drop()]);
  });

  test("is seeded, and shares no row with another test's", async () => {
    expect(await one.prisma.team.count()).toBeGreaterThan(0);
    await one.prisma.team.create({ data: { id: "only-here", name: "Only here" } });
    expect(await other.prisma.team.findUnique({ where: { id: "only-here" } })).toBeNull();
  });
});

describe("a test's namespace", () => {
  let space: TestNamespace;
  beforeAll(async () => {
    space = await aNamespace();
  });
  afterAll(() => space.close());

  test("takes our search attributes at once", async () => {
    const handle = await space.client.workflow.start("nothing", {
      taskQueue: "nobody",
      workflowId: "ticket:1",
      searchAttributes: { TicketStatus: ["new"], TicketDeadline: [new Date()], TicketBreached: [false] },
    });
    await handle.terminate();
  });
});

describe("the mail server", () => {
  let server: MailServer;
  beforeAll(async () => {
    server = await MailServer.start();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    server.mails.length = 0;
    server.fault = () => undefined;
  });

  const send = (subject: string, text: string): Promise<unknown> =>
    createTransport(server.url).sendMail({ from: "desk@here.example", to: "ada@there.example", subject, text, html: `<p>${text}</p>` });

  test("keeps what it accepts, decoded", async () => {
    const arrival = server.waitForMailsTo("ada@there.example");
    await send("Größe 🙂 한국어 — a long subject that must be folded over more than one line of the header", "Hei på deg, 你好\nzweite Zeile");
    const [mail] = await arrival;
    expect(mail?.subject).toBe("Größe 🙂 한국어 — a long subject that must be folded over more than one line of the header");
    expect(mail?.text.trim()).toBe("Hei på deg, 你好\nzweite Zeile");
    expect(mail?.html).toContain("你好");
    expect(mail?.from).toBe("desk@here.example");
  });

  test("refuses with the code it is told to, and keeps nothing", async () => {
    server.fault = (stage) => (stage === "to" ? 451 : undefined);
    await expect(send("x", "y")).rejects.toMatchObject({ responseCode: 451 });
    expect(server.mails).toEqual([]);
  });

  test("can keep a mail and break the line before saying so", async () => {
    server.fault = (stage) => (stage === "accepted" ? "drop" : undefined);
    await expect(send("x", "y")).rejects.toThrow();
    expect(server.mails).toHaveLength(1);
  });
});
