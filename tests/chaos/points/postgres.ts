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

/** What a transaction decides beside its own business, told by the statement that owes the word to a ticket. */
export const decisions: Readonly<Record<string, string>> = {
  overflowed: "VALUES ('overflowed'",
  waitGrew: "VALUES ('waitGrew'",
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

/** Named for the activity whose it is, and for what is decided in it. */
async function transact(prisma: PrismaClient, work: Work, options?: object): Promise<unknown> {
  const decided = new Set<string>();
  const result = await prisma.$transaction(async (tx) => {
    const done = await work(withDecisions(tx, decided));
    const { activity, details } = present() ?? {};
    if (activity !== undefined) await reached(`${activity}.uncommitted`, details);
    for (const name of decided) await reached(`${name}.uncommitted`);
    return done;
  }, options);
  for (const name of decided) await reached(`${name}.committed`);
  return result;
}

/** The same transaction; what is decided by its statements is noted. */
function withDecisions<T extends object>(tx: T, decided: Set<string>): T {
  return new Proxy(tx, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== "function") return value;
      const call = value.bind(target) as Raw;
      if (property !== "$queryRaw" && property !== "$executeRaw") return call;
      return (...args: Parameters<Raw>) => {
        const text = Array.isArray(args[0]) ? args[0].join("") : "";
        for (const [name, part] of Object.entries(decisions)) if (text.includes(part)) decided.add(name);
        return call(...args);
      };
    },
  });
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
