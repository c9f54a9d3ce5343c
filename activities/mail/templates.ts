// A letter by the desk's own template, if it has one: of the team's brand, else of all. One that can't be used never holds a
// mail up: the built-in words go out, and staff are told.
import type { LetterTemplate } from "../../mail/template/letters";
import { letterTemplates, namesIn, neededIn } from "../../mail/template/letters";
import { renderTemplate } from "../../mail/template/render";
import type { View } from "../../mail/template/render";
import type { PrismaClient } from "../../prisma/client";
import { missingOf, wordsIn } from "./letter";
import type { Rendered } from "./letter";
import type { Material } from "./material";
import { tellStaff } from "./tell-staff";
import { fromNow } from "./text";
import { mailWords } from "./words/all";

type Deps = { readonly prisma: PrismaClient };

/** Null: it has none, or none that works. */
export async function ownLetter(
  { prisma }: Deps,
  notice: { readonly id: string; readonly version: number; readonly template: string },
  material: Material,
  link: string,
): Promise<Rendered | null> {
  const template = letterTemplates.find((known) => known === notice.template);
  if (template === undefined) return null;
  const { ownWords: content } = material;
  if (content === null) return null;
  const words = wordsIn(template, material);
  try {
    return { ...renderTemplate(content, viewOf(template, { ...material, text: words }, link), neededIn(template)), personal: words !== null };
  } catch {
    await tellStaff(prisma, { ...notice, ticket: material.number }, "template-broken");
    return null;
  }
}

function viewOf(template: LetterTemplate, material: Material, link: string): View {
  const { number, subject, assignee, text, by, autoCloseMs, language } = material;
  const { team, shortly } = mailWords[language];
  const all: View = {
    number: String(number),
    link,
    team,
    subject,
    assignee,
    words: text,
    author: text === null ? null : (by ?? team),
    missing: missingOf(material),
    closesIn: autoCloseMs === null ? null : fromNow(autoCloseMs, language, shortly),
  };
  return Object.fromEntries(namesIn(template).map((name) => [name, all[name] ?? null]));
}
