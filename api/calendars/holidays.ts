// Holidays brought in from an iCalendar file, an address, or a country's law: a new edition of the calendar with them added.
import { Router, text } from "express";
import { merge } from "../../calendars/import/closure";
import type { Imported } from "../../calendars/import/closure";
import { download, DownloadFailed, isPublic } from "../../calendars/import/download";
import { BadIcalendar, readIcalendar } from "../../calendars/import/icalendar";
import { publicHolidays } from "../../calendars/import/public-holidays";
import type { Years } from "../../calendars/import/public-holidays";
import { holidayFileQuery, holidayImport } from "../../contract/calendar";
import type { HolidayImport, HolidayImportView } from "../../contract/calendar";
import type { CalendarRules } from "../../domain/opening-hours";
import { only } from "../answer";
import { staffWho } from "../auth";
import type { Staff } from "../auth";
import type { Parts } from "../parts";
import { invalid, Problem } from "../problem";
import { bodyOf, nameOf, queryOf } from "../request";
import { addEdition, editionRows, editionsOf } from "./rows";

const maxBytes = 1_000_000;
/** In time for an answer that a person waits for. */
const timeoutMs = 8_000;
const yearsAhead = 5;
const mostYears = 30;

/** The file itself as the body. Stands before the door that lets nothing but JSON in. */
export function holidayFileRoutes(parts: Parts): Router {
  const router = Router();
  router.post("/calendars/:id/holidays", text({ type: "text/calendar", limit: maxBytes, defaultCharset: "utf-8" }), async (request, response, next) => {
    if (request.is("text/calendar") === false) return next();
    const by = staffWho(response, "changeCalendars");
    const id = nameOf(request, "id", "calendar");
    const body = typeof request.body === "string" ? request.body : "";
    response.json(await bringIn(parts, by, id, { ...queryOf(request, holidayFileQuery), text: body }));
  });
  return router;
}

export function holidayRoutes(parts: Parts): Router {
  const router = Router();
  router
    .route("/calendars/:id/holidays")
    .post(async (request, response) => {
      const by = staffWho(response, "changeCalendars");
      const id = nameOf(request, "id", "calendar");
      response.json(await bringIn(parts, by, id, bodyOf(request, holidayImport)));
    })
    .all(only("POST"));
  return router;
}

async function bringIn(parts: Parts, by: Staff, id: string, asked: HolidayImport): Promise<HolidayImportView> {
  const rows = await editionRows(parts.prisma, id);
  const { edition, validFrom, ...rules } = editionsOf(rows).at(-1)!;
  const { closures, skipped } = await read(parts, rules, asked);
  const { holidays, added, kept } = merge(rules, closures);
  const told = { added: [...added], kept: [...kept], skipped: [...skipped] } as Omit<HolidayImportView, "edition">;
  if (asked.preview || added.length === 0) return { edition: null, ...told };
  // What was read belongs to that edition: somebody else's newer one must not be overwritten by it.
  const written = { ...rules, holidays, validFrom, basedOn: asked.basedOn ?? edition };
  const made = await parts.prisma.$transaction((tx) => addEdition(tx, by, id, written));
  return { edition: made.edition, ...told };
}

async function read(parts: Parts, rules: CalendarRules, { country, state, region, url, text: given, ...asked }: HolidayImport): Promise<Imported> {
  const years = yearsOf(asked);
  if (country !== undefined) {
    const found = await publicHolidays({ country, state, region }, years);
    if (found === null) throw invalid("country", "There is no such country, state or region in the list of public holidays.");
    return found;
  }
  try {
    return readIcalendar(given ?? (await fetched(parts, url ?? "")), rules, years);
  } catch (error) {
    if (error instanceof BadIcalendar) throw invalid(url === undefined ? "text" : "url", error.message, "icalendar");
    throw error;
  }
}

async function fetched({ settings }: Parts, url: string): Promise<string> {
  try {
    const mayReach = settings.fetchPrivate === true ? () => true : isPublic;
    return await download(url, { maxBytes, timeoutMs, mayReach });
  } catch (error) {
    if (error instanceof DownloadFailed) throw invalid("url", error.message, `url_${error.fault}`);
    throw error;
  }
}

function yearsOf({ from = new Date().getUTCFullYear(), to = from + yearsAhead }: Pick<HolidayImport, "from" | "to">): Years {
  if (to < from) throw invalid("to", "Ends before it begins.", "order");
  if (to - from >= mostYears) throw new Problem("invalid", `At most ${mostYears} years.`, { errors: [{ field: "to", code: "too_big", message: `At most ${mostYears} years.` }] });
  return [from, to];
}
