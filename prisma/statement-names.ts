// Names for statements, so that Postgres parses and plans each once per connection in place of each time. Knows texts only.
import { createHash } from "node:crypto";

/** So many are kept by each connection; a program that asks in more ways than this is making texts up. */
const most = 400;

/** A text that grows with the number of values in it comes in too many forms to be kept. */
const grows = /\bIN \(\$\d+,|\), ?\(\$\d+/;

/** A name for each text that is asked again and again; "" for what is better not kept. */
export function statementNames(): (query: { readonly sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= most || grows.test(sql)) return "";
    const name = `p${createHash("sha256").update(sql).digest("hex").slice(0, 24)}`;
    names.set(sql, name);
    return name;
  };
}
