// POST /inbound/mail: a raw mail, brought by a program that knows the mailbox's signing key. Answered when it is committed.
import { createHmac, timingSafeEqual } from "node:crypto";
import { raw, Router } from "express";
import type { Request } from "express";
import { inboundQuery } from "../../contract/mail";
import type { InboundReceipt } from "../../contract/mail";
import { acceptMail } from "../../inbound/accept";
import { only } from "../answer";
import type { Parts } from "../parts";
import { Problem } from "../problem";
import { queryOf } from "../request";

/** As the SMTP listener announces by default. */
const maxBytes = 35 * 1_048_576;
/** A signature that is older, or younger, is somebody's copy. */
const freshMs = 300_000;

const types = ["message/rfc822", "application/octet-stream"];

/** Stands before the door that asks for a key and lets nothing but JSON in. */
export function inboundRoutes({ prisma, seals }: Parts): Router {
  const router = Router();
  router
    .route("/inbound/mail")
    .post(raw({ type: types, limit: maxBytes }), async (request, response) => {
      const { mailbox: id } = queryOf(request, inboundQuery);
      if (!request.is(types)) throw new Problem("unsupported_media_type", "Send the mail as it is: Content-Type: message/rfc822.");
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const mailbox = await prisma.mailbox.findUnique({ where: { id, enabled: true, retiredAt: null }, select: { httpSecret: true } });
      // Whoever has no key learns nothing of which mailboxes there are.
      if (!mailbox?.httpSecret || !isSigned(request, body, seals.open(mailbox.httpSecret, httpSeal(id)))) {
        throw new Problem("unauthenticated", "Sign the mail with the mailbox's key, as Standard Webhooks has it.");
      }
      if (body.length === 0) throw new Problem("invalid", "The mail is empty.", { errors: [{ field: "body", code: "empty", message: "The mail is empty." }] });
      const { id: mail, known } = await acceptMail(prisma, { mailbox: id, source: "http", raw: body, receivedAt: new Date() });
      const receipt: InboundReceipt = { mail, known };
      response.status(known ? 200 : 201).set("Cache-Control", "no-store").json(receipt);
    })
    .all(only("POST"));
  return router;
}

/** What the key of a mailbox is sealed about. */
export function httpSeal(mailbox: string): string {
  return `mailbox:${mailbox}:http`;
}

/** `webhook-signature: v1,…` over `<webhook-id>.<webhook-timestamp>.<bytes>`; one of several may be right. */
function isSigned(request: Request, body: Buffer, secret: string): boolean {
  const id = request.get("webhook-id") ?? "";
  const timestamp = request.get("webhook-timestamp") ?? "";
  if (!/^\d{1,12}$/u.test(timestamp) || Math.abs(Date.now() - Number(timestamp) * 1_000) > freshMs) return false;
  const key = Buffer.from(secret.replace(/^whsec_/u, ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
  return (request.get("webhook-signature") ?? "").split(" ").some((each) => {
    const [version, signature = ""] = each.split(",");
    const given = Buffer.from(signature, "base64");
    return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
  });
}
