// What each type of ticket needs to be told: read by everybody who may submit one, made and changed by admins.
import { Router } from "express";
import type { Request } from "express";
import { askBackSetting, languageQuery, newFormEdition } from "../../contract/form";
import type { FormSummary } from "../../contract/form";
import { formSchema } from "../../contract/form-schema";
import { inLanguage } from "../../domain/forms/form";
import { ticketTypes } from "../../domain/words";
import type { Language, TicketType } from "../../domain/words";
import { only } from "../answer";
import { staffWho } from "../auth";
import { editionRoutes } from "../editions";
import { askedLanguage } from "../language";
import type { Parts } from "../parts";
import { notFound } from "../problem";
import { bodyOf, nameOf, numberOf, queryOf } from "../request";
import { askBackOf, setAskBack } from "./ask-back";
import { fieldsOf } from "./filled-in";
import { addFormEdition, formEditionRows, presentFormEdition, presentForms, retireForm } from "./rows";

export function formRoutes(parts: Parts): Router {
  const { prisma } = parts;
  const router = Router();
  router
    .route("/forms")
    .get(async (request, response) => {
      const language = languageOf(request);
      const forms = await presentForms(prisma);
      const items = forms
        .sort((one, other) => ticketTypes.indexOf(one.type) - ticketTypes.indexOf(other.type))
        .map(({ type, edition, title }): FormSummary => {
          return { type, edition, title: inLanguage(title, language), schema: `${request.baseUrl}/forms/${type}?language=${language}` };
        });
      response.vary("Accept-Language").json({ items, next: null });
    })
    .all(only("GET"));
  router
    .route("/forms/:type")
    .get(async (request, response) => {
      const [form] = await presentForms(prisma, typeOf(request));
      if (form === undefined) throw notFound("form");
      response.vary("Accept-Language").type("application/schema+json").send(JSON.stringify(formSchema(form, languageOf(request))));
    })
    .delete(async (request, response) => {
      const by = staffWho(response, "changeForms");
      const type = typeOf(request);
      await prisma.$transaction((tx) => retireForm(tx, by, type));
      response.status(204).end();
    })
    .all(only("GET", "DELETE"));
  router
    .route("/teams/:id/ask-back")
    .get(async (request, response) => {
      staffWho(response, "readForms");
      response.json(await askBackOf(prisma, nameOf(request, "id", "team")));
    })
    .put(async (request, response) => {
      const by = staffWho(response, "changeForms");
      const id = nameOf(request, "id", "team");
      const { types } = bodyOf(request, askBackSetting);
      response.json(await prisma.$transaction((tx) => setAskBack(tx, by, id, types)));
    })
    .all(only("GET", "PUT"));
  router
    .route("/tickets/:number/fields")
    .get(async (request, response) => {
      staffWho(response, "readTickets");
      response.json(await fieldsOf(prisma, numberOf(request)));
    })
    .all(only("GET"));
  const editions = editionRoutes(parts, {
    address: "/forms/:type",
    kind: "form",
    mayRead: "readForms",
    mayChange: "changeForms",
    idOf: typeOf,
    editions: async (db, type) => (await formEditionRows(db, type)).map(presentFormEdition),
    newEdition: newFormEdition,
    add: addFormEdition,
  });
  return router.use(editions);
}

/** 404 for what is no type of ticket. */
function typeOf(request: Request): TicketType {
  const given = nameOf(request, "type", "form");
  const type = ticketTypes.find((known) => known === given);
  if (type === undefined) throw notFound("form");
  return type;
}

/** As asked for in the address, or else as the browser says. */
function languageOf(request: Request): Language {
  const { language } = queryOf(request, languageQuery);
  return language ?? askedLanguage(request) ?? "en";
}
