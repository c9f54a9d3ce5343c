// What sending a mail needs, whoever it is for.
import type { PrismaClient } from "../../prisma/client";
import type { Files } from "../../prisma/files";
import type { Gate } from "./gate";
import type { Sender } from "./sender";
import type { MailTransport } from "./transport";

export interface MailDeps extends Sender {
  readonly prisma: PrismaClient;
  readonly files: Pick<Files, "bytesOfAll">;
  readonly transport: MailTransport;
  /** Whether and when a mail may ask the mail server. */
  readonly gate: Gate;
  /** So many acknowledgements one address gets in an hour at most. */
  readonly acknowledgementsPerHour: number;
}
