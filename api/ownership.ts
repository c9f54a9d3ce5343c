// PUT /tickets/:number/requester: whose ticket it is.
import { Router } from "express";
import { newRequester } from "../contract/commands";
import { only } from "./answer";
import { requesterByAddress } from "./intake";
import type { Parts } from "./parts";
import { notFound } from "./problem";
import { because, command, given } from "./verbs";

export function ownershipRoutes(parts: Parts): Router {
  const { prisma } = parts;
  const router = Router();
  router
    .route("/tickets/:number/requester")
    .put(
      command(parts, "changeRequester", newRequester, async ({ requester: { email, name = null, language = null }, reason: why }, number) => {
        // Nobody is added for a ticket that is not there.
        if ((await prisma.ticket.count({ where: { number } })) === 0) throw notFound("ticket");
        const requester = await requesterByAddress(prisma, { email, name, language });
        return { reason: because(why), args: ({ reason }) => ({ requester, reason: given(reason) }) };
      }),
    )
    .all(only("PUT"));
  return router;
}
