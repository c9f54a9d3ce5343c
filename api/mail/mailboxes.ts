// Mailboxes: where customers write to, and how each is fetched. Secrets are sealed in their rows and never shown again.
import { randomBytes } from "node:crypto";
import { Router } from "express";
import { pageQuery } from "../../contract/lists";
import { mailboxChange, newMailbox } from "../../contract/mail";
import type { ImapSource, MailboxChange, MailboxView, SmtpServer } from "../../contract/mail";
import { imapSeal } from "../../inbound/imap/settings";
import type { ImapSecret, ImapSettings } from "../../inbound/imap/settings";
import { smtpSeal } from "../../mail/outgoing";
import type { SmtpSecret, SmtpSettings } from "../../mail/outgoing";
import { Prisma } from "../../prisma/client";
import { only } from "../answer";
import { staffWho } from "../auth";
import { noteChange } from "../changes";
import type { Db, Parts } from "../parts";
import { invalid, notFound, Problem } from "../problem";
import { bodyOf, nameOf, queryOf } from "../request";
import { httpSeal } from "./inbound";
import { isStale } from "./stale";

export function mailboxRoutes(parts: Parts): Router {
  const { prisma } = parts;
  const router = Router();
  router
    .route("/mailboxes")
    .get(async (request, response) => {
      staffWho(response, "readMailboxes");
      queryOf(request, pageQuery);
      const rows = await prisma.mailbox.findMany({ where: { retiredAt: null }, orderBy: { id: "asc" } });
      response.json({ items: rows.map((row) => present(row)), next: null });
    })
    .post(async (request, response) => {
      const by = staffWho(response, "changeMailboxes");
      const { id, name, team, addresses, ...rest } = bodyOf(request, newMailbox);
      const { data, secret } = dataOf(parts, id, { name, team, addresses, ...rest });
      const made = await prisma.$transaction(async (tx) => {
        await mustFit(tx, id, { team, addresses });
        const row = { id, name, teamId: team, addresses, ...data };
        const { count } = await tx.mailbox.createMany({ data: [row as Prisma.MailboxCreateManyInput], skipDuplicates: true });
        if (count === 0) throw new Problem("exists", `There is, or was, a mailbox ${id}.`);
        await noteChange(tx, by, { kind: "mailbox", subject: id, action: "created" });
        await tell(tx, id);
        return await mailboxRow(tx, id);
      });
      response.status(201).location(`${request.baseUrl}/mailboxes/${id}`).json(present(made, secret));
    })
    .all(only("GET", "POST"));
  router
    .route("/mailboxes/:id")
    .get(async (request, response) => {
      staffWho(response, "readMailboxes");
      response.json(present(await mailboxRow(prisma, nameOf(request, "id", "mailbox"))));
    })
    .patch(async (request, response) => {
      const by = staffWho(response, "changeMailboxes");
      const id = nameOf(request, "id", "mailbox");
      const change = bodyOf(request, mailboxChange);
      const { data, secret } = dataOf(parts, id, change);
      const changed = await prisma.$transaction(async (tx) => {
        await mailboxRow(tx, id);
        await mustFit(tx, id, change);
        await tx.mailbox.update({ where: { id }, data: data as Prisma.MailboxUncheckedUpdateInput });
        await noteChange(tx, by, { kind: "mailbox", subject: id, action: "changed" });
        await tell(tx, id);
        return await mailboxRow(tx, id);
      });
      response.json(present(changed, secret));
    })
    .delete(async (request, response) => {
      const by = staffWho(response, "changeMailboxes");
      const id = nameOf(request, "id", "mailbox");
      await prisma.$transaction(async (tx) => {
        await mailboxRow(tx, id);
        // What it knew of the ways in and out goes; its mails stay, and name it.
        const data = { retiredAt: new Date(), enabled: false, imap: Prisma.DbNull, imapSecret: null, smtp: Prisma.DbNull, smtpSecret: null, httpSecret: null };
        await tx.mailbox.update({ where: { id }, data });
        await noteChange(tx, by, { kind: "mailbox", subject: id, action: "deleted" });
        await tell(tx, id);
      });
      response.status(204).end();
    })
    .all(only("GET", "PATCH", "DELETE"));
  return router;
}

