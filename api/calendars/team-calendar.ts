// The calendar in which a team's windows that wait for requesters count, where the requester's organisation has none.
import { Router } from "express";
import { teamCalendar } from "../../contract/calendar";
import { pageQuery } from "../../contract/lists";
import { only } from "../answer";
import { staffWho } from "../auth";
import { changesOf, noteChange } from "../changes";
import type { Parts } from "../parts";
import { notFound } from "../problem";
import { bodyOf, nameOf, queryOf } from "../request";
import { mustBeCalendar } from "./rows";

export function teamCalendarRoutes({ prisma }: Parts): Router {
  const router = Router();
  const idOf = (request: Parameters<typeof nameOf>[0]): string => nameOf(request, "id", "team");
  router
    .route("/teams/:id/calendar")
    .get(async (request, response) => {
      staffWho(response, "readDirectory");
      const row = await prisma.team.findUnique({ where: { id: idOf(request) }, select: { calendarId: true } });
      if (row === null) throw notFound("team");
      response.json({ calendar: row.calendarId });
    })
    .put(async (request, response) => {
      const by = staffWho(response, "changeCalendars");
      const id = idOf(request);
      const { calendar } = bodyOf(request, teamCalendar);
      await prisma.$transaction(async (tx) => {
        if (calendar !== null) await mustBeCalendar(tx, calendar);
        const { count } = await tx.team.updateMany({ where: { id }, data: { calendarId: calendar } });
        if (count === 0) throw notFound("team");
        await noteChange(tx, by, { kind: "team-calendar", subject: id, action: "changed", facts: { calendar } });
      });
      response.json({ calendar });
    })
    .all(only("GET", "PUT"));
  router
    .route("/teams/:id/calendar/changes")
    .get(async (request, response) => {
      staffWho(response, "readDirectory");
      response.json(await changesOf(prisma, "team-calendar", idOf(request), queryOf(request, pageQuery)));
    })
    .all(only("GET"));
  return router;
}
