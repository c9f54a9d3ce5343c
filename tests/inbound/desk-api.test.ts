// Mailboxes, quarantine, sources and files over HTTP: who may, what is told, what never is.
import { createHmac, randomUUID } from "node:crypto";
import { anApi, type TestApi } from "../api/an-api";
import { acceptMail } from "../../inbound/accept";
import { createInboundActivities } from "../../inbound/activities";
import { Reader } from "../../mail/reader";
import { createSignedAddresses } from "../../mail/signed/addresses";
import { createFiles } from "../../prisma/files";

let api: TestApi;
const reader = new Reader();
beforeAll(async () => {
  api = await anApi();
});
afterAll(async () => {
  await reader.close();
  await api.close();
});

const admin = { as: "admin" } as const;
const lead = { as: "lead" } as const;
const uuid = /^[0-9a-f-]{36}$/;
const aMailbox = (more: object = {}) => {
  const id = `box-${randomUUID().slice(0, 8)}`;
  return { id, name: "Help", team: "support", addresses: [`${id}@example.test`], ...more };
};
const steps = () =>
  createInboundActivities({
    prisma: api.database.prisma,
    files: createFiles(api.database.prisma, null),
    temporal: { withDeadline: () => Promise.reject(new Error("away")) } as never,
    log: { debug: () => undefined } as never,
    reader,
    verdicts: { authservId: "mx.example.test", trustedSealers: [] },
    signed: createSignedAddresses(["a-key-of-the-tests-0000000000000000000"]),
  });
const accepted = async (raw: string, receivedAt = new Date()) => {
  const { id } = await acceptMail(api.database.prisma, { mailbox: "support", source: "import", raw: Buffer.from(raw.replaceAll("\n", "\r\n")), receivedAt });
  return id;
};
const spoofed = (subject = randomUUID()) =>
  `Authentication-Results: mx.example.test; dmarc=fail (p=REJECT) header.from=bank.example\nFrom: Bank <bank@bank.example>\nSubject: ${subject}\n\nPay here.\n`;
const quarantined = async (receivedAt?: Date) => {
  const mail = await accepted(spoofed(), receivedAt);
  await steps().readMail({ mail });
  expect(await steps().checkSender({ mail })).toEqual({ held: "dmarc" });
  return mail;
};

