// The requester's page: the public conversation, a reply box, "solved" and "not solved". Plain HTML, no script needed.
// Knows what a requester may see; refuses to know our own terms, or anything about staff but a name.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { commentLimit } from "../contract/rating";
import { textLimit } from "../contract/text";
import { html } from "./html";
import type { Html } from "./html";
import { portalWords } from "./words/all";
import type { Flash, Language, PortalWords, Status } from "./words/shape";

export interface PortalMessage {
  /** `another`: somebody else who takes part in it by mail. */
  readonly author: "you" | "staff" | "another";
  /** Whoever it was, save the reader; null shows the team's. */
  readonly name: string | null;
  /** ISO. */
  readonly at: string;
  readonly text: string;
}

export interface PortalView {
  readonly language: Language;
  readonly number: number;
  readonly subject: string;
  readonly status: Status;
  /** Oldest first. */
  readonly messages: readonly PortalMessage[];
  readonly mayReply: boolean;
  readonly mayConfirm: boolean;
  readonly mayReject: boolean;
  /** What was written but could not be taken, to be sent again. */
  readonly draft?: string;
  readonly flash?: Flash;
  /** Whether the solution may be rated now. */
  readonly mayRate?: boolean;
  /** What the requester was asked for and has not said yet. */
  readonly lacking?: readonly LackingField[];
  /** The number of the request that a reply to a closed one opened. */
  readonly followUp?: number;
  readonly token: string;
}

export interface LackingField {
  readonly key: string;
  readonly label: string;
  readonly help: string | null;
  /** One of several: a choice's name is what is sent. Null: to be written. */
  readonly choices: readonly string[] | null;
  readonly lines: "one" | "several";
}

export interface ExpiredView {
  readonly language: Language;
  readonly token: string;
  /** Whether a new link was asked for. */
  readonly sent: boolean;
}

/** Served at `/r/style.css`. */
export const portalStyle = readFileSync(join(__dirname, "portal.css"), "utf8");

export function renderTicketPage(view: PortalView): string {
  const words = portalWords[view.language];
  const { title, says } = words.statuses[view.status];
  return page(
    words,
    `#${view.number} ${view.subject}`,
    html`${flashOf(view, words)}
      <p class="number">${words.request} #${view.number}</p>
      <h1 dir="auto">${view.subject}</h1>
      <section class="status ${view.status}" aria-label="${title}">
        <p class="standing">${title}</p>
        <p>${says}</p>
        ${verdict(view, words)}
      </section>
      ${ratingForm(view, words)}
      ${lackingForm(view, words)}
      <section aria-labelledby="conversation">
        <h2 id="conversation">${words.conversation}</h2>
        <ol class="messages">
          ${view.messages.map((message) => messageOf(message, words))}
        </ol>
      </section>
      ${view.mayReply ? replyForm(view, words) : null}
      <footer><p>${words.privacy}</p></footer>`,
  );
}

/** For a link whose time is over. */
export function renderExpiredPage({ language, token, sent }: ExpiredView): string {
  const words = portalWords[language];
  const { title, says, send, sentTitle, sent: sentSays } = words.expired;
  return sent
    ? page(
        words,
        sentTitle,
        html`<div class="alone" role="status">
          <h1>${sentTitle}</h1>
          <p>${sentSays}</p>
        </div>`,
      )
    : page(
        words,
        title,
        html`<div class="alone">
          <h1>${title}</h1>
          <p>${says}</p>
          ${button(token, "renewal", send, "primary")}
        </div>`,
      );
}

/** For a link that was never ours. */
export function renderNotFoundPage({ language }: { language: Language }): string {
  const words = portalWords[language];
  const { title, says } = words.notFound;
  return page(
    words,
    title,
    html`<div class="alone">
      <h1>${title}</h1>
      <p>${says}</p>
    </div>`,
  );
}

function page({ tag }: PortalWords, title: string, content: Html): string {
  return html`<!doctype html>
    <html lang="${tag}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="stylesheet" href="/r/style.css" />
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html> `.source;
}

function flashOf({ flash, followUp }: PortalView, { flashes }: PortalWords): Html | null {
  // The word comes from the page's address, where anybody can write it: without a follow-up there is none to speak of.
  if (flash === undefined || (flash === "follow-up" && followUp === undefined)) return null;
  const isTrouble = flash === "try-again" || flash === "refused";
  const text = flashes[flash](`#${followUp}`);
  return html`<p class="flash ${isTrouble ? "trouble" : "good"}" role="${isTrouble ? "alert" : "status"}">${text}</p>`;
}

