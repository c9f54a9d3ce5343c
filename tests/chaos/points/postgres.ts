// The points around what is written to Postgres: a transaction before its commit, and each statement that is its own
// commit.
import type { PrismaClient } from "../../../prisma/client";
import { present } from "./activities";
import { reached } from "./reached";

type Work = (tx: object) => Promise<unknown>;
type Raw = (text: TemplateStringsArray, ...values: unknown[]) => Promise<unknown>;

/**
 * Statements outside of transactions, told by their beginning; of one that holds several, the first here is meant.
 */
export const statements: Readonly<Record<string, string>> = {
  intake: "INSERT INTO intakes",
  take: "INSERT INTO raw_mails",
  draft: "INSERT INTO messages",
  claim: "UPDATE notices SET state = 'sending'",
  note: "UPDATE notices n SET",
  delivered: "DELETE FROM outbox",
};

/** The same client; transactions and single writes pass named points. */
export function withPoints(prisma: PrismaClient): PrismaClient {
  const watched = watchWrites(prisma);
  return new Proxy(watched, {
    get(target, property) {
      if (property === "$transaction") return (work: Work, options?: object) => transact(target, work, options);
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== "function") return value;
      const call = value.bind(target) as Raw;
      const isRaw = property === "$queryRaw" || property === "$executeRaw";
      return isRaw ? (...args: Parameters<Raw>) => state(call, args) : call;
    },
  });
}

/** Named for the activity whose it is. */
async function transact(prisma: PrismaClient, work: Work, options?: object): Promise<unknown> {
  return await prisma.$transaction(async (tx) => {
    const done = await work(tx);
    const { activity, details } = present() ?? {};
    if (activity !== undefined) await reached(`${activity}.uncommitted`, details);
    return done;
  }, options);
}

async function state(call: Raw, args: Parameters<Raw>): Promise<unknown> {
  const text = args[0].join("");
  const name = Object.keys(statements).find((known) => text.includes(statements[known] ?? ""));
  if (name === undefined) return await call(...args);
  return await around(name, () => call(...args));
}

/** Single writes of Prisma's own making: how far a mailbox is fetched, what is marked there. */
function watchWrites(prisma: PrismaClient): PrismaClient {
  return prisma.$extends({
    query: {
      mailbox: {
        update: ({ args, query }) => ("lastUid" in args.data ? around("fetched", () => query(args)) : query(args)),
      },
      rawMail: {
        updateMany: ({ args, query }) => ("markedAt" in args.data ? around("marked", () => query(args)) : query(args)),
      },
    },
  }) as unknown as PrismaClient;
}

async function around<T>(name: string, act: () => Promise<T>): Promise<T> {
  await reached(`${name}.before`);
  const result = await act();
  await reached(`${name}.after`);
  return result;
}
