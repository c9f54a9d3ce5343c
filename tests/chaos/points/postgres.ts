// The points around what is written to Postgres: before and after a commit, a claim, a note, a draft, a delivery.
import type { PrismaClient } from "../../../prisma/client";
import { present } from "./activities";
import { reached } from "./reached";

type Work = (tx: object) => Promise<unknown>;
type Raw = (text: TemplateStringsArray, ...values: unknown[]) => Promise<unknown>;

/** The same client; transactions and single writes pass named points. */
export function withPoints(prisma: PrismaClient): PrismaClient {
  const watched = watchWrites(prisma);
  return new Proxy(watched, {
    get(target, property) {
      if (property === "$transaction") return (work: Work, options?: object) => transact(target, work, options);
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== "function") return value;
      const call = value.bind(target) as Raw;
      return property === "$queryRaw" ? (...args: Parameters<Raw>) => query(call, args) : call;
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

/** The intake is one statement, and is its own commit. */
async function query(call: Raw, args: Parameters<Raw>): Promise<unknown> {
  if (!args[0].join("").includes("INSERT INTO intakes")) return await call(...args);
  await reached("intake.before");
  const rows = await call(...args);
  await reached("intake.committed");
  return rows;
}

function watchWrites(prisma: PrismaClient): PrismaClient {
  return prisma.$extends({
    query: {
      notice: {
        async updateMany({ args, query }) {
          const name = "token" in args.where! && args.where.token !== undefined ? "note" : "claim";
          await reached(`${name}.before`);
          const result = await query(args);
          await reached(`${name}.after`);
          return result;
        },
      },
      message: {
        async create({ args, query }) {
          const result = await query(args);
          if (args.data.version === undefined) await reached("draft.after");
          return result;
        },
      },
      outbox: {
        async deleteMany({ args, query }) {
          await reached("outbox.before-delete");
          return await query(args);
        },
      },
    },
  }) as unknown as PrismaClient;
}
