// The part of docs/lifecycle.md that comes from the table in domain/lifecycle.ts. After a change of the table:
//   node bin/run.mjs tests/domain/lifecycle-doc.ts
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { requesterVerbs, staffVerbs, transitions } from "../../domain/lifecycle";
import type { Verb } from "../../domain/lifecycle";
import { statuses } from "../../domain/words";
import type { Status } from "../../domain/words";

export const path = resolve(__dirname, "../../docs/lifecycle.md");
const [begin, end] = ["<!-- from domain/lifecycle.ts: begin -->", "<!-- from domain/lifecycle.ts: end -->"];

/** The document with its tables as they must be. */
export function withTables(document: string): string {
  const [before, after] = [document.indexOf(begin), document.indexOf(end)];
  if (before === -1 || after < before) throw new Error(`${path} has lost its marks: ${begin} … ${end}`);
  return `${document.slice(0, before + begin.length)}\n\n${tables()}\n\n${document.slice(after)}`;
}

function tables(): string {
  const asked: readonly Verb[] = [...staffVerbs, ...requesterVerbs];
  const system = (Object.keys(transitions) as Verb[]).filter((verb) => !asked.includes(verb));
  const all = [table("Staff", staffVerbs), table("The requester", requesterVerbs), table("Perdura itself", system)];
  return all.join("\n\n");
}

function table(who: string, verbs: readonly Verb[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rows = verbs.map((verb) => line([`\`${verb}\``, ...statuses.map((status) => cell(status, transitions[verb]))]));
  return [line([`**${who}**`, ...statuses]), line(["---", ...statuses.map(() => "---")]), ...rows].join("\n");
}

function cell(status: Status, row: Readonly<Partial<Record<Status, Status>>>): string {
  const to = row[status];
  return to === undefined ? "–" : to === status ? "✓" : `→ ${to}`;
}

if (process.argv[1] === __filename) writeFileSync(path, withTables(readFileSync(path, "utf8")));
