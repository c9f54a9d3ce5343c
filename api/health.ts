// Whether the service is well: one trouble, one sentence, and what to do. Without Temporal, tickets are still accepted.
import { Router } from "express";
import { troubleCodes } from "../contract/directory";
import type { Readiness, Trouble, TroubleCode } from "../contract/directory";
import { only } from "./answer";
import { postgresTroubles } from "./health/postgres";
import { temporalTroubles } from "./health/temporal";
import type { Parts } from "./parts";

/** With these nothing can be accepted. */
const down: readonly TroubleCode[] = ["postgres_away", "postgres_read_only", "migrations_pending"];
/** However many ask at once, the stores are asked once in this time, ms. */
const freshForMs = 1_000;

export function healthRoutes(parts: Parts): Router {
  const router = Router();
  let last: { readonly at: number; readonly readiness: Promise<Readiness> } | null = null;
  router
    .route("/health/live")
    .get((_request, response) => void response.json({ status: "ok" }))
    .all(only("GET"));
  router
    .route("/health/ready")
    .get(async (_request, response) => {
      if (last === null || performance.now() - last.at > freshForMs) {
        last = { at: performance.now(), readiness: readinessOf(parts) };
      }
      const readiness = await last.readiness;
      response.status(readiness.status === "down" ? 503 : 200).json(readiness);
    })
    .all(only("GET"));
  return router;
}

async function readinessOf(parts: Parts): Promise<Readiness> {
  const found: readonly Trouble[] = (await Promise.all([postgresTroubles(parts), temporalTroubles(parts)])).flat();
  const troubles = troubleCodes.flatMap((code) => found.filter((trouble) => trouble.code === code));
  if (troubles.length === 0) return { status: "ok", troubles };
  return { status: troubles.some(({ code }) => down.includes(code)) ? "down" : "degraded", troubles };
}
