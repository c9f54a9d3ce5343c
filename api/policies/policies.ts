// SLA policies: one ordered list, of which the first that matches a ticket wins. A change is a new edition.
import { Router } from "express";
import { pageQuery } from "../../contract/lists";
import { newPolicy, newPolicyEdition, policyOrder } from "../../contract/policy";
import { only } from "../answer";
import { staffWho } from "../auth";
import { idFrom } from "../calendars/calendars";
import { editionRoutes } from "../editions";
import type { Parts } from "../parts";
import { bodyOf, nameOf, queryOf } from "../request";
import { addPolicyEdition, createPolicy, listedPolicies, policyRow, presentPolicy, reorder, retirePolicy } from "./rows";

export function policyRoutes(parts: Parts): Router {
  const { prisma } = parts;
  const router = Router();
  router
    .route("/policies")
    .get(async (request, response) => {
      staffWho(response, "readPolicies");
      queryOf(request, pageQuery);
      response.json({ items: (await listedPolicies(prisma)).map((row) => presentPolicy(row)), next: null });
    })
    .post(async (request, response) => {
      const by = staffWho(response, "changePolicies");
      const { id, name, position, ...told } = bodyOf(request, newPolicy);
      const made = await prisma.$transaction((tx) => createPolicy(tx, by, id ?? idFrom(name), name, position, told));
      response.status(201).location(`${request.baseUrl}/policies/${made.id}`).json(made);
    })
    .all(only("GET", "POST"));
  router
    .route("/policy-order")
    .put(async (request, response) => {
      const by = staffWho(response, "changePolicies");
      const { order } = bodyOf(request, policyOrder);
      response.json({ items: await prisma.$transaction((tx) => reorder(tx, by, order)), next: null });
    })
    .all(only("PUT"));
  router
    .route("/policies/:id")
    .get(async (request, response) => {
      staffWho(response, "readPolicies");
      response.json(presentPolicy(await policyRow(prisma, nameOf(request, "id", "policy"))));
    })
    .delete(async (request, response) => {
      const by = staffWho(response, "changePolicies");
      const id = nameOf(request, "id", "policy");
      await prisma.$transaction((tx) => retirePolicy(tx, by, id));
      response.status(204).end();
    })
    .all(only("GET", "DELETE"));
  const editions = editionRoutes(parts, {
    address: "/policies/:id",
    kind: "policy",
    mayRead: "readPolicies",
    mayChange: "changePolicies",
    idOf: (request) => nameOf(request, "id", "policy"),
    editions: async (db, id) => {
      const row = await policyRow(db, id, { deleted: true });
      return row.editions.map((edition) => presentPolicy(row, edition));
    },
    newEdition: newPolicyEdition,
    add: addPolicyEdition,
  });
  return router.use(editions);
}
