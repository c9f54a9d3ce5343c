// The requester's page: the public conversation, a reply box, "solved" and "not solved". Plain HTML, no script needed.
// Knows what a requester may see; refuses to know our own terms, or anything about staff but a name.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { html } from "./html";
import type { Html } from "./html";
import { button, lackingForm, ratingForm, replyForm, verdict } from "./portal-forms";
import type { ExpiredView, PortalFile, PortalMessage, PortalView } from "./portal-view";
import { portalWords } from "./words/all";
import type { Language, PortalWords } from "./words/shape";

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
          ${view.messages.map((message) => messageOf(message, view.token, words))}
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

function messageOf({ author, name, at, text, files = [] }: PortalMessage, token: string, words: PortalWords): Html {
  const who = author === "you" ? words.you : (name ?? words.team);
  return html`<li class="message ${author}">
    <p class="who"><strong dir="auto">${who}</strong> <time datetime="${at}">${spokenTime(at, words.tag)}</time></p>
    <div class="text" dir="auto">${text}</div>
    ${files.length === 0 ? null : html`<ul class="files" aria-label="${words.files}">
      ${files.map((file) => fileOf(file, token, words))}
    </ul>`}
  </li>`;
}

function fileOf({ id, name, size }: PortalFile, token: string, { tag }: PortalWords): Html {
  return html`<li><a href="/r/${token}/files/${id}" download dir="auto">${name}</a> <span>${spokenSize(size, tag)}</span></li>`;
}

/** The page has no script that could know the reader's time zone, so it names the one it speaks in. */
function spokenTime(at: string, tag: string): string {
  const style = { dateStyle: "medium", timeStyle: "short", hourCycle: "h23", timeZone: "UTC" } as const;
  const format = new Intl.DateTimeFormat(tag, style);
  return `${format.format(new Date(at))} UTC`;
}

/** `0.4 MB`, at least a kilobyte. */
function spokenSize(bytes: number, tag: string): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1_000));
  const [value, unit] = kilobytes < 100 ? [kilobytes, "kilobyte"] : [kilobytes / 1_000, "megabyte"];
  return new Intl.NumberFormat(tag, { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
}
