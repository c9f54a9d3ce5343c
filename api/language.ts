// In which language somebody is answered.
import type { Request } from "express";
import * as tags from "../contract/language";
import type { Language } from "../domain/words";
import type { Db } from "./parts";

/** Of staff: as the request asks, else as the person reads. */
export async function languageOf(prisma: Db, request: Request, agentId: string): Promise<Language> {
  const asked = askedLanguage(request);
  if (asked !== null) return asked;
  const agent = await prisma.agent.findUnique({ where: { id: agentId }, select: { language: true } });
  return tags.spoken(agent?.language ?? "en");
}

/** Of those that the request names, the one that it wants most and that we speak; null: none. */
export function askedLanguage(request: Request): Language | null {
  return request.acceptsLanguages().map(tags.languageOf).find((language) => language !== null) ?? null;
}
