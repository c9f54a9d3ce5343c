// A team's mails: whose words they are in, how long a reply may be taken back, and whom it lets speak on its tickets beside
// requesters and whom staff let in.
import { Router } from "express";
import { teamMail } from "../../contract/threading";
import type { TeamMail } from "../../contract/threading";
import { only } from "../answer";
import { staffWho } from "../auth";
import { noteChange } from "../changes";
import type { Db, Parts } from "../parts";
import { notFound } from "../problem";
import { bodyOf, nameOf } from "../request";

export function teamMailRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/teams/:id/mail")
    .get(async (request, response) => {
      staffWho(response, "readDirectory");
      response.json(await teamMailOf(prisma, nameOf(request, "id", "team")));
    })
    .put(async (request, response) => {
      const by = staffWho(response, "changeTeamMail");
      const id = nameOf(request, "id", "team");
      const set = bodyOf(request, teamMail);
      response.json(
        await prisma.$transaction(async (tx) => {
          const { undoSeconds, ...others } = set;
          const { count } = await tx.team.updateMany({ where: { id }, data: { ...others, undoMs: undoSeconds * 1_000 } });
          if (count === 0) throw notFound("team");
          await noteChange(tx, by, { kind: "team-mail", subject: id, action: "changed", facts: { set: JSON.stringify(set) } });
          return set;
        }),
      );
    })
    .all(only("GET", "PUT"));
  return router;
}

async function teamMailOf(prisma: Db, id: string): Promise<TeamMail> {
  const row = await prisma.team.findUnique({ where: { id }, select: { letsCopiedIn: true, letsColleaguesIn: true, undoMs: true, brand: true } });
  if (row === null) throw notFound("team");
  const { undoMs, ...others } = row;
  return { ...others, undoSeconds: undoMs / 1_000 };
}
