// The desk's own words for its mails: read, written as editions, tried out. What may stand in one mail/template knows.
import { Router } from "express";
import type { Request } from "express";
import { pageQuery } from "../../contract/lists";
import { templateContent, templatePreview, templateQuery } from "../../contract/mail-out";
import type { TemplateView } from "../../contract/mail-out";
import { languages } from "../../domain/words";
import type { Language } from "../../domain/words";
import { letterTemplates, namesIn, neededIn } from "../../mail/template/letters";
import type { LetterTemplate } from "../../mail/template/letters";
import { faultsOf, renderTemplate } from "../../mail/template/render";
import type { Content, Fault } from "../../mail/template/render";
import type { Prisma } from "../../prisma/client";
import { only } from "../answer";
import { staffWho } from "../auth";
import { noteChange } from "../changes";
import type { Db, Parts } from "../parts";
import { notFound, Problem } from "../problem";
import { bodyOf, nameOf, queryOf } from "../request";
import { examples, viewOfTicket } from "./template-view";

export function templateRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/templates")
    .get(async (request, response) => {
      staffWho(response, "readTemplates");
      queryOf(request, pageQuery);
      const rows = await prisma.mailTemplate.findMany({
        distinct: ["template", "language", "brand"],
        orderBy: [{ template: "asc" }, { language: "asc" }, { brand: "asc" }, { edition: "desc" }],
      });
      response.json({ items: rows.map(present), next: null });
    })
    .all(only("GET"));
  router
    .route("/templates/:template/:language")
    .get(async (request, response) => {
      staffWho(response, "readTemplates");
      const row = await newest(prisma, keyOf(request));
      if (row === null) throw notFound("template");
      response.json(present(row));
    })
    .put(async (request, response) => {
      const by = staffWho(response, "changeTemplates");
      const key = keyOf(request);
      const content = bodyOf(request, templateContent);
      mustBeUsable(key.template, content);
      const row = await prisma.$transaction((tx) => write(tx, key, content, by));
      response.status(row.edition === 1 ? 201 : 200).json(present(row));
    })
    .delete(async (request, response) => {
      const by = staffWho(response, "changeTemplates");
      const key = keyOf(request);
      await prisma.$transaction(async (tx) => {
        if (((await newest(tx, key))?.content ?? null) === null) throw notFound("template");
        await write(tx, key, null, by);
      });
      response.status(204).end();
    })
    .all(only("GET", "PUT", "DELETE"));
  router
    .route("/templates/:template/:language/preview")
    .post(async (request, response) => {
      staffWho(response, "readTemplates");
      const key = keyOf(request);
      const { content: given, ticket } = bodyOf(request, templatePreview);
      const content = given ?? ((await newest(prisma, key))?.content as Content | null | undefined);
      if (content === null || content === undefined) throw notFound("template");
      mustBeUsable(key.template, content);
      const known = ticket === undefined ? examples(key.language) : await viewOfTicket(prisma, ticket);
      const view = Object.fromEntries(namesIn(key.template).map((name) => [name, known[name] ?? null]));
      response.json(rendered(content, view, neededIn(key.template)));
    })
    .all(only("POST"));
  return router;
}

interface Key {
  readonly template: LetterTemplate;
  readonly language: Language;
  readonly brand: string;
}

/** 404 for a kind of mail or a language that there is not. */
function keyOf(request: Request): Key {
  const template = letterTemplates.find((known) => known === nameOf(request, "template", "template"));
  const language = languages.find((known) => known === nameOf(request, "language", "language"));
  if (template === undefined || language === undefined) throw notFound("template");
  return { template, language, brand: queryOf(request, templateQuery).brand ?? "" };
}

async function newest(db: Db, key: Key) {
  return await db.mailTemplate.findFirst({ where: { ...key }, orderBy: { edition: "desc" } });
}

/** Two who write at once get an edition each: who comes second waits for the first. */
async function write(tx: Prisma.TransactionClient, key: Key, content: Content | null, by: ReturnType<typeof staffWho>) {
  const subject = [key.template, key.language, ...(key.brand === "" ? [] : [key.brand])].join("/");
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`template ${subject}`}))`;
  const edition = ((await newest(tx, key))?.edition ?? 0) + 1;
  const data = { ...key, edition, by: `staff:${by.id}`, ...(content !== null && { content: { ...content } }) };
  const row = await tx.mailTemplate.create({ data });
  const action = content === null ? "deleted" : edition === 1 ? "created" : "changed";
  await noteChange(tx, by, { kind: "template", subject, action, edition });
  return row;
}

/** 422 with all that is wrong. */
function mustBeUsable(template: LetterTemplate, content: Content): void {
  const faults = faultsOf(content, namesIn(template), neededIn(template));
  if (faults.length === 0) return;
  const errors = faults.map((fault) => ({ field: fault.part, code: `template_${fault.code}`, message: inWords(fault, template) }));
  throw new Problem("invalid", "The template can't be used as it is.", { errors });
}

function inWords({ code, what }: Fault, template: LetterTemplate): string {
  switch (code) {
    case "syntax":
      return `It can't be read: ${what}`;
    case "unknown":
      return `There is no ${what} here. There is: ${namesIn(template).join(", ")}.`;
    case "partial":
      return `Parts from elsewhere ({{> ${what}}}) can't be used.`;
    case "delimiter":
      return "The marks {{ and }} can't be changed.";
    case "nested":
      return `{{#${what}}} can't stand within itself.`;
    case "lacks":
      return `It must use {{${what}}}, or its reader would miss it.`;
  }
}

function rendered(content: Content, view: Parameters<typeof renderTemplate>[1], needed: readonly string[]): Content {
  try {
    return renderTemplate(content, view, needed);
  } catch (error) {
    throw new Problem("invalid", error instanceof Error ? error.message : "The template can't be used.");
  }
}

function present({ template, language, brand, edition, content, by, at }: Prisma.MailTemplateModel): TemplateView {
  return {
    template,
    language: language as Language,
    brand: brand === "" ? null : brand,
    edition,
    content: content as TemplateView["content"],
    by,
    at: at.toISOString(),
  };
}
