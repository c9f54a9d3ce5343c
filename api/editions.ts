// What is configured in editions (calendars, policies, forms): nothing is overwritten, a change is the next edition. One set of
// addresses for all of them; refuses to know what an edition says.
import { Router } from "express";
import type { Request } from "express";
import type { z } from "zod";
import { pageQuery } from "../contract/lists";
import type { Action } from "../domain/access";
import { only } from "./answer";
import { staffWho } from "./auth";
import type { Staff } from "./auth";
import { changesOf } from "./changes";
import type { Configured } from "./changes";
import type { Db, Parts } from "./parts";
import { notFound, Problem } from "./problem";
import { bodyOf, nameOf, queryOf } from "./request";

export interface Editioned<Schema extends z.ZodType> {
  /** `/calendars/:id`: below it are `/editions`, `/editions/:edition` and `/changes`. */
  readonly address: string;
  readonly kind: Configured;
  readonly mayRead: Action;
  readonly mayChange: Action;
  /** Which one the address names; 404 for what can't be one. */
  idOf(request: Request): string;
  /** Every edition as it is shown, oldest first, also of what was deleted; 404 when there never was any. */
  editions(prisma: Db, id: string): Promise<readonly { readonly edition: number }[]>;
  readonly newEdition: Schema;
  /** Writes the next one; as it is shown. */
  add(tx: Db, by: Staff, id: string, edition: z.output<Schema>): Promise<object>;
}

export function editionRoutes<Schema extends z.ZodType>({ prisma }: Parts, what: Editioned<Schema>): Router {
  const { address, kind, mayRead, mayChange, idOf } = what;
  const router = Router();
  router
    .route(`${address}/editions`)
    .get(async (request, response) => {
      staffWho(response, mayRead);
      queryOf(request, pageQuery);
      response.json({ items: await what.editions(prisma, idOf(request)), next: null });
    })
    .post(async (request, response) => {
      const by = staffWho(response, mayChange);
      const id = idOf(request);
      const edition = bodyOf(request, what.newEdition);
      response.status(201).json(await prisma.$transaction((tx) => what.add(tx, by, id, edition)));
    })
    .all(only("GET", "POST"));
  router
    .route(`${address}/editions/:edition`)
    .get(async (request, response) => {
      staffWho(response, mayRead);
      const wanted = nameOf(request, "edition", "edition");
      const edition = (await what.editions(prisma, idOf(request))).find((each) => String(each.edition) === wanted);
      if (edition === undefined) throw notFound("edition");
      response.json(edition);
    })
    .all(only("GET"));
  router
    .route(`${address}/changes`)
    .get(async (request, response) => {
      staffWho(response, mayRead);
      const id = idOf(request);
      await what.editions(prisma, id);
      response.json(await changesOf(prisma, kind, id, queryOf(request, pageQuery)));
    })
    .all(only("GET"));
  return router;
}

/** 409 when somebody has written a newer edition than the one that a change is based on. */
export function mustBeNewest(basedOn: number | undefined, newest: number): void {
  if (basedOn === undefined || basedOn === newest) return;
  throw new Problem("outdated", `The newest edition is ${newest}.`, { facts: { edition: newest } });
}