/** The worker that keeps it looks again. */
async function tell(tx: Db, id: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_notify('perdura_mailbox', ${id})::text`;
}

interface Change {
  readonly data: object;
  /** A key that was made or set, to be shown once. */
  readonly secret: string | undefined;
}

function dataOf({ seals }: Parts, id: string, change: MailboxChange): Change {
  const { team, imap, smtp, httpSecret, ...plain } = change;
  const secret = httpSecret === "new" ? `whsec_${randomBytes(32).toString("base64")}` : (httpSecret ?? undefined);
  const data = {
    ...plain,
    ...(team !== undefined && { teamId: team }),
    ...(imap !== undefined && imapData(seals, id, imap)),
    ...(smtp !== undefined && smtpData(seals, id, smtp)),
    ...(httpSecret !== undefined && { httpSecret: secret === undefined ? null : seals.seal(secret, httpSeal(id)) }),
  };
  return { data, secret };
}

/** Another source is numbered by its own numbers: how far the former had come says nothing of it. */
function imapData(seals: Parts["seals"], id: string, source: ImapSource | null) {
  const begun = { uidValidity: null, lastUid: null, connectedAt: null, fetchedAt: null, failingSince: null, errorCode: null, errorText: null };
  if (source === null) return { ...begun, imap: Prisma.DbNull, imapSecret: null };
  const { settings, secret } = apart(source);
  const kept: ImapSettings = settings;
  return { ...begun, imap: kept as unknown as Prisma.InputJsonObject, imapSecret: seals.seal(JSON.stringify(secret), imapSeal(id)) };
}

function smtpData(seals: Parts["seals"], id: string, server: SmtpServer | null) {
  if (server === null) return { smtp: Prisma.DbNull, smtpSecret: null };
  const { settings, secret } = apart(server);
  const kept: SmtpSettings = settings;
  return { smtp: kept as unknown as Prisma.InputJsonObject, smtpSecret: server.user === null ? null : seals.seal(JSON.stringify(secret), smtpSeal(id)) };
}

/** What is shown, and what is sealed. */
function apart<Source extends Pick<ImapSource, "password" | "oauth">>({ password, oauth, ...settings }: Source) {
  const secret: ImapSecret & SmtpSecret = oauth === undefined ? { password: password ?? "" } : { refreshToken: oauth.refreshToken, clientSecret: oauth.clientSecret };
  const grant = oauth === undefined ? null : { tokenUrl: oauth.tokenUrl, clientId: oauth.clientId, scope: oauth.scope };
  return { settings: { ...settings, oauth: grant }, secret };
}

/** A team that is there; addresses that no other mailbox has. */
async function mustFit(tx: Db, id: string, { team, addresses }: Pick<MailboxChange, "team" | "addresses">): Promise<void> {
  if (team !== undefined && (await tx.team.count({ where: { id: team } })) === 0) throw invalid("team", "There is no such team.");
  if (addresses === undefined) return;
  // One at a time: two mailboxes must not take the same address at once.
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('perdura mailbox addresses'))::text`;
  const other = await tx.mailbox.findFirst({ where: { id: { not: id }, retiredAt: null, addresses: { hasSome: addresses } } });
  if (other !== null) throw invalid("addresses", `The mailbox ${other.id} has one of them.`, "taken");
}

async function mailboxRow(db: Db, id: string): Promise<Prisma.MailboxModel> {
  const row = await db.mailbox.findUnique({ where: { id, retiredAt: null } });
  if (row === null) throw notFound("mailbox");
  return row;
}

function present(row: Prisma.MailboxModel, httpSecret?: string): MailboxView {
  const { id, name, teamId, addresses, type, language, trustReplyTo, enabled, connectedAt, fetchedAt, failingSince, errorCode, errorText } = row;
  const imap = row.imap as unknown as ImapSettings | null;
  const smtp = row.smtp as unknown as SmtpSettings | null;
  const error = failingSince === null || errorCode === null ? null : { code: errorCode, text: errorText ?? "", since: failingSince.toISOString() };
  return {
    id,
    name,
    team: teamId,
    addresses,
    type,
    language,
    trustReplyTo,
    enabled,
    imap: imap === null ? null : { ...imap, oauth: imap.oauth !== null },
    smtp: smtp === null ? null : { ...smtp, oauth: smtp.oauth !== null },
    http: row.httpSecret !== null,
    ...(httpSecret !== undefined && { httpSecret }),
    status: statusOf(row),
    lastConnectedAt: connectedAt?.toISOString() ?? null,
    lastFetchedAt: fetchedAt?.toISOString() ?? null,
    error,
  };
}

function statusOf(row: Prisma.MailboxModel): MailboxView["status"] {
  if (!row.enabled) return "off";
  if (row.imap === null) return "passive";
  if (isStale(row, Date.now())) return "stale";
  if (row.failingSince !== null) return "failing";
  return row.fetchedAt === null ? "connecting" : "ok";
}