describe("mailboxes", () => {
  test("an admin makes one; its secrets are sealed, and told to nobody", async () => {
    const imap = { host: "imap.example.test", user: "help", password: "a-password" };
    const made = await api.call("POST", "/mailboxes", { ...admin, body: aMailbox({ imap, httpSecret: "new" }) });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ status: "connecting", http: true, httpSecret: expect.stringMatching(/^whsec_/), imap: { port: 993, security: "tls", folder: "INBOX", oauth: false } });
    const seen = await api.call("GET", `/mailboxes/${String(made.body["id"])}`, admin);
    expect(JSON.stringify(seen.body)).not.toMatch(/a-password|whsec_/);
    const row = await api.database.prisma.mailbox.findUniqueOrThrow({ where: { id: String(made.body["id"]) } });
    expect(`${row.imapSecret} ${row.httpSecret} ${JSON.stringify(row.imap)}`).not.toMatch(/a-password|whsec_/);
  });

  test("its mails may leave by a server of its own; the secret is sealed, and gone with it", async () => {
    const smtp = { host: "smtp.example.test", user: "help", password: "another-password", perSecond: 2 };
    const made = await api.call("POST", "/mailboxes", { ...admin, body: aMailbox({ smtp }) });
    const shown = { host: "smtp.example.test", port: 465, security: "tls", user: "help", perSecond: 2, oauth: false };
    expect(made.body["smtp"]).toEqual(shown);
    const path = `/mailboxes/${String(made.body["id"])}`;
    expect(JSON.stringify((await api.call("GET", path, admin)).body)).not.toContain("another-password");
    const row = async () => await api.database.prisma.mailbox.findUniqueOrThrow({ where: { id: String(made.body["id"]) } });
    const { smtp: kept, smtpSecret } = await row();
    expect(smtpSecret).not.toBeNull();
    expect(`${JSON.stringify(kept)} ${smtpSecret}`).not.toContain("another-password");
    expect((await api.call("PATCH", path, { ...admin, body: { name: "Help us" } })).body["smtp"]).toEqual(shown);
    for (const wrong of [{ host: "smtp.example.test", user: "help" }, { host: "smtp.example.test", password: "nobody's" }]) {
      expect((await api.call("PATCH", path, { ...admin, body: { smtp: wrong } })).body).toMatchObject({ status: 422, errors: [{ field: "smtp", code: "one_of" }] });
    }
    expect((await api.call("PATCH", path, { ...admin, body: { smtp: null } })).body["smtp"]).toBeNull();
    expect(await row()).toMatchObject({ smtp: null, smtpSecret: null });
  });

  test("403 for an agent; 422 for a team that is not there, an address of another, a password beside OAuth2", async () => {
    expect((await api.call("POST", "/mailboxes", { body: aMailbox() })).status).toBe(403);
    const oauth = { tokenUrl: "https://login.example.test/token", clientId: "c", refreshToken: "r" };
    for (const more of [{ team: "nobody" }, { addresses: ["SUPPORT@perdura.localhost"] }, { imap: { host: "h", user: "u", password: "p", oauth } }]) {
      expect((await api.call("POST", "/mailboxes", { ...admin, body: aMailbox(more) })).status).toBe(422);
    }
  });

  test("the last error is told in plain words, since when; one that is silent for too long is stale, and /health/ready says so", async () => {
    const body = aMailbox({ imap: { host: "imap.example.test", user: "help", password: "p" } });
    await api.call("POST", "/mailboxes", { ...admin, body });
    const failing = { failingSince: new Date(), errorCode: "login", errorText: "The server refuses the user, or the password or access token." };
    await api.database.prisma.mailbox.update({ where: { id: body.id }, data: failing });
    expect((await api.call("GET", `/mailboxes/${body.id}`)).body).toMatchObject({ status: "failing", error: { code: "login", text: failing.errorText } });
    await api.database.prisma.mailbox.update({ where: { id: body.id }, data: { fetchedAt: new Date(Date.now() - 16 * 60_000) } });
    expect((await api.call("GET", `/mailboxes/${body.id}`)).body).toMatchObject({ status: "stale" });
    const { troubles } = (await api.call("GET", "/health/ready")).body as { troubles: { code: string; detail: string }[] };
    expect(troubles.find(({ code }) => code === "mailbox_stale")?.detail).toContain(body.id);
    await api.call("PATCH", `/mailboxes/${body.id}`, { ...admin, body: { enabled: false } });
    expect((await api.call("GET", `/mailboxes/${body.id}`)).body).toMatchObject({ status: "off" });
  });

  test("deleted it takes no more mails, and forgets its secrets", async () => {
    const body = aMailbox({ imap: { host: "h", user: "u", password: "p" } });
    await api.call("POST", "/mailboxes", { ...admin, body });
    expect((await api.call("DELETE", `/mailboxes/${body.id}`, admin)).status).toBe(204);
    expect((await api.call("GET", `/mailboxes/${body.id}`)).status).toBe(404);
    expect(await api.database.prisma.mailbox.findUnique({ where: { id: body.id } })).toMatchObject({ imapSecret: null, imap: null, enabled: false });
  });
});

