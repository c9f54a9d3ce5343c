// SLA policies: one ordered list, of which the first that matches a ticket wins. A change is a new edition.
import { Router } from "express";
import { pageQuery } from "../../contract/lists";
import { newPolicy, newPolicyEdition, policyOrder } from "../../contract/policy";
import { only } from "../answer";
import { staffWho } from "../auth";
import { idFrom } from "../calendars/calendars";
import { changesOf } from "../changes";
import type { Parts } from "../parts";
import { notFound } from "../problem";
import { bodyOf, nameOf, queryOf } from "../request";
import { addPolicyEdition, createPolicy, listedPolicies, policyRow, presentPolicy, reorder, retirePolicy } from "./rows";

export function policyRoutes({ prisma }: Parts): Router {
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
  router
    .route("/policies/:id/editions")
    .get(async (request, response) => {
      staffWho(response, "readPolicies");
      queryOf(request, pageQuery);
      const row = await policyRow(prisma, nameOf(request, "id", "policy"), { deleted: true });
      response.json({ items: row.editions.map((edition) => presentPolicy(row, edition)), next: null });
    })
    .post(async (request, response) => {
      const by = staffWho(response, "changePolicies");
      const id = nameOf(request, "id", "policy");
      const edition = bodyOf(request, newPolicyEdition);
      response.status(201).json(await prisma.$transaction((tx) => addPolicyEdition(tx, by, id, edition)));
    })
    .all(only("GET", "POST"));
  router
    .route("/policies/:id/editions/:edition")
    .get(async (request, response) => {
      staffWho(response, "readPolicies");
      const row = await policyRow(prisma, nameOf(request, "id", "policy"), { deleted: true });
      const edition = row.editions.find((each) => String(each.edition) === nameOf(request, "edition", "edition"));
      if (edition === undefined) throw notFound("edition");
      response.json(presentPolicy(row, edition));
    })
    .all(only("GET"));
  router
    .route("/policies/:id/changes")
    .get(async (request, response) => {
      staffWho(response, "readPolicies");
      const { id } = await policyRow(prisma, nameOf(request, "id", "policy"), { deleted: true });
      response.json(await changesOf(prisma, "policy", id, queryOf(request, pageQuery)));
    })
    .all(only("GET"));
  return router;
}
