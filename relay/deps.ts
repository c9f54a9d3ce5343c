// What the relay works with; bin/ puts it together.
import type { Client } from "@temporalio/client";
import type { PrismaClient } from "../prisma/client";
import type { Files } from "../prisma/files";

export interface RelayDeps {
  readonly prisma: PrismaClient;
  readonly files: Pick<Files, "forgetUnnamed">;
  readonly databaseUrl: string;
  readonly temporal: Client;
  /** Told of each ticket that is started again from the journal. */
  readonly onRebirth?: (() => void) | undefined;
  /** How many days the sources of settled mails are kept; 0 or left out: for ever. */
  readonly sourceDays?: number | undefined;
  readonly log: { warn(facts: object, message: string): void; info(facts: object, message: string): void };
}
