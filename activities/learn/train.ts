// A new edition of the model, from what the desk has done since the last one; and taking one into use. Knows rows and
// when there is too little to learn from; the learning itself is learning/, in a thread of its own.
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { Context } from "@temporalio/activity";
import type { Prisma, PrismaClient } from "../../prisma/client";
import { gather } from "./gather";
import type { Taught } from "./gather";
import type { Lesson, Result } from "./thread";

/** What training came to; ids and figures only, for it enters Temporal's history. */
export type Trained =
  | { readonly kind: "tooLittle"; readonly examples: number; readonly least: number }
  | { readonly kind: "nothingNew"; readonly edition: number }
  | {
      readonly kind: "trained";
      readonly edition: number;
      readonly examples: number;
      /** On the same tickets, which neither learned from. */
      readonly accuracy: number;
      readonly coverage: number;
      readonly precision: number;
      readonly judgedOn: number;
      readonly former: { readonly edition: number; readonly accuracy: number | null } | null;
    };

const leastExamples = 50;
const leastToJudgeOn = 10;
/** Every fifth ticket, by its number, is for judging: no edition ever learns from it, so that all can be compared. */
const judgedEvery = 5;

export function createTrainModel(prisma: PrismaClient) {
  return async ({ run }: { run: string }): Promise<Trained> => {
    const before = await prisma.learnedModel.findUnique({ where: { run }, omit: { bytes: true } });
    if (before !== null) return trained(before);
    const taught = await gather(prisma);
    const exam = taught.filter(({ number }) => number % judgedEvery === 0);
    const examples = taught.filter(({ number }) => number % judgedEvery !== 0);
    const labels = new Set(examples.map(({ label }) => label));
    if (examples.length < leastExamples || exam.length < leastToJudgeOn || labels.size < 2) {
      return { kind: "tooLittle", examples: taught.length, least: leastExamples + leastToJudgeOn };
    }
    const until = new Date(taught.reduce((latest, { changedAt }) => Math.max(latest, changedAt.getTime()), 0));
    const newest = await prisma.learnedModel.findFirst({ orderBy: { edition: "desc" }, omit: { bytes: true } });
    if (newest !== null && newest.until.getTime() === until.getTime() && newest.examples === examples.length) {
      return { kind: "nothingNew", edition: newest.edition };
    }
    const former = await inUse(prisma);
    const lesson: Lesson = { examples: examples.map(bare), exam: exam.map(bare), former: former?.bytes ?? null };
    const { bytes, quality, formerQuality } = await learnAside(lesson);
    const row = await prisma.learnedModel.create({
      data: {
        run,
        examples: examples.length,
        until,
        outcomes: outcomesOf(examples),
        bytes: Uint8Array.from(bytes),
        quality: quality as unknown as Prisma.InputJsonObject,
        former: former?.edition ?? null,
        ...(formerQuality === null ? {} : { formerQuality: formerQuality as unknown as Prisma.InputJsonObject }),
      },
      omit: { bytes: true },
    });
    return trained(row);
  };
}

/** Takes the edition into use; told twice, it does so once. */
export function createPromoteModel(prisma: PrismaClient) {
  return async ({ edition }: { edition: number }): Promise<void> => {
    const newest = await prisma.modelPromotion.findFirst({ orderBy: { id: "desc" } });
    if (newest?.edition !== edition) await prisma.modelPromotion.create({ data: { edition, by: "system:learning" } });
  };
}

async function inUse(prisma: PrismaClient): Promise<{ edition: number; bytes: Uint8Array } | null> {
  const newest = await prisma.modelPromotion.findFirst({ orderBy: { id: "desc" } });
  if (newest === null || newest.edition === null) return null;
  return await prisma.learnedModel.findUnique({ where: { edition: newest.edition }, select: { edition: true, bytes: true } });
}

function bare({ text, facts, label }: Taught) {
  return { text, facts, label };
}

function learnAside(lesson: Lesson): Promise<Result> {
  const { heartbeat, cancellationSignal } = Context.current();
  const beat = setInterval(() => heartbeat(), 2_000);
  // The loader reads TypeScript, as the mains do.
  const loader = join(__dirname, "../../bin/typescript.cjs");
  const thread = new Worker(join(__dirname, "thread.ts"), { workerData: lesson, execArgv: ["--require", loader] });
  cancellationSignal.addEventListener("abort", () => void thread.terminate(), { once: true });
  return new Promise<Result>((resolve, reject) => {
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", (code) => reject(new Error(`The thread that learns ended with ${code}.`)));
  }).finally(() => clearInterval(beat));
}

/** By category, the type and team that most of its tickets have; of equally many the newest. */
function outcomesOf(examples: readonly Taught[]): Prisma.InputJsonObject {
  const labels = [...new Set(examples.map(({ label }) => label))];
  return Object.fromEntries(
    labels.map((label) => {
      const own = examples.filter((example) => example.label === label);
      return [label, { type: mostly(own.map(({ type }) => type)), team: mostly(own.map(({ team }) => team)) }];
    }),
  );
}

function mostly<T>(values: readonly T[]): T {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return (most as [T, number])[0];
}

function trained(row: Omit<Prisma.LearnedModelModel, "bytes">): Trained {
  const quality = row.quality as { accuracy: number; coverage: number; precision: number; texts: number };
  const before = row.formerQuality as { accuracy: number } | null;
  return {
    kind: "trained",
    edition: row.edition,
    examples: row.examples,
    accuracy: quality.accuracy,
    coverage: quality.coverage,
    precision: quality.precision,
    judgedOn: quality.texts,
    former: row.former === null ? null : { edition: row.former, accuracy: before?.accuracy ?? null },
  };
}
