// Why a command that was decided can have no effect after all.
import { refuse } from "../../domain/refusal";
import type { Transaction } from "../dispatch/places";
import type { LostCause, RecordedCommand, RecordInput } from "./shapes";

/** Commands that can have no effect any more: past their `notAfter` on Postgres's clock, or under a key that is taken. */
export async function lostCommands(
  tx: Transaction,
  { number, events, commands }: RecordInput,
): Promise<LostCause[]> {
  if (commands.length === 0) return [];
  const [{ now }] = await tx.$queryRaw<[{ now: number }]>`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now`;
  const taken = await takenKeys(tx, number, commands);
  return commands
    .filter(({ cause }) => events.some((event) => event.cause === cause))
    .flatMap(({ cause, key, notAfter, scope }) => {
      if (now > notAfter) return [{ cause, refusal: refuse("expired", "The command came too late and has no effect.", { notAfter }) }];
      return taken.has(`${scope} ${key}`)
        ? [{ cause, refusal: refuse("key_reused", "This key belongs to another command.", { key }) }]
        : [];
    });
}

async function takenKeys(
  tx: Transaction,
  number: number,
  commands: readonly RecordedCommand[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.command.findMany({
    where: { OR: commands.map(({ scope, key }) => ({ scope, key })) },
    select: { scope: true, key: true, ticket: true, verb: true, bodySha256: true, state: true },
  });
  const isSame = (row: (typeof rows)[number]): boolean =>
    commands.some(
      ({ scope, key, verb, sha256 }) =>
        row.scope === scope && row.key === key && row.ticket === number && row.verb === verb && row.bodySha256 === sha256,
    );
  return new Set(rows.filter((row) => row.state === "done" || !isSame(row)).map(({ scope, key }) => `${scope} ${key}`));
}
