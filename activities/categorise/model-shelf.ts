// The model at hand: fetched and unpacked once per edition, which takes some tenths of a second.
import { gunzipSync } from "node:zlib";
import { log } from "@temporalio/activity";
import { decode } from "../../learning/bytes";
import { createGuesser } from "../../learning/model";
import type { Guesser } from "../../learning/model";
import type { TicketType } from "../../domain/words";
import type { PrismaClient } from "../../prisma/client";

export interface Shelved {
  readonly edition: number;
  readonly guess: Guesser;
  /** By category: the type and team that its tickets mostly had. */
  readonly outcomes: Readonly<Record<string, { readonly type: TicketType; readonly team: string }>>;
}

export function createModelShelf(prisma: PrismaClient) {
  let at: { readonly edition: number; readonly model: Promise<Shelved | null> } | null = null;
  return {
    /** Null when none is asked for, or it can't be read: a ticket is then sorted as if there were none. */
    take: async (edition: number | null): Promise<Shelved | null> => {
      if (edition === null) return null;
      if (at?.edition !== edition) {
        const model = fetchModel(prisma, edition);
        at = { edition, model };
        // Postgres may have been away: the next one tries again.
        model.catch(() => (at = null));
      }
      return await at.model;
    },
  };
}

async function fetchModel(prisma: PrismaClient, edition: number): Promise<Shelved | null> {
  const row = await prisma.learnedModel.findUnique({ where: { edition }, select: { bytes: true, outcomes: true } });
  if (row === null) return null;
  try {
    const guess = createGuesser(decode(gunzipSync(row.bytes)));
    return { edition, guess, outcomes: row.outcomes as unknown as Shelved["outcomes"] };
  } catch (error) {
    log.error("The model can't be read; nothing is categorised by it", { edition, error: error instanceof Error ? error.name : "unknown" });
    return null;
  }
}
