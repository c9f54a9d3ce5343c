// What is noted under a command's key: it stands for one command, for ever.
import type { Db } from "./parts";
import { Problem } from "./problem";

/** A command as noted under its key. */
export interface Noted {
  readonly ticket: number;
  readonly state: string;
  readonly version: number | null;
  readonly bodySha256: string;
}

/** The version of the event that a command has become; null: none that is recorded. Throws as `mustBeSame`. */
export async function versionOf(prisma: Db, command: { scope: string; key: string; sha256: string }): Promise<number | null> {
  const { scope, key } = command;
  const before = await prisma.command.findUnique({ where: { scope_key: { scope, key } } });
  if (before !== null) mustBeSame(before, command);
  return before?.state === "done" ? before.version : null;
}

/** Throws `key_reused` when the key stands for another command. */
export function mustBeSame({ bodySha256 }: Pick<Noted, "bodySha256">, { key, sha256 }: { key: string; sha256: string }): void {
  if (bodySha256 !== sha256) throw new Problem("key_reused", "This key was used for another command.", { facts: { key } });
}
