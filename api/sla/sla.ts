// GET /tickets/:number/sla: what every clock has counted and why it is due when it is. POST …/corrections: a lead puts right.
import { Router } from "express";
import { correction } from "../../contract/sla";
import { ofKey } from "../../domain/coverage";
import type { CalendarKey } from "../../domain/coverage";
import { historyOf } from "../../domain/history";
import type { History } from "../../domain/history";
import type { CalendarEdition } from "../../domain/opening-hours";
import type { Intake } from "../../domain/ticket";
import type { Language } from "../../domain/words";
import { only } from "../answer";
import { staffWho } from "../auth";
import { editionRows, editionsOf } from "../calendars/rows";
import { execute } from "../commands";
import { eventOf } from "../events";
import { languageOf } from "../language";
import { orderOf } from "../order";
import type { Db, Parts } from "../parts";
import { ticketRow } from "../present-ticket";
import { bodyOf, numberOf } from "../request";
import { creditOf } from "./credit";
import { presentSla } from "./present";
import { sighted } from "./sight";
import { slaWords } from "./words/all";

export function slaRoutes(parts: Parts): Router {
  const router = Router();
  router
    .route("/tickets/:number/sla")
    .get(async (request, response) => {
      const actor = staffWho(response, "readJournal");
      const { number } = await ticketRow(parts.prisma, numberOf(request), actor);
      response.json(await present(parts.prisma, number, await languageOf(parts.prisma, request, actor.id)));
    })
    .all(only("GET"));
  router
    .route("/tickets/:number/sla/corrections")
    .post(async (request, response) => {
      const order = orderOf(request, response, "correct");
      const { reason: why, ifVersion, ...body } = bodyOf(request, correction);
      const { number } = await ticketRow(parts.prisma, order.number, order.actor);
      const { cycle, creditMs, of } = await creditOf(parts.prisma, await read(parts.prisma, number), body);
      await execute(parts, {
        ...order,
        ifVersion,
        reason: { visibility: "reason", text: why },
        args: ({ reason }) => {
          if (reason === null) throw new TypeError("A reason was asked for and is not there.");
          return { metric: body.metric, cycle, creditMs, of, reason };
        },
      });
      response.json(await present(parts.prisma, number, await languageOf(parts.prisma, request, order.actor.id)));
    })
    .all(only("POST"));
  return router;
}

/** From the journal, every time: nothing of it is stored. */
async function read(prisma: Db, number: number): Promise<History> {
  const [intake, events] = await Promise.all([
    prisma.intake.findUniqueOrThrow({ where: { number }, select: { facts: true } }),
    prisma.event.findMany({ where: { ticket: number }, orderBy: { version: "asc" } }),
  ]);
  return historyOf(intake.facts as unknown as Intake, events.map(eventOf));
}

async function present(prisma: Db, number: number, language: Language) {
  const history = await read(prisma, number);
  const ids = history.cycles.flatMap(({ corrections }) => corrections.map(({ reason }) => reason.id));
  const texts = await prisma.message.findMany({ where: { id: { in: ids } }, select: { id: true, text: true } });
  const reasons = new Map(texts.map(({ id, text }) => [id, text]));
  const now = Date.now();
  return presentSla(sighted(history, await editionsOfAll(prisma, history), now), { now, words: slaWords[language], reasons });
}

/** Of each calendar that the ticket knows: its edition and those before, of which it is made. */
async function editionsOfAll(prisma: Db, { calendars }: History): Promise<ReadonlyMap<CalendarKey, readonly CalendarEdition[]>> {
  const found = Object.keys(calendars).map(async (key) => {
    const { calendar, edition } = ofKey(key);
    const rows = await editionRows(prisma, calendar, { deleted: true });
    return [key, editionsOf(rows.filter((row) => row.edition <= edition))] as const;
  });
  return new Map(await Promise.all(found));
}
