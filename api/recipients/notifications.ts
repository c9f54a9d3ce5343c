// When and how a member of staff wants to be told: their own to say, or an admin's.
import { Router } from "express";
import type { Request, Response } from "express";
import { notificationChange } from "../../contract/recipients";
import type { NotificationView } from "../../contract/recipients";
import type { Prisma } from "../../prisma/client";
import { only } from "../answer";
import { staffWho } from "../auth";
import { noteChange } from "../changes";
import { post } from "../outbox";
import type { Db, Parts } from "../parts";
import { notFound } from "../problem";
import { bodyOf, nameOf } from "../request";

export function notificationRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/agents/:id/notifications")
    .get(async (request, response) => {
      const { id } = whose(request, response);
      response.json(present(await agentRow(prisma, id)));
    })
    .patch(async (request, response) => {
      const { id, by } = whose(request, response);
      const { timeZone, quietHours, language } = bodyOf(request, notificationChange);
      const changed = await prisma.$transaction(async (tx) => {
        await agentRow(tx, id);
        await noteChange(tx, by, { kind: "notifications", subject: id, action: "changed" });
        // What is held under the hours so far is held or sent by the new ones.
        await post(tx, { kind: "notices", subject: `agent:${id}`, payload: {} });
        const data = {
          ...(timeZone !== undefined && { timeZone }),
          ...(language !== undefined && { language }),
          ...(quietHours !== undefined && { quietHours: quietHours ?? {} }),
        };
        return await tx.agent.update({ where: { id }, data });
      });
      response.json(present(changed));
    })
    .all(only("GET", "PATCH"));
  return router;
}

/** `me` is whoever asks. */
function whose(request: Request, response: Response) {
  const named = nameOf(request, "id", "agent");
  const self = staffWho(response, "setOwnNotifications");
  const id = named === "me" ? self.id : named;
  return { id, by: id === self.id ? self : staffWho(response, "setNotifications") };
}

async function agentRow(prisma: Db, id: string): Promise<Prisma.AgentModel> {
  const row = await prisma.agent.findUnique({ where: { id } });
  if (row === null) throw notFound("agent");
  return row;
}

function present({ id, language, timeZone, quietHours }: Prisma.AgentModel): NotificationView {
  const none = Object.keys(quietHours ?? {}).length === 0;
  return { agent: id, language, timeZone, quietHours: none ? null : quietHours } as NotificationView;
}
