// GET /tickets and GET /tickets/:number.
import { Router } from "express";
import { ticketListQuery } from "../contract/lists";
import { only } from "./answer";
import { staffWho } from "./auth";
import type { Parts } from "./parts";
import { presentTicket, presentTickets } from "./present-ticket";
import { numberOf, queryOf } from "./request";
import { submit } from "./submit";
import { listTickets } from "./ticket-list";

export function ticketRoutes(parts: Parts): Router {
  const { prisma } = parts;
  const router = Router();
  router
    .route("/tickets")
    .get(async (request, response) => {
      const actor = staffWho(response, "readTickets");
      const { items, next } = await listTickets(prisma, queryOf(request, ticketListQuery), actor);
      response.json({ items: await presentTickets(prisma, items, actor), next });
    })
    .post(submit(parts))
    .all(only("GET", "POST"));
  router
    .route("/tickets/:number")
    .get(async (request, response) => {
      const actor = staffWho(response, "readTickets");
      response.json(await presentTicket(prisma, numberOf(request), actor));
    })
    .all(only("GET"));
  return router;
}
