// What the API is made of. bin/api.ts builds these once; nothing in api/ reads the environment.
import type { Client } from "@temporalio/client";
import type { Logger } from "pino";
import type { Links } from "../contract/link";
import type { Seals } from "../contract/seal";
import type { ApiMetrics } from "../metrics/api";
import type { Prisma, PrismaClient } from "../prisma/client";
import type { Files } from "../prisma/files";

export interface Parts {
  readonly prisma: PrismaClient;
  readonly files: Files;
  /** Over a lazy connection (see temporal.ts): it may be away at any time. */
  readonly temporal: Client;
  readonly links: Links;
  readonly seals: Seals;
  readonly log: Logger;
  readonly settings: Settings;
  /** Left out: nothing is counted. */
  readonly metrics?: ApiMetrics | undefined;
}

/** What intakes and commands need: those who are not HTTP, such as mail, have no more. */
export type Core = Pick<Parts, "prisma" | "temporal" | "log" | "metrics">;

export interface Settings {
  /** Tickets that one address may submit per minute without a key. */
  readonly intakePerMinute: number;
  /** Hops to believe in `X-Forwarded-For`; 0 when clients connect directly. */
  readonly trustedProxies: number;
  /** Whether addresses that admins name may lead into private networks. Left out: they may not. */
  readonly fetchPrivate?: boolean;
  /** How large the files of one message may be together. */
  readonly attachmentBytes: number;
}

/** A client or its open transaction. */
export type Db = Prisma.TransactionClient;