function verdict({ mayConfirm, mayReject, status, token }: PortalView, words: PortalWords): Html | null {
  if (status !== "solved" || !(mayConfirm || mayReject)) return null;
  return html`<div class="verdict" role="group" aria-labelledby="verdict">
    <p id="verdict">${words.solvedQuestion}</p>
    ${mayConfirm ? button(token, "solved", words.solved, "primary") : null}
    ${mayReject ? button(token, "not-solved", words.notSolved, "quiet") : null}
  </div>`;
}

const stars = [5, 4, 3, 2, 1] as const;

function ratingForm({ mayRate = false, token }: PortalView, { rating }: PortalWords): Html | null {
  if (!mayRate) return null;
  return html`<section aria-labelledby="rating">
    <h2 id="rating">${rating.title}</h2>
    <form method="post" action="/r/${token}/rating">
      <fieldset>
        <legend>${rating.says}</legend>
        ${stars.map(
          (count) => html`<label><input type="radio" name="stars" value="${count}" required /> ${"★".repeat(count)} ${rating.stars[count]}</label>`,
        )}
      </fieldset>
      <label for="comment">${rating.comment}</label>
      <textarea id="comment" name="text" rows="3" dir="auto" maxlength="${commentLimit}"></textarea>
      <button class="primary">${rating.send}</button>
    </form>
  </section>`;
}

function messageOf({ author, name, at, text }: PortalMessage, words: PortalWords): Html {
  const who = author === "you" ? words.you : (name ?? words.team);
  return html`<li class="message ${author}">
    <p class="who"><strong dir="auto">${who}</strong> <time datetime="${at}">${spokenTime(at, words.tag)}</time></p>
    <div class="text" dir="auto">${text}</div>
  </li>`;
}

function lackingForm({ token, lacking = [] }: PortalView, { lacking: words, reply }: PortalWords): Html | null {
  if (lacking.length === 0) return null;
  return html`<section aria-labelledby="lacking">
    <h2 id="lacking">${words.title}</h2>
    <p>${words.says}</p>
    <form method="post" action="/r/${token}/fields">
      ${lacking.map(lackingInput)}
      <button class="primary">${reply.send}</button>
    </form>
  </section>`;
}

function lackingInput({ key, label, help, choices, lines }: LackingField): Html {
  const id = `field-${key}`;
  const described = help === null ? null : html`<p id="${id}-help">${help}</p>`;
  return html`<label for="${id}">${label}</label>
    ${described} ${choices === null ? writtenInput(id, key, lines) : chosenInput(id, key, choices)}`;
}

function writtenInput(id: string, key: string, lines: LackingField["lines"]): Html {
  return lines === "one"
    ? html`<input id="${id}" name="${key}" dir="auto" maxlength="2000" />`
    : html`<textarea id="${id}" name="${key}" rows="4" dir="auto" maxlength="${textLimit}"></textarea>`;
}

function chosenInput(id: string, key: string, choices: readonly string[]): Html {
  return html`<select id="${id}" name="${key}">
    <option value=""></option>
    ${choices.map((choice) => html`<option>${choice}</option>`)}
  </select>`;
}

function replyForm({ token, draft = "", status }: PortalView, { reply }: PortalWords): Html {
  // A browser drops the first line break inside a textarea: this one is for it to drop.
  const content = `\n${draft}`;
  return html`<section aria-labelledby="reply">
    <h2 id="reply">${reply.title}</h2>
    ${status === "closed" ? html`<p>${reply.whenClosed}</p>` : null}
    <form method="post" action="/r/${token}/reply">
      <label for="text">${reply.label}</label>
      <textarea id="text" name="text" rows="6" dir="auto" maxlength="${textLimit}" required>${content}</textarea>
      <button class="primary">${reply.send}</button>
    </form>
  </section>`;
}

function button(token: string, action: string, label: string, kind: "primary" | "quiet"): Html {
  return html`<form method="post" action="/r/${token}/${action}"><button class="${kind}">${label}</button></form>`;
}

/** The page has no script that could know the reader's time zone, so it names the one it speaks in. */
function spokenTime(at: string, tag: string): string {
  const style = { dateStyle: "medium", timeStyle: "short", hourCycle: "h23", timeZone: "UTC" } as const;
  const format = new Intl.DateTimeFormat(tag, style);
  return `${format.format(new Date(at))} UTC`;
}
