// What each type of ticket needs to be told: read by everybody who may submit one, made and changed by admins.
import { Router } from "express";
import type { Request } from "express";
import { askBackSetting, languageQuery, newFormEdition } from "../../contract/form";
import type { FormSummary } from "../../contract/form";
import { formSchema } from "../../contract/form-schema";
import { pageQuery } from "../../contract/lists";
import { inLanguage } from "../../domain/forms/form";
import { languages, ticketTypes } from "../../domain/words";
import type { Language, TicketType } from "../../domain/words";
import { only } from "../answer";
import { staffWho } from "../auth";
import { changesOf } from "../changes";
import type { Parts } from "../parts";
import { notFound } from "../problem";
import { bodyOf, nameOf, numberOf, queryOf } from "../request";
import { askBackOf, setAskBack } from "./ask-back";
import { fieldsOf } from "./filled-in";
import { addFormEdition, formEditionRows, presentFormEdition, presentForms, retireForm } from "./rows";

export function formRoutes({ prisma }: Parts): Router {
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
    .route("/forms/:type/editions")
    .get(async (request, response) => {
      staffWho(response, "readForms");
      queryOf(request, pageQuery);
      response.json({ items: (await formEditionRows(prisma, typeOf(request))).map(presentFormEdition), next: null });
    })
    .post(async (request, response) => {
      const by = staffWho(response, "changeForms");
      const type = typeOf(request);
      const edition = bodyOf(request, newFormEdition);
      response.status(201).json(await prisma.$transaction((tx) => addFormEdition(tx, by, type, edition)));
    })
    .all(only("GET", "POST"));
  router
    .route("/forms/:type/editions/:edition")
    .get(async (request, response) => {
      staffWho(response, "readForms");
      const rows = await formEditionRows(prisma, typeOf(request));
      const row = rows.find(({ edition }) => String(edition) === nameOf(request, "edition", "edition"));
      if (row === undefined) throw notFound("edition");
      response.json(presentFormEdition(row));
    })
    .all(only("GET"));
  router
    .route("/forms/:type/changes")
    .get(async (request, response) => {
      staffWho(response, "readForms");
      const type = typeOf(request);
      await formEditionRows(prisma, type);
      response.json(await changesOf(prisma, "form", type, queryOf(request, pageQuery)));
    })
    .all(only("GET"));
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
  return router;
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
  return language ?? ((request.acceptsLanguages([...languages]) || "en") as Language);
}
