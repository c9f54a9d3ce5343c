// The rules by which tickets are categorised: read by all of staff, changed by admins. A change is a new edition.
import { Router } from "express";
import { dryRun, newRule, ruleChange } from "../../contract/categorisation";
import { pageQuery } from "../../contract/lists";
import { only } from "../answer";
import { staffWho } from "../auth";
import { changesOf } from "../changes";
import type { Parts } from "../parts";
import { notFound } from "../problem";
import { bodyOf, nameOf, queryOf } from "../request";
import { tryOut } from "./dry-run";
import { addRule, presentRules, replaceRule, retireRule } from "./rule-rows";

export function ruleRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/rules")
    .get(async (request, response) => {
      staffWho(response, "readCategorisation");
      queryOf(request, pageQuery);
      response.json({ items: await presentRules(prisma), next: null });
    })
    .post(async (request, response) => {
      const by = staffWho(response, "changeCategorisation");
      const rule = bodyOf(request, newRule);
      const made = await prisma.$transaction((tx) => addRule(tx, by, rule));
      response.status(201).location(`${request.baseUrl}/rules/${made.id}`).json(made);
    })
    .all(only("GET", "POST"));
  router
    .route("/rules/dry-run")
    .post(async (request, response) => {
      staffWho(response, "changeCategorisation");
      response.json(await tryOut(prisma, bodyOf(request, dryRun)));
    })
    .all(only("POST"));
  router
    .route("/rules/:id")
    .get(async (request, response) => {
      staffWho(response, "readCategorisation");
      const id = nameOf(request, "id", "rule");
      const found = (await presentRules(prisma)).find((rule) => rule.id === id);
      if (found === undefined) throw notFound("rule");
      response.json(found);
    })
    .put(async (request, response) => {
      const by = staffWho(response, "changeCategorisation");
      const { basedOn, ...rule } = bodyOf(request, ruleChange);
      const id = nameOf(request, "id", "rule");
      response.json(await prisma.$transaction((tx) => replaceRule(tx, by, { id, ...rule }, basedOn)));
    })
    .delete(async (request, response) => {
      const by = staffWho(response, "changeCategorisation");
      const id = nameOf(request, "id", "rule");
      await prisma.$transaction((tx) => retireRule(tx, by, id));
      response.status(204).end();
    })
    .all(only("GET", "PUT", "DELETE"));
  router
    .route("/rules/:id/changes")
    .get(async (request, response) => {
      staffWho(response, "readCategorisation");
      response.json(await changesOf(prisma, "rule", nameOf(request, "id", "rule"), queryOf(request, pageQuery)));
    })
    .all(only("GET"));
  return router;
}
