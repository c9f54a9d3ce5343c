// Contacts: mail addresses that policies can name.
import { Router } from "express";
import { pageQuery } from "../../contract/lists";
import { contactChange, newContact } from "../../contract/recipients";
import type { ContactView } from "../../contract/recipients";
import type { Prisma } from "../../prisma/client";
import { only } from "../answer";
import { staffWho } from "../auth";
import { idFrom } from "../calendars/calendars";
import { noteChange } from "../changes";
import type { Db, Parts } from "../parts";
import { notFound, Problem } from "../problem";
import { bodyOf, nameOf, queryOf } from "../request";
import { mustBeUnused } from "./in-use";

export function contactRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/contacts")
    .get(async (request, response) => {
      staffWho(response, "readRecipients");
      queryOf(request, pageQuery);
      const rows = await prisma.contact.findMany({ where: { retiredAt: null }, orderBy: { id: "asc" } });
      response.json({ items: rows.map(present), next: null });
    })
    .post(async (request, response) => {
      const by = staffWho(response, "changeRecipients");
      const { id: given, ...contact } = bodyOf(request, newContact);
      const id = given ?? idFrom(contact.name);
      const made = await prisma.$transaction(async (tx) => {
        const { count } = await tx.contact.createMany({ data: [{ id, ...contact }], skipDuplicates: true });
        if (count === 0) throw new Problem("exists", `There is, or was, a contact ${id}.`);
        await noteChange(tx, by, { kind: "contact", subject: id, action: "created" });
        return await contactRow(tx, id);
      });
      response.status(201).location(`${request.baseUrl}/contacts/${id}`).json(present(made));
    })
    .all(only("GET", "POST"));
  router
    .route("/contacts/:id")
    .get(async (request, response) => {
      staffWho(response, "readRecipients");
      response.json(present(await contactRow(prisma, nameOf(request, "id", "contact"))));
    })
    .patch(async (request, response) => {
      const by = staffWho(response, "changeRecipients");
      const id = nameOf(request, "id", "contact");
      const { name, email, language, timeZone } = bodyOf(request, contactChange);
      const changed = await prisma.$transaction(async (tx) => {
        await contactRow(tx, id);
        await noteChange(tx, by, { kind: "contact", subject: id, action: "changed" });
        const data = {
          ...(name !== undefined && { name }),
          ...(email !== undefined && { email }),
          ...(language !== undefined && { language }),
          ...(timeZone !== undefined && { timeZone }),
        };
        return await tx.contact.update({ where: { id }, data });
      });
      response.json(present(changed));
    })
    .delete(async (request, response) => {
      const by = staffWho(response, "changeRecipients");
      const id = nameOf(request, "id", "contact");
      await prisma.$transaction(async (tx) => {
        await contactRow(tx, id);
        await mustBeUnused(tx, "contact", id);
        await tx.contact.update({ where: { id }, data: { retiredAt: new Date() } });
        await noteChange(tx, by, { kind: "contact", subject: id, action: "deleted" });
      });
      response.status(204).end();
    })
    .all(only("GET", "PATCH", "DELETE"));
  return router;
}

async function contactRow(prisma: Db, id: string): Promise<Prisma.ContactModel> {
  const row = await prisma.contact.findUnique({ where: { id, retiredAt: null } });
  if (row === null) throw notFound("contact");
  return row;
}

function present({ id, name, email, language, timeZone, createdAt }: Prisma.ContactModel): ContactView {
  return { id, name, email, language: language as ContactView["language"], timeZone, createdAt: createdAt.toISOString() };
}
