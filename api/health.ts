// Whether the service is well, one sentence per part. Without Temporal, tickets are still accepted.
import { Router } from "express";
import type { Readiness } from "../contract/directory";
import { only } from "./answer";
import type { Parts } from "./parts";

const patienceMs = 2_000;

export function healthRoutes(parts: Parts): Router {
  const router = Router();
  router
    .route("/health/live")
    .get((_request, response) => void response.json({ status: "ok" }))
    .all(only("GET"));
  router
    .route("/health/ready")
    .get(async (_request, response) => {
      const readiness = await readinessOf(parts);
      response.status(readiness.status === "down" ? 503 : 200).json(readiness);
    })
    .all(only("GET"));
  return router;
}

async function readinessOf(parts: Parts): Promise<Readiness> {
  const [stuck, temporal] = await Promise.all([stuckTickets(parts), isTemporalThere(parts)]);
  if (stuck === null) {
    const postgres = "Postgres does not answer: nothing is accepted.";
    const other = temporal ? "Temporal answers." : "Temporal does not answer.";
    return { status: "down", postgres, temporal: other, tickets: "Not known." };
  }
  const names = stuck.map((number) => `#${number}`).join(", ");
  return {
    status: temporal && stuck.length === 0 ? "ok" : "degraded",
    postgres: "Postgres answers.",
    temporal: temporal ? "Temporal answers." : "Temporal does not answer: tickets are kept, commands have to wait.",
    tickets: stuck.length === 0 ? "No ticket is stuck." : `Waiting for an operator: ${names}.`,
  };
}

/** At most ten; null when Postgres does not answer in time. */
async function stuckTickets({ prisma, log }: Parts): Promise<number[] | null> {
  const asked = prisma.ticket
    .findMany({ where: { stuck: { not: null } }, select: { number: true }, orderBy: { number: "asc" }, take: 10 })
    .then((rows) => rows.map(({ number }) => number))
    .catch((cause: unknown) => {
      log.debug({ cause }, "Postgres did not answer");
      return null;
    });
  return await Promise.race([asked, silence()]);
}

async function isTemporalThere({ temporal, log }: Parts): Promise<boolean> {
  try {
    await temporal.withDeadline(Date.now() + patienceMs, () => temporal.workflowService.getSystemInfo({}));
    return true;
  } catch (cause) {
    log.debug({ cause }, "Temporal did not answer");
    return false;
  }
}

function silence(): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), patienceMs).unref());
}
