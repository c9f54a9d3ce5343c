// HTML in which every value is escaped unless it is HTML itself, so that forgetting to is impossible.

export class Html {
  constructor(readonly source: string) {}
}

type Value = string | number | Html | readonly Html[] | null;

/** A piece of a page: strings are escaped, pieces are put in as they are, null is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(parts.map((part, index) => part + sourceOf(values[index] ?? null)).join(""));
}

function sourceOf(value: Value): string {
  if (value === null) return "";
  if (value instanceof Html) return value.source;
  if (typeof value === "string" || typeof value === "number") return escape(String(value));
  return value.map(({ source }) => source).join("\n");
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
