// GET /commands/:key: what became of a command whose answer was lost.
import { Router } from "express";
import type { CommandView } from "../contract/commands";
import { actorId } from "../domain/actor";
import type { Prisma } from "../prisma/client";
import { only } from "./answer";
import { staffWho } from "./auth";
import type { Db, Parts } from "./parts";
import { notFound } from "./problem";
import { nameOf } from "./request";

type Command = Prisma.CommandModel;

export function commandStatusRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/commands/:key")
    .get(async (request, response) => {
      const scope = actorId(staffWho(response, "readCommands"));
      const key = nameOf(request, "key", "command");
      response.json(await outcome(prisma, { scope, key }));
    })
    .all(only("GET"));
  return router;
}

async function outcome(prisma: Parts["prisma"], scope_key: { scope: string; key: string }): Promise<CommandView> {
  const row = await prisma.command.findUnique({ where: { scope_key } });
  if (row === null) throw notFound("command");
  if (row.state === "done") return present(row, "done");
  return await prisma.$transaction((tx) => lastWord(tx, row));
}

/** `record` looks at Postgres's clock while it holds the ticket's row: so does this, in its turn with the row. */
async function lastWord(tx: Db, { scope, key, ticket }: Command): Promise<CommandView> {
  await tx.$queryRaw`SELECT number FROM tickets WHERE number = ${ticket} FOR SHARE`;
  const row = await tx.command.findUniqueOrThrow({ where: { scope_key: { scope, key } } });
  if (row.state === "done") return present(row, "done");
  const [clock] = await tx.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  return present(row, clock !== undefined && clock.now > row.notAfter ? "none" : "pending");
}

function present({ key, ticket, verb, version, notAfter }: Command, state: CommandView["state"]): CommandView {
  return { key, state, ticket, verb, version: state === "done" ? version : null, notAfter: notAfter.toISOString() };
}
