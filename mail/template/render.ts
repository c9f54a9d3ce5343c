// The desk's own words for a mail: Mustache, which has no logic, calls nothing and reads nothing but what it is given. Knows
// names and what may be missing; refuses to know where templates are kept and what a mail looks like around them.
import mustache from "mustache";

export interface Content {
  readonly subject: string;
  readonly text: string;
  /** Null: the plain text is all. */
  readonly html: string | null;
}

/** What may be named: a text, a list of texts, or nothing, which hides its section. */
export type View = Readonly<Record<string, string | readonly string[] | null>>;

export interface Fault {
  readonly part: keyof Content;
  /**
   * `syntax`: it can't be read. `unknown`: there is no such name. `partial`, `delimiter`: not offered. `lacks`: it must be
   * named.
   */
  readonly code: "syntax" | "unknown" | "partial" | "delimiter" | "lacks";
  /** The name, or what the engine says. */
  readonly what: string;
}

const parts = ["subject", "text", "html"] as const;
/** A mail longer than this is a mistake. */
const charactersAtMost = 200_000;

/** All that is wrong with a template that may use `names`, and must use `needed` in text and HTML. */
export function faultsOf(content: Content, names: readonly string[], needed: readonly string[]): Fault[] {
  return parts.flatMap((part) => {
    const source = content[part];
    if (source === null) return [];
    const tokens = parsed(source);
    if (typeof tokens === "string") return [{ part, code: "syntax", what: tokens } satisfies Fault];
    const used = tagsOf(tokens);
    const bad = used.flatMap(({ type, name }): Fault[] => {
      if (type === ">") return [{ part, code: "partial", what: name }];
      if (type === "=") return [{ part, code: "delimiter", what: name }];
      return name === "." || names.includes(name) ? [] : [{ part, code: "unknown", what: name }];
    });
    const missing = part === "subject" ? [] : needed.filter((name) => !used.some((tag) => tag.name === name));
    return [...bad, ...missing.map((what): Fault => ({ part, code: "lacks", what }))];
  });
}

/** Throws when it has faults, or gives nothing to read. Values are escaped in HTML, always; nothing is in plain text. */
export function renderTemplate(content: Content, view: View, needed: readonly string[]): Content {
  const [fault] = faultsOf(content, Object.keys(view), needed);
  if (fault !== undefined) throw new Error(`The template's ${fault.part}: ${fault.code}.`);
  const rendered = {
    subject: filled(content.subject, view, (text) => text).replace(/\s+/gu, " ").trim(),
    text: filled(content.text, view, (text) => text),
    html: content.html === null ? null : filled(content.html, view, escapeHtml),
  };
  if (rendered.subject === "" || rendered.text.trim() === "") throw new Error("The template gives nothing to read.");
  if (parts.some((part) => (rendered[part]?.length ?? 0) > charactersAtMost)) throw new Error("The template gives too much.");
  return rendered;
}

function filled(source: string, view: View, escape: (text: string) => string): string {
  // No prototype: a name finds what was given, and nothing that every object has.
  const given = Object.assign(Object.create(null) as object, view);
  // `{{{name}}}` and `{{&name}}` escape as well: nobody's words may become markup.
  return mustache.render(unescapedTags(source), given, {}, { escape: (value: unknown) => escape(String(value)) });
}

/** The tags that would not escape, made into those that do. */
function unescapedTags(source: string): string {
  return source.replace(/\{\{\{\s*([^{}]*?)\s*\}\}\}/g, "{{$1}}").replace(/\{\{&\s*/g, "{{");
}

type Token = [type: string, value: string, start: number, end: number, nested?: Token[]];

function parsed(source: string): Token[] | string {
  try {
    return mustache.parse(source) as unknown as Token[];
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 200) : "unreadable";
  }
}

function tagsOf(tokens: readonly Token[]): { type: string; name: string }[] {
  return tokens.flatMap(([type, name, , , nested]) =>
    type === "text" || type === "!" ? [] : [{ type, name }, ...(Array.isArray(nested) ? tagsOf(nested) : [])],
  );
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"'/`=]/g, (character) => `&#${character.charCodeAt(0)};`);
}
