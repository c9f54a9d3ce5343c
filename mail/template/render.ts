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
   * `syntax`: it can't be read. `unknown`: there is no such name. `partial`, `delimiter`: not offered. `nested`: a section
   * within one of its own name. `lacks`: it must be named.
   */
  readonly code: "syntax" | "unknown" | "partial" | "delimiter" | "nested" | "lacks";
  /** The name, or what the engine says. */
  readonly what: string;
}

const parts = ["subject", "text", "html"] as const;
/** A mail longer than this is a mistake. */
const charactersAtMost = 200_000;
/** Sections in sections: more than there are names. */
const deepest = 20;

/** All that is wrong with a template that may use `names`, and must use `needed` in text and HTML. */
export function faultsOf(content: Content, names: readonly string[], needed: readonly string[]): Fault[] {
  return parts.flatMap((part) => {
    const source = content[part];
    if (source === null) return [];
    const tokens = parsed(source);
    if (typeof tokens === "string") return [{ part, code: "syntax", what: tokens } satisfies Fault];
    const used = tagsOf(tokens);
    const bad = used.flatMap(({ type, name, within }): Fault[] => {
      if (type === ">") return [{ part, code: "partial", what: name }];
      if (type === "=") return [{ part, code: "delimiter", what: name }];
      // Lists in lists of the same name would grow without end.
      if (isSection(type) && within.some((outer) => outer.name === name)) return [{ part, code: "nested", what: name }];
      const isKnown = name === "." ? within.some((outer) => outer.type === "#") : names.includes(name);
      return isKnown ? [] : [{ part, code: "unknown", what: name }];
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
  return rendered;
}

function filled(source: string, view: View, escape: (text: string) => string): string {
  // No prototype: a name finds what was given, and nothing that every object has.
  const given = Object.assign(Object.create(null) as object, view);
  return new Pen(escape).render(source, given);
}

/** One for each use, so that no source is kept. What grows too long ends while it grows. */
class Pen extends mustache.Writer {
  private left = charactersAtMost;

  constructor(private readonly escape: (text: string) => string) {
    super();
  }

  override escapedValue([, name = ""]: string[], context: Context): string {
    const value = context.lookup(name) as View[string] | undefined;
    return value === null || value === undefined ? "" : this.spend(this.escape(value.toString()));
  }

  /** However its tag is written, nobody's words may become markup. */
  override unescapedValue(token: string[], context: Context): string {
    return this.escapedValue(token, context);
  }

  override rawValue([, text = ""]: string[]): string {
    return this.spend(text);
  }

  private spend(text: string): string {
    this.left -= text.length;
    if (this.left < 0) throw new Error("The template gives too much.");
    return text;
  }
}

type Context = InstanceType<typeof mustache.Context>;
type Token = [type: string, value: string, start: number, end: number, nested?: Token[]];

function parsed(source: string): Token[] | string {
  try {
    return new mustache.Writer().parse(source) as Token[];
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 200) : "unreadable";
  }
}

interface Tag {
  readonly type: string;
  readonly name: string;
  /** The sections around it. */
  readonly within: readonly Tag[];
}

function tagsOf(tokens: readonly Token[], within: readonly Tag[] = []): Tag[] {
  return tokens.flatMap(([type, name, , , nested]) => {
    if (type === "text" || type === "!") return [];
    const tag = { type, name, within };
    // What stands deeper than there are names stands in itself somewhere, which is told already.
    return [tag, ...(Array.isArray(nested) && within.length < deepest ? tagsOf(nested, [...within, tag]) : [])];
  });
}

function isSection(type: string): boolean {
  return type === "#" || type === "^";
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"'/`=]/g, (character) => `&#${character.charCodeAt(0)};`);
}
