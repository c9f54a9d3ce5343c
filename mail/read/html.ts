// HTML from strangers: made harmless for a browser, and turned into text. It fetches nothing.
import { convert, type FormatCallback, type HtmlToTextOptions, type SelectorDefinition } from "html-to-text";
import sanitize from "sanitize-html";
import { cues, type Cue } from "./cues";
import { tables } from "./tables";
import { attributionMark, historyEnd, historyStart } from "../new-text/marks";

/**
 * By allow-list: no scripts, styles, forms, frames or handlers. Remote images are held back: their address moves to
 * `data-held-src`, so that opening a ticket tells its sender nothing. Inline images keep their `cid:`.
 */
export function sanitised(html: string): string {
  return sanitize(html, {
    allowedTags: [...blocks, ...phrases],
    allowedAttributes: {
      a: ["href", "title", "rel", "target"],
      img: ["src", "alt", "title", "width", "height", "data-held-src"],
      td: ["colspan", "rowspan", "align", "valign"],
      th: ["colspan", "rowspan", "align", "valign"],
      ol: ["start", "type"],
      "*": ["dir", "lang"],
    },
    allowedSchemes: ["http", "https", "mailto", "tel"],
    allowedSchemesByTag: { img: ["cid", "data"] },
    allowProtocolRelative: false,
    nestingLimit: deepest,
    transformTags: {
      a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, rel: "noopener noreferrer nofollow", target: "_blank" } }),
      img: (tagName, attribs) => ({ tagName, attribs: heldBack(attribs) }),
    },
  });
}

const blocks = [
  ..."p div br hr blockquote pre ul ol li dl dt dd h1 h2 h3 h4 h5 h6 center address".split(" "),
  ..."table caption thead tbody tfoot tr td th section article header footer figure figcaption".split(" "),
];
const phrases = "a b i u s em strong small big sub sup code tt kbd samp q cite del ins mark span font abbr img wbr".split(" ");

const deepest = 100;

function heldBack(attribs: Record<string, string>): Record<string, string> {
  const { src = "", "data-held-src": _, ...rest } = attribs;
  if (/^\s*cid:/i.test(src) || /^\s*data:image\/(?:png|jpeg|gif|webp);base64,/i.test(src)) return { ...rest, src: src.trim() };
  return /^\s*https?:\/\//i.test(src) ? { ...rest, "data-held-src": src.trim() } : rest;
}

/** What the HTML says, quotations marked with "> ". */
export function textOf(html: string): string {
  return tidy(convert(html, usual));
}

/**
 * The same for the reader of what is new, with marks where the mail program's own structure tells quotations and
 * signatures; null when it tells none.
 */
export function markedTextOf(html: string): string | null {
  if (!cues.some(({ sign }) => sign.test(html))) return null;
  return tidy(convert(html, { ...usual, selectors: [...common, ...cues.flatMap(selectorsOf)], formatters: { ...tables.formatters, ...formatters } }));
}

const common: SelectorDefinition[] = [
  { selector: "a", options: { hideLinkHrefIfSameAsText: true, noAnchorUrl: true } },
  { selector: "img", format: "skip" },
  { selector: "head", format: "skip" },
  { selector: "title", format: "skip" },
  ...tables.selectors,
  ...[1, 2, 3, 4, 5, 6].map((level) => ({ selector: `h${level}`, options: { uppercase: false } })),
];

const usual: HtmlToTextOptions = { wordwrap: false, selectors: common, formatters: tables.formatters, limits: { maxDepth: deepest, maxInputLength: 5_000_000 } };

function selectorsOf({ selectors, means }: Cue): SelectorDefinition[] {
  return selectors.map((selector) => ({ selector, format: means === "quotation" ? "blockquote" : means }));
}

const formatters: Record<Exclude<Cue["means"], "quotation">, FormatCallback> = {
  attribution: (_element, _walk, builder) => marked(builder, attributionMark),
  history: (element, walk, builder) => {
    marked(builder, historyStart);
    walk(element.children, builder);
  },
  heldHistory: (_element, _walk, builder) => {
    marked(builder, historyStart);
    marked(builder, historyEnd);
  },
  signature: () => undefined,
};

function marked(builder: Parameters<FormatCallback>[2], mark: string): void {
  builder.openBlock({ leadingLineBreaks: 1 });
  builder.addInline(mark);
  builder.closeBlock({ trailingLineBreaks: 1 });
}

function tidy(text: string): string {
  return text.replace(/[^\S\n]+$/gm, "").replace(/\n{3,}/g, "\n\n").trim();
}
