// The requester's page: /r/<token from a mail>. A link opens its one ticket; GET changes nothing, POST redirects.
import { Router, urlencoded } from "express";
import type { Request, RequestHandler, Response } from "express";
import { problems } from "../contract/problem";
import { newRating } from "../contract/rating";
import { textLimit, words } from "../contract/text";
import { writeAnswers } from "../domain/forms/answers";
import { inLanguage } from "../domain/forms/form";
import type { Language } from "../domain/words";
import { portalStyle, renderExpiredPage, renderNotFoundPage, renderTicketPage } from "../web/portal";
import { endOfMerges } from "../prisma/merged";
import { only } from "./answer";
import { execute } from "./commands";
import { lackingFields } from "./forms/ask-back";
import { fingerprint, sha256 } from "./fingerprint";
import { replyAsRequester } from "./follow-up";
import { askedLanguage } from "./language";
import { sendFile } from "./mail/source";
import type { Parts } from "./parts";
import { flashOf, lastStaffWord, publicFile, viewOf } from "./portal-view";
import type { Opened } from "./portal-view";
import { stateOf, withRequester } from "./present-ticket";
import type { TicketRow } from "./present-ticket";
import { rate } from "./ratings";
import { Problem, problemOf } from "./problem";
import { renewLink } from "./renewal";
import { isUuid } from "./request";

export function portalRoutes(parts: Parts): Router {
  const router = Router();
  router.use("/r", safely);
  router.get("/r/style.css", (_request, response) => {
    response.set("Cache-Control", "public, max-age=3600").type("css").send(portalStyle);
  });
  router
    .route("/r/:token")
    .get(async (request, response) => {
      const opened = await open(parts, request, response);
      if (opened === null) return;
      response.send(renderTicketPage(await viewOf(parts.prisma, opened, { flash: flashOf(request) })));
    })
    .all(only("GET"));
  router
    .route("/r/:token/files/:attachment")
    .get(async (request, response) => {
      const opened = await open(parts, request, response);
      if (opened === null) return;
      const id = String(request.params["attachment"]);
      const file = isUuid(id) ? await publicFile(parts.prisma, opened.row, id) : null;
      if (file === null) return void response.status(404).send(renderNotFoundPage({ language: opened.row.language as Language }));
      sendFile(response, { ...file, bytes: await parts.files.bytesOf(file.sha256) });
    })
    .all(only("GET"));
  router
    .route("/r/:token/reply")
    .post(form, change(parts, async (opened, text) => {
      if (!words(textLimit).safeParse(text).success) throw new Problem("invalid", "There is no text to send.");
      const { number } = await reply(parts, opened, text);
      return number === opened.row.number ? "reply-received" : "follow-up";
    }))
    .all(only("POST"));
  router
    .route("/r/:token/fields")
    .post(form, change(parts, async (opened, _text, said) => {
      const lacking = await lackingFields(parts.prisma, opened.row.number);
      const text = writeAnswers({ fields: lacking }, said, (label) => inLanguage(label, opened.row.language as Language));
      if (!words(textLimit).safeParse(text).success) throw new Problem("invalid", "Nothing was filled in.");
      const { number } = await reply(parts, opened, text);
      return number === opened.row.number ? "reply-received" : "follow-up";
    }))
    .all(only("POST"));
  router
    .route("/r/:token/solved")
    .post(form, change(parts, async (opened) => {
      await decideOn(parts, opened, "confirm");
      return "closed-thanks";
    }))
    .all(only("POST"));
  router
    .route("/r/:token/not-solved")
    .post(form, change(parts, async (opened) => {
      await decideOn(parts, opened, "reject");
      return "reopened";
    }))
    .all(only("POST"));
  router
    .route("/r/:token/rating")
    .post(form, change(parts, async (opened, _text, said) => {
      const rating = newRating.safeParse(said);
      if (!rating.success) throw new Problem("invalid", "From one star to five, and a short comment.");
      await parts.prisma.$transaction((tx) => rate(tx, stateOf(opened.row), rating.data));
      return "rated";
    }))
    .all(only("POST"));
  router
    .route("/r/:token/renewal")
    .post(form, async (request, response) => {
      const opened = await find(parts, request, response);
      if (opened === null) return;
      await renewLink(parts.prisma, opened.row, Date.now());
      response.send(expiredPage(opened, true));
    })
    .all(only("POST"));
  return router;
}

