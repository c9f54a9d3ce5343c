// Webhooks: where programs hear of what happens. A secret is shown once, when it is made, and sealed in its row.
import { randomBytes, randomUUID } from "node:crypto";
import { Router } from "express";
import { pageQuery } from "../../contract/lists";
import { newWebhook, webhookChange } from "../../contract/recipients";
import type { WebhookTrial, WebhookView } from "../../contract/recipients";
import type { Prisma } from "../../prisma/client";
import { trialOptions } from "../../workflows/starts/errands";
import { only } from "../answer";
import { staffWho } from "../auth";
import { noteChange } from "../changes";
import type { Db, Parts } from "../parts";
import { invalid, notFound, Problem } from "../problem";
import { bodyOf, nameOf, queryOf } from "../request";
import { mustBeUnused } from "./in-use";

/** A trial takes at most 15 s, and then some. */
const trialMs = 25_000;

export function webhookRoutes(parts: Parts): Router {
  const { prisma, seals } = parts;
  const router = Router();
  router
    .route("/webhooks")
    .get(async (request, response) => {
      staffWho(response, "changeRecipients");
      queryOf(request, pageQuery);
      const rows = await prisma.webhook.findMany({ where: { retiredAt: null }, orderBy: { id: "asc" } });
      response.json({ items: rows.map((row) => present(row)), next: null });
    })
    .post(async (request, response) => {
      const by = staffWho(response, "changeRecipients");
      const { id, url, secret = newSecret() } = bodyOf(request, newWebhook);
      mustBeSafe(parts, url);
      const made = await prisma.$transaction(async (tx) => {
        const data = { id, url, secret: seals.seal(secret, id) };
        const { count } = await tx.webhook.createMany({ data: [data], skipDuplicates: true });
        if (count === 0) throw new Problem("exists", `There is, or was, a webhook ${id}.`);
        await noteChange(tx, by, { kind: "webhook", subject: id, action: "created" });
        return await webhookRow(tx, id);
      });
      response.status(201).location(`${request.baseUrl}/webhooks/${id}`).json(present(made, secret));
    })
    .all(only("GET", "POST"));
  router
    .route("/webhooks/:id")
    .get(async (request, response) => {
      staffWho(response, "changeRecipients");
      response.json(present(await webhookRow(prisma, nameOf(request, "id", "webhook"))));
    })
    .patch(async (request, response) => {
      const by = staffWho(response, "changeRecipients");
      const id = nameOf(request, "id", "webhook");
      const { url, secret: wanted } = bodyOf(request, webhookChange);
      if (url !== undefined) mustBeSafe(parts, url);
      const secret = wanted === "new" ? newSecret() : wanted;
      const data = { ...(url !== undefined && { url }), ...(secret !== undefined && { secret: seals.seal(secret, id) }) };
      const changed = await prisma.$transaction(async (tx) => {
        await webhookRow(tx, id);
        await noteChange(tx, by, { kind: "webhook", subject: id, action: "changed" });
        return await tx.webhook.update({ where: { id }, data });
      });
      response.json(present(changed, secret));
    })
    .delete(async (request, response) => {
      const by = staffWho(response, "changeRecipients");
      const id = nameOf(request, "id", "webhook");
      await prisma.$transaction(async (tx) => {
        await webhookRow(tx, id);
        await mustBeUnused(tx, "webhook", id);
        await tx.webhook.update({ where: { id }, data: { retiredAt: new Date() } });
        await noteChange(tx, by, { kind: "webhook", subject: id, action: "deleted" });
      });
      response.status(204).end();
    })
    .all(only("GET", "PATCH", "DELETE"));
  router
    .route("/webhooks/:id/test")
    .post(async (request, response) => {
      staffWho(response, "changeRecipients");
      const { id } = await webhookRow(prisma, nameOf(request, "id", "webhook"));
      response.json(await tryOut(parts, id));
    })
    .all(only("POST"));
  return router;
}

/** By the road that every call takes, from the worker's network. */
async function tryOut({ temporal }: Parts, id: string): Promise<WebhookTrial> {
  try {
    return await temporal.withDeadline(Date.now() + trialMs, async () => {
      const handle = await temporal.workflow.start("webhookTrial", trialOptions(id, randomUUID()));
      return (await handle.result()) as WebhookTrial;
    });
  } catch (cause) {
    throw new Problem("unavailable", "No worker has tried it in time.", { retryAfter: 5, cause });
  }
}

function mustBeSafe({ settings }: Parts, url: string): void {
  if (new URL(url).protocol === "https:" || settings.fetchPrivate === true) return;
  throw invalid("url", "Only addresses that begin with https.", "url_insecure");
}

function newSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

async function webhookRow(prisma: Db, id: string): Promise<Prisma.WebhookModel> {
  const row = await prisma.webhook.findUnique({ where: { id, retiredAt: null } });
  if (row === null) throw notFound("webhook");
  return row;
}

function present({ id, url, createdAt }: Prisma.WebhookModel, secret?: string): WebhookView {
  return { id, url, createdAt: createdAt.toISOString(), ...(secret !== undefined && { secret }) };
}
