// The mail behind a message: the whole of it, its source, its files. For staff who may read the ticket.
import { Router } from "express";
import type { Request, Response } from "express";
import type { MailView } from "../../contract/mail";
import type { Reading } from "../../mail/reading";
import type { Prisma } from "../../prisma/client";
import { only } from "../answer";
import { presentAttachment } from "../attachments";
import { staffWho } from "../auth";
import type { Parts } from "../parts";
import { ticketRow } from "../present-ticket";
import { notFound } from "../problem";
import { isUuid, nameOf, numberOf } from "../request";
import { sendFile, sendSource } from "./source";

export function mailMessageRoutes({ prisma, files }: Parts): Router {
  const router = Router();
  const numberFor = async (request: Request, response: Response): Promise<number> => {
    const actor = staffWho(response, "readInternal");
    return (await ticketRow(prisma, numberOf(request), actor)).number;
  };
  router
    .route("/tickets/:number/messages/:message/mail")
    .get(async (request, response) => {
      const mail = await mailOf(prisma, await numberFor(request, response), uuidOf(request, "message"));
      response.json(present(mail));
    })
    .all(only("GET"));
  router
    .route("/tickets/:number/messages/:message/source")
    .get(async (request, response) => {
      const { id } = await mailOf(prisma, await numberFor(request, response), uuidOf(request, "message"));
      const { raw } = await prisma.rawMail.findUniqueOrThrow({ where: { id }, select: { raw: true } });
      sendSource(response, raw);
    })
    .all(only("GET"));
  router
    .route("/tickets/:number/attachments/:attachment")
    .get(async (request, response) => {
      const ticket = await numberFor(request, response);
      const file = await prisma.attachment.findFirst({
        where: { id: uuidOf(request, "attachment"), message: { ticket, OR: [{ version: { not: null } }, { rawMailId: null }] } },
        select: { name: true, type: true, sha256: true },
      });
      if (file === null) throw notFound("attachment");
      sendFile(response, { ...file, bytes: await files.bytesOf(file.sha256) });
    })
    .all(only("GET"));
  return router;
}

const whole = {
  id: true,
  mailboxId: true,
  receivedAt: true,
  reading: true,
  text: true,
  html: true,
  verdict: true,
  attachments: { orderBy: { position: "asc" } },
} as const satisfies Prisma.RawMailSelect;

type Mail = Prisma.RawMailGetPayload<{ select: typeof whole }> & { readonly source: boolean };

async function mailOf(prisma: Parts["prisma"], ticket: number, id: string): Promise<Mail> {
  const message = await prisma.message.findFirst({ where: { id, ticket, version: { not: null } }, select: { rawMail: { select: whole } } });
  if (!message?.rawMail) throw notFound("mail of this message");
  const [kept] = await prisma.$queryRaw<{ source: boolean }[]>`SELECT raw IS NOT NULL AS source FROM raw_mails WHERE id = ${message.rawMail.id}::uuid`;
  return { ...message.rawMail, source: kept?.source === true };
}

function uuidOf(request: Request, part: "message" | "attachment"): string {
  const text = nameOf(request, part, part);
  if (!isUuid(text)) throw notFound(part);
  return text;
}

function present({ id, mailboxId, receivedAt, text, html, verdict, source, attachments, ...row }: Mail): MailView {
  const { from, to, cc, subject, messageId } = row.reading as unknown as Reading;
  return {
    mail: id,
    mailbox: mailboxId,
    receivedAt: receivedAt.toISOString(),
    from,
    to: [...to],
    cc: [...cc],
    subject,
    messageId,
    text: text ?? "",
    html,
    verdict: verdict as MailView["verdict"],
    source,
    attachments: attachments.map(presentAttachment),
  };
}