const form = urlencoded({ extended: false, limit: 1_000_000 });

/** The token is in the address: it must not travel on, and no script, frame or cache is needed. */
const safely: RequestHandler = (_request, response, next) => {
  response.set({
    "Content-Security-Policy":
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
  });
  response.type("html");
  next();
};

/** `said`: every text that the form sent, by its name. */
type Change = (opened: Opened, text: string, said: Readonly<Record<string, string>>) => Promise<string>;

/** Done: back to the page, which says so. Not done: the page again, the text kept, under the problem's status. */
function change(parts: Parts, act: Change): RequestHandler {
  return async (request, response) => {
    const opened = await open(parts, request, response);
    if (opened === null) return;
    const sent = Object.entries((request.body ?? {}) as Record<string, unknown>);
    const said = Object.fromEntries(sent.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
    const draft = Object.hasOwn(said, "text") ? (said["text"] ?? "") : "";
    try {
      response.redirect(303, `/r/${opened.token}?done=${await act(opened, draft, said)}`);
    } catch (error) {
      const { code } = problemOf(error);
      const { status } = problems[code];
      if (status === 500) throw error;
      const flash = status === 503 || status === 429 ? "try-again" : "refused";
      response.status(status).send(renderTicketPage(await viewOf(parts.prisma, opened, { flash, draft })));
    }
  };
}

/** The key stands for these words after staff's last ones: sent twice by an impatient hand they arrive once. */
async function reply(parts: Parts, { row, actor }: Opened, text: string): Promise<{ number: number }> {
  const { number } = row;
  const said = fingerprint({ verb: "requesterReply", number, body: { text } });
  const key = `page:${sha256(`${said}:${await lastStaffWord(parts.prisma, number)}`)}`;
  return await replyAsRequester(parts, { actor, number, key, sha256: said, text, channel: "web" });
}

/** The key stands for this word on this solution. */
async function decideOn(parts: Parts, { row, actor }: Opened, verb: "confirm" | "reject"): Promise<void> {
  const { number } = row;
  const { solution, version } = stateOf(row);
  const said = fingerprint({ verb, number, body: { solution: solution?.version ?? version } });
  await execute(parts, { actor, verb, number, key: `page:${said}`, sha256: said, args: () => ({}) });
}

/** What the link opens; null when it has been answered already: with "not found", or with the way to a new link. */
async function open(parts: Parts, request: Request, response: Response): Promise<Opened | null> {
  const opened = await find(parts, request, response);
  if (opened === null || !opened.expired) return opened;
  response.status(410).send(expiredPage(opened, false));
  return null;
}

function expiredPage({ token, row }: Opened, sent: boolean): string {
  return renderExpiredPage({ language: row.language as Language, token, sent });
}

async function find({ prisma, links }: Parts, request: Request, response: Response): Promise<Opened | null> {
  const token = String(request.params["token"]);
  const link = links.read(token, Date.now());
  const addressed = link && (await prisma.ticket.findUnique({ where: { number: link.number }, include: withRequester }));
  if (link === null || addressed === null || link.former !== stateOf(addressed).formerRequesters) {
    response.status(404).send(renderNotFoundPage({ language: askedLanguage(request) ?? "en" }));
    return null;
  }
  const row = await standingFor(prisma, addressed);
  return { token, row, expired: link.expired, actor: { kind: "requester", id: row.requesterId } };
}

/** The ticket that goes on with it, when that is the same requester's: one page for what was merged. */
async function standingFor(prisma: Parts["prisma"], addressed: TicketRow): Promise<TicketRow> {
  if (addressed.mergedInto === null) return addressed;
  const number = await endOfMerges(prisma, addressed.number);
  const row = await prisma.ticket.findUnique({ where: { number }, include: withRequester });
  return row !== null && row.requesterId === addressed.requesterId ? row : addressed;
}
