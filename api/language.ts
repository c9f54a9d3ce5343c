// In which language somebody of staff is answered.
import type { Request } from "express";
import { spoken } from "../contract/language";
import type { Language } from "../domain/words";
import type { Db } from "./parts";

/** As the request asks, else as the person reads. */
export async function languageOf(prisma: Db, request: Request, agentId: string): Promise<Language> {
  const [asked] = request.acceptsLanguages();
  if (request.headers["accept-language"] !== undefined && asked !== undefined && asked !== "*") return spoken(asked);
  const agent = await prisma.agent.findUnique({ where: { id: agentId }, select: { language: true } });
  return spoken(agent?.language ?? "en");
}
