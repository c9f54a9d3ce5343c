// What the desk has learned: editions with their figures, which one decides, and training now instead of tonight.
import { WorkflowExecutionAlreadyStartedError } from "@temporalio/client";
import { Router } from "express";
import type { ModelView } from "../../contract/categorisation";
import { pageQuery } from "../../contract/lists";
import { actorId } from "../../domain/actor";
import { learningScheduleId, retrainingType, ticketsQueue } from "../../workflows/messages";
import { only } from "../answer";
import { staffWho } from "../auth";
import type { Staff } from "../auth";
import { noteChange } from "../changes";
import { pageOf, readCursor } from "../paging";
import type { Db, Parts } from "../parts";
import { notFound, Problem } from "../problem";
import { nameOf, queryOf } from "../request";

const callMs = 5_000;

export function modelRoutes(parts: Parts): Router {
  const { prisma } = parts;
  const router = Router();
  router
    .route("/models")
    .get(async (request, response) => {
      staffWho(response, "readCategorisation");
      const { limit, cursor } = queryOf(request, pageQuery);
      const before = readCursor(cursor)?.version;
      const rows = await readModels(prisma, before, limit + 1);
      response.json(pageOf(rows, limit, ({ edition }) => ({ version: edition })));
    })
    .all(only("GET"));
  router
    .route("/models/training")
    .post(async (_request, response) => {
      staffWho(response, "changeCategorisation");
      response.status(202).json(await trainNow(parts));
    })
    .all(only("POST"));
  router
    .route("/models/in-use")
    .delete(async (_request, response) => {
      const by = staffWho(response, "changeCategorisation");
      await prisma.$transaction((tx) => promote(tx, by, null));
      response.status(204).end();
    })
    .all(only("DELETE"));
  router
    .route("/models/:edition/promotion")
    .post(async (request, response) => {
      const by = staffWho(response, "changeCategorisation");
      const edition = Number(nameOf(request, "edition", "edition"));
      const known = Number.isInteger(edition) && edition > 0 && edition < 2 ** 31;
      if (!known || (await prisma.learnedModel.count({ where: { edition } })) === 0) throw notFound("edition");
      await prisma.$transaction((tx) => promote(tx, by, edition));
      const [view] = await readModels(prisma, edition + 1, 1);
      response.json(view);
    })
    .all(only("POST"));
  return router;
}

/** Newest first; never the bytes themselves. */
async function readModels(prisma: Db, before: number | undefined, take: number): Promise<ModelView[]> {
  const inUse = await prisma.modelPromotion.findFirst({ orderBy: { id: "desc" } });
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT edition, created_at AS "createdAt", examples, length(bytes) AS bytes, quality, former, former_quality AS "formerQuality"
    FROM models WHERE edition < ${before ?? 2 ** 31 - 1} ORDER BY edition DESC LIMIT ${take}`;
  return rows.map(({ createdAt, former, formerQuality, ...row }) => ({
    ...row,
    inUse: row.edition === inUse?.edition,
    createdAt: createdAt.toISOString(),
    former: former === null ? null : { edition: former, quality: formerQuality },
  }));
}

interface Row {
  readonly edition: number;
  readonly createdAt: Date;
  readonly examples: number;
  readonly bytes: number;
  readonly quality: ModelView["quality"];
  readonly former: number | null;
  readonly formerQuality: ModelView["quality"] | null;
}

/** Forward or back; null: none decides any more. */
async function promote(tx: Db, by: Staff, edition: number | null): Promise<void> {
  await tx.modelPromotion.create({ data: { edition, by: actorId(by) } });
  await noteChange(tx, by, { kind: "model", subject: "model", action: "promoted", ...(edition === null ? {} : { edition }) });
}

/** The run that trains: one at a time. */
async function trainNow({ temporal }: Parts): Promise<{ workflow: string }> {
  const workflowId = `${learningScheduleId}-now`;
  try {
    const options = { workflowId, taskQueue: ticketsQueue, staticSummary: "Learn to categorise, asked for by an admin" };
    await temporal.withDeadline(Date.now() + callMs, () => temporal.workflow.start(retrainingType, options));
    return { workflow: workflowId };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) throw new Problem("in_use", "A model is being trained already.");
    throw new Problem("unavailable", "Temporal does not answer.", { retryAfter: 5, cause: error });
  }
}
