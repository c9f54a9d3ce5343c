// What a requester can send from their page: "solved" or not, a rating, what they were asked for, a reply.
import { commentLimit } from "../contract/rating";
import { textLimit } from "../contract/text";
import { html } from "./html";
import type { Html } from "./html";
import type { LackingField, PortalView } from "./portal-view";
import type { PortalWords } from "./words/shape";

export function verdict({ mayConfirm, mayReject, status, token }: PortalView, words: PortalWords): Html | null {
  if (status !== "solved" || !(mayConfirm || mayReject)) return null;
  return html`<div class="verdict" role="group" aria-labelledby="verdict">
    <p id="verdict">${words.solvedQuestion}</p>
    ${mayConfirm ? button(token, "solved", words.solved, "primary") : null}
    ${mayReject ? button(token, "not-solved", words.notSolved, "quiet") : null}
  </div>`;
}

const stars = [5, 4, 3, 2, 1] as const;

export function ratingForm({ mayRate = false, token }: PortalView, { rating }: PortalWords): Html | null {
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

export function lackingForm({ token, lacking = [] }: PortalView, { lacking: words, reply }: PortalWords): Html | null {
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

export function replyForm({ token, draft = "", status }: PortalView, { reply }: PortalWords): Html {
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

export function button(token: string, action: string, label: string, kind: "primary" | "quiet"): Html {
  return html`<form method="post" action="/r/${token}/${action}"><button class="${kind}">${label}</button></form>`;
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
