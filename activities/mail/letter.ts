// A mail to a requester: what we say around what a person wrote, as plain text and simple HTML, with the link to their
// page; and the copy of it that others get.
import { inLanguage } from "../../domain/forms/form";
import type { Material } from "./material";
import { escapeHtml, fromNow, placeTime, roundedUp } from "./text";
import { mailWords } from "./words/all";
import type { Letter, MailWords, RequesterTemplate, Wait } from "./words/shape";

export interface Rendered {
  readonly subject: string;
  readonly text: string;
  /** Null: the plain text is all. */
  readonly html: string | null;
  /** Whether a person's own words make the mail, which then is no automatic one. */
  readonly personal: boolean;
}

/** Throws when a mail that is nothing without a person's words has none. */
export function renderLetter(template: RequesterTemplate, material: Material, link: string): Rendered {
  const words = mailWords[material.language];
  const letter = letterOf(template, material, words);
  const written = wordsIn(template, material);
  const personal = written !== null;
  const body: Body = {
    before: personal ? letter.before : [words.hello, ...letter.before],
    words: written,
    // A person's words end with their name, ours with the team's.
    signature: personal ? (material.by ?? words.team) : null,
    after: letter.after,
    button: { label: letter.link, link },
    closing: personal ? null : words.team,
    footer: material.readsReplies ? [words.answerByMail, ...words.footer.slice(1)] : words.footer,
  };
  return {
    subject: letter.subject,
    text: asText(body),
    html: asHtml(body, material.language, letter.subject),
    personal,
  };
}

/**
 * What staff said to the requester, for somebody else who takes part: without the link, which opens the page in the requester's
 * name. Throws when there are no words.
 */
export function renderCopy(material: Material): Rendered {
  const { letters, copy, team } = mailWords[material.language];
  const { subject } = letters["public-reply"](material);
  const body: Body = {
    before: [],
    words: wordsIn("public-reply", material),
    signature: material.by ?? team,
    after: [],
    button: null,
    closing: null,
    footer: material.readsReplies ? [copy.because, copy.answer] : [copy.because],
  };
  return { subject, text: asText(body), html: asHtml(body, material.language, subject), personal: true };
}

/** Whether a mail holds the text written with its event. */
const quotes: Readonly<Record<RequesterTemplate, "never" | "if any" | "always">> = {
  acknowledgement: "never",
  "new-assignee": "never",
  "new-link": "never",
  solved: "if any",
  "public-reply": "always",
  pending: "always",
  "ask-back": "never",
  "still-waiting": "never",
  "later-than-expected": "never",
};

/** A person's words, where such a mail holds any. Throws when it is nothing without them and there are none. */
export function wordsIn(template: RequesterTemplate, { text }: Material): string | null {
  if (quotes[template] === "always" && text === null) throw new Error(`No text for a mail of the kind ${template}.`);
  return quotes[template] === "never" ? null : text;
}

/** Each kind of letter is handed its own facts and no others. */
function letterOf(template: RequesterTemplate, material: Material, words: MailWords): Letter {
  const { letters, shortly } = words;
  const { number, assignee, subject, autoCloseMs, language, text } = material;
  switch (template) {
    case "acknowledgement":
      return letters.acknowledgement({ number, assignee, ...waitOf(material, words) });
    case "new-assignee":
      return letters["new-assignee"]({ assignee });
    case "public-reply":
      return letters["public-reply"]({ subject });
    case "pending":
      return letters.pending({});
    case "ask-back":
      return letters["ask-back"]({ missing: missingOf(material) });
    case "still-waiting":
      return letters["still-waiting"]({});
    case "later-than-expected":
      return letters["later-than-expected"]({ expected: waitOf(material, words).expected });
    case "solved":
      return letters.solved({
        closesIn: autoCloseMs === null ? null : fromNow(autoCloseMs, language, shortly),
        replied: text !== null,
      });
    case "new-link":
      return letters["new-link"]({ number });
  }
}

/** By the clock of the place whose open time it is. What is over when the mail leaves is told no more. */
function waitOf({ wait, language }: Material, { placed }: MailWords): Wait {
  const written = (at: Date | null): string | null =>
    at === null || wait === null || at <= wait.toldAt ? null : placeTime(at, language, wait.timeZone, placed);
  return {
    expected: written(roundedUp(wait?.until ?? null)),
    opens: written(wait?.opensAt ?? null),
    position: wait?.position ?? null,
    solved: written(roundedUp(wait?.solvedBy ?? null)),
  };
}

/** The names of what is missing, each with its help, in the letter's language. */
export function missingOf({ facts, form, language }: Material): string[] {
  const fields = (form?.fields ?? []).filter(({ key }) => facts.fields?.includes(key));
  return fields.map(({ label, help }) => [inLanguage(label, language), ...(help === null ? [] : [inLanguage(help, language)])].join(": "));
}

interface Body {
  readonly before: readonly string[];
  readonly words: string | null;
  readonly signature: string | null;
  readonly after: readonly string[];
  readonly button: { readonly label: string; readonly link: string } | null;
  readonly closing: string | null;
  readonly footer: readonly string[];
}

function asText({ before, words, signature, after, button, closing, footer }: Body): string {
  const parts = [...before, words, signature, ...after, button === null ? null : `${button.label}\n${button.link}`, closing].filter((part) => part !== null);
  return `${parts.join("\n\n")}\n\n-- \n${footer.join("\n")}\n`;
}

const face =
  "font:16px/1.6 -apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans CJK SC',sans-serif;color:#1d2a33";
const buttonStyle =
  "display:inline-block;padding:10px 20px;border-radius:8px;background:#1f5f5b;color:#ffffff;text-decoration:none";

function asHtml(
  { before, words, signature, after, button, closing, footer }: Body,
  language: string,
  title: string,
): string {
  const say = (text: string): string => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`;
  const quote = (text: string): string =>
    `<div dir="auto" style="margin:0 0 16px;white-space:pre-wrap;overflow-wrap:anywhere">${escapeHtml(text)}</div>`;
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title></head>
<body style="margin:0;padding:24px;background:#ffffff;${face}">
<div style="max-width:600px;margin:0 auto">
${before.map(say).join("\n")}
${words === null ? "" : quote(words)}
${signature === null ? "" : `<p style="margin:0 0 24px;font-weight:600">${escapeHtml(signature)}</p>`}
${after.map(say).join("\n")}
${button === null ? "" : `<p style="margin:24px 0"><a href="${escapeHtml(button.link)}" style="${buttonStyle}">${escapeHtml(button.label)}</a></p>`}
${closing === null ? "" : say(closing)}
<div style="margin-top:32px;padding-top:12px;border-top:1px solid #d9dedd;font-size:13px;color:#5a6870">
${footer.map((line) => `<p style="margin:0 0 4px">${escapeHtml(line)}</p>`).join("\n")}
</div>
</div>
</body>
</html>
`;
}