describe("POST /inbound/mail", () => {
  const bring = async (mailbox: string, secret: string, bytes: string, { age = 0, signed = bytes } = {}) => {
    const [id, timestamp] = [randomUUID(), String(Math.floor(Date.now() / 1_000) - age)];
    const signature = createHmac("sha256", Buffer.from(secret.slice(6), "base64")).update(`${id}.${timestamp}.${signed}`).digest("base64");
    const headers = { "Content-Type": "message/rfc822", "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
    return await fetch(`${api.url}/api/v1/inbound/mail?mailbox=${mailbox}`, { method: "POST", body: bytes, headers });
  };

  test("201 once it is committed, 200 the second time; nothing without the right signature", async () => {
    const { id, httpSecret } = (await api.call("POST", "/mailboxes", { ...admin, body: aMailbox({ httpSecret: "new" }) })).body as Record<string, string>;
    const [mailbox, secret] = [id ?? "", httpSecret ?? ""];
    const mail = `From: a@example.test\r\nSubject: ${randomUUID()}\r\n\r\nHi\r\n`;
    const first = await bring(mailbox, secret, mail);
    expect(first.status).toBe(201);
    const receipt = (await first.json()) as { mail: string; known: boolean };
    expect(receipt).toEqual({ mail: expect.stringMatching(uuid), known: false });
    const again = await bring(mailbox, secret, mail);
    expect([again.status, await again.json()]).toEqual([200, { ...receipt, known: true }]);
    const bad = [await bring(mailbox, `whsec_${"A".repeat(44)}`, mail), await bring(mailbox, secret, mail, { age: 600 }), await bring(mailbox, secret, mail, { signed: "other" }), await bring("support", secret, mail), await bring("nobody", secret, mail)];
    expect(bad.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    expect(await api.database.prisma.rawMail.count({ where: { mailboxId: mailbox } })).toBe(1);
  });
});

describe("quarantine", () => {
  test("DMARC failing under a strict policy is held; under none, or by somebody else's header, it is only marked", async () => {
    const strict = await quarantined();
    expect((await api.call("GET", "/quarantine")).body["items"]).toContainEqual(expect.objectContaining({ mail: strict, reason: "dmarc", from: { name: "Bank", address: "bank@bank.example" } }));
    for (const raw of [spoofed().replace("p=REJECT", "p=NONE"), spoofed().replace("mx.example.test", "mx.elsewhere.test"), spoofed().replace("dmarc=fail", "dmarc=pass")]) {
      const mail = await accepted(raw);
      await steps().readMail({ mail });
      expect(await steps().checkSender({ mail })).toEqual({ held: null });
    }
  });

  test("what a scanner calls infected is held", async () => {
    const mail = await accepted(`X-Virus-Status: Infected (Eicar)\nFrom: a@example.test\nSubject: ${randomUUID()}\n\nx\n`);
    await steps().readMail({ mail });
    expect(await steps().checkSender({ mail })).toEqual({ held: "malware" });
  });

  test("released it takes effect as of its arrival, and is not held again; twice is once", async () => {
    const receivedAt = new Date(Date.now() - 86_400_000);
    const mail = await quarantined(receivedAt);
    expect((await api.call("POST", `/quarantine/${mail}/release`)).status).toBe(403);
    expect((await api.call("POST", `/quarantine/${mail}/release`, lead)).status).toBe(202);
    expect((await api.call("POST", `/quarantine/${mail}/release`, lead)).status).toBe(202);
    expect((await api.call("POST", `/quarantine/${mail}/rejection`, lead)).status).toBe(409);
    expect(await steps().readMail({ mail })).toEqual({ kind: "message" });
    expect(await steps().checkSender({ mail })).toEqual({ held: null });
    const { ticket } = await steps().openTicket({ mail });
    expect((await api.database.prisma.ticket.findUniqueOrThrow({ where: { number: ticket } })).createdAt).toEqual(receivedAt);
    expect(await api.database.prisma.rawMail.findUnique({ where: { id: mail } })).toMatchObject({ decidedBy: "staff:ingrid", outcome: "opened" });
  });

  test("rejected it becomes nothing, and its source stays readable", async () => {
    const mail = await quarantined();
    expect((await api.call("POST", `/quarantine/${mail}/rejection`, lead)).status).toBe(202);
    expect(await steps().readMail({ mail })).toMatchObject({ kind: "quarantined" });
    const source = await api.call("GET", `/quarantine/${mail}/source`);
    expect(source.text).toContain("Pay here.");
    expect(source.headers.get("Content-Disposition")).toMatch(/^attachment/);
    for (const path of ["nonsense", randomUUID()]) expect((await api.call("POST", `/quarantine/${path}/release`, lead)).status).toBe(404);
  });
});

describe("the mail behind a message", () => {
  test("staff see the whole of it, its source and its files; files are saved, never shown", async () => {
    const boundary = "b";
    const part = (name: string, type: string, body: string) => `--${boundary}\nContent-Type: ${type}; name="${name}"\nContent-Disposition: attachment; filename="${name}"\n\n${body}\n`;
    const raw = `From: Ada <ada@example.test>\nTo: support@perdura.localhost\nSubject: Files\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=${boundary}\n\n--${boundary}\nContent-Type: text/plain\n\nSee.\n\nOn Monday you wrote:\n> old\n${part("a.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")}${part("b.html", "text/html", "<html><script>alert(1)</script></html>")}--${boundary}--\n`;
    const mail = await accepted(raw);
    await steps().readMail({ mail });
    const { ticket } = await steps().openTicket({ mail });
    const { id } = await api.database.prisma.message.findFirstOrThrow({ where: { rawMailId: mail } });
    const seen = (await api.call("GET", `/tickets/${ticket}/messages/${id}/mail`)).body as { text: string; source: boolean; attachments: { id: string; name: string }[] };
    expect(seen).toMatchObject({ from: { address: "ada@example.test" }, source: true });
    expect(seen.text).toContain("> old");
    expect((await api.call("GET", `/tickets/${ticket}/messages/${id}/source`)).text).toContain("Subject: Files");
    expect(seen.attachments.map(({ name }) => name)).toEqual(["a.svg", "b.html"]);
    for (const { id: file } of seen.attachments) {
      const { headers } = await api.call("GET", `/tickets/${ticket}/attachments/${file}`);
      expect(headers.get("Content-Disposition")).toMatch(/^attachment; /);
      expect(headers.get("Content-Type")).toBe("application/octet-stream");
      expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    }
    const other = await steps().openTicket({ mail: await (async () => {
      const next = await accepted(spoofed().replace("dmarc=fail", "dmarc=pass"));
      await steps().readMail({ mail: next });
      return next;
    })() });
    expect((await api.call("GET", `/tickets/${other.ticket}/attachments/${seen.attachments[0]?.id}`)).status).toBe(404);
    expect((await api.call("GET", `/tickets/${ticket}/messages/${id}/source`, { as: "nobody" })).status).toBe(401);
  });
});
