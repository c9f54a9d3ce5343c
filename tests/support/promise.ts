// Promises of milliseconds for tests: one policy for every ticket, around the clock.
import type { PrismaClient } from "../../prisma/client";
import type { Level, Policy, Target } from "../../domain/policy";
import type { Priority } from "../../domain/words";

const hour = 3_600_000;

/** Durations in ms; what is left out is hours long, so that nothing falls due in a test that doesn't ask for it. */
export interface Durations {
  readonly firstResponseMs?: Readonly<Record<Priority, number>>;
  readonly resolutionMs?: Readonly<Record<Priority, number>>;
  readonly managerAfterMs?: number;
  readonly autoCloseMs?: number;
  readonly acknowledgeAfterMs?: number;
  readonly pending?: Policy["pending"];
  /** More targets, or others. */
  readonly targets?: Policy["targets"];
}

const lead: Level = { afterMs: 0, basis: "business", actions: [{ do: "tell", whom: [{ to: "lead" }] }], wake: false };

/** The assignee at 75 %, the lead at the breach, the manager some time after. */
export function aTarget(targetMs: Target["targetMs"], managerAfterMs = 4 * hour, given: Partial<Target> = {}): Target {
  const manager: Level = { ...lead, afterMs: managerAfterMs, actions: [{ do: "tell", whom: [{ to: "manager" }] }] };
  const reminders = [{ at: { percent: 75 }, tell: [{ to: "assignee" } as const] }];
  return { calendar: "on-call", targetMs, reminders, escalation: [lead, manager], repeat: null, ...given };
}

export function same(ms: number | null): Target["targetMs"] {
  return { low: ms, normal: ms, high: ms, urgent: ms };
}

export function aPromise(durations: Durations): Omit<Policy, "id" | "edition"> {
  const { firstResponseMs, resolutionMs, managerAfterMs, autoCloseMs, acknowledgeAfterMs, pending, targets } = durations;
  return {
    targets: {
      firstResponse: aTarget(firstResponseMs ?? { urgent: hour, high: 4 * hour, normal: 8 * hour, low: 24 * hour }, managerAfterMs),
      resolution: aTarget(resolutionMs ?? { urgent: 8 * hour, high: 24 * hour, normal: 72 * hour, low: 168 * hour }, managerAfterMs),
      ...targets,
    },
    reopening: "continue",
    pending: pending ?? null,
    autoCloseMs: autoCloseMs ?? 72 * hour,
    acknowledgeAfterMs: acknowledgeAfterMs ?? 30_000,
    matrix: {
      low: { low: "low", medium: "low", high: "normal" },
      medium: { low: "low", medium: "normal", high: "high" },
      high: { low: "normal", medium: "high", high: "urgent" },
    },
  };
}

/** From now on every ticket that opens is measured by this, and every window counts around the clock. */
export async function promiseAll(prisma: PrismaClient, durations: Durations): Promise<void> {
  const { edition } = await prisma.slaPolicyEdition.findFirstOrThrow({ where: { policyId: "standard" }, orderBy: { edition: "desc" } });
  const promise = aPromise(durations) as unknown as object;
  const row = { policyId: "standard", edition: edition + 1, name: "In haste", match: {}, promise, by: "test" };
  await prisma.slaPolicy.updateMany({ where: { id: { not: "standard" } }, data: { retiredAt: new Date() } });
  await prisma.team.updateMany({ data: { calendarId: null } });
  await prisma.slaPolicyEdition.create({ data: row });
}
