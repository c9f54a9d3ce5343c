// What can't be in a policy, whatever its calendars: promises that nothing starts, meets or reaches. Knows the policy alone.
import { metrics, usual } from "./policy";
import type { Metric, Policy, Target } from "./policy";
import { priorities } from "./words";

/** `code` is stable, `message` one English sentence that names the target. */
export interface PolicyFault {
  readonly path: readonly (string | number)[];
  readonly code: "no_target" | "never_starts" | "never_met" | "reminder_before_start" | "reminder_twice" | "repeat_without_level";
  readonly message: string;
}

export function policyFaults({ targets }: Pick<Policy, "targets">): PolicyFault[] {
  return metrics.flatMap((metric) => {
    const target = targets[metric];
    return target === undefined ? [] : targetFaults(metric, target).map((fault) => ({ ...fault, path: ["targets", metric, ...fault.path] }));
  });
}

function targetFaults(metric: Metric, target: Target): PolicyFault[] {
  return [...cycleFaults(metric, target), ...reminderFaults(metric, target), ...chainFaults(metric, target)];
}

function cycleFaults(metric: Metric, target: Target): PolicyFault[] {
  const { startedBy, metBy, cancelledBy } = { ...usual[metric], ...target };
  const faults: PolicyFault[] = [];
  if (priorities.every((priority) => target.targetMs[priority] === null)) {
    faults.push({ path: ["targetMs"], code: "no_target", message: `${metric} has no target at any priority: leave it out.` });
  }
  if (startedBy.length === 0) {
    faults.push({ path: ["startedBy"], code: "never_starts", message: `${metric} can never start: nothing starts it.` });
  }
  if (metBy.every((occasion) => cancelledBy.includes(occasion))) {
    const why = metBy.length === 0 ? "nothing meets it" : `${metBy.join(", ")} cancels it`;
    faults.push({ path: ["metBy"], code: "never_met", message: `${metric} can never be met: ${why}.` });
  }
  return faults;
}

function reminderFaults(metric: Metric, { reminders, targetMs }: Target): PolicyFault[] {
  const seen = new Set<string>();
  return reminders.flatMap(({ at }, index): PolicyFault[] => {
    const path = ["reminders", index, "at"];
    const text = "percent" in at ? `${at.percent} %` : `${at.beforeMs} ms before`;
    if (seen.has(text)) return [{ path, code: "reminder_twice", message: `${metric} has two reminders at ${text}.` }];
    seen.add(text);
    if ("percent" in at) return [];
    const tooShort = priorities.filter((priority) => (targetMs[priority] ?? Number.POSITIVE_INFINITY) <= at.beforeMs);
    if (tooShort.length === 0) return [];
    const message = `${metric} is shorter than its reminder ${text} at priority ${tooShort.join(", ")}: that would be before it starts.`;
    return [{ path, code: "reminder_before_start", message }];
  });
}

function chainFaults(metric: Metric, { escalation, repeat }: Target): PolicyFault[] {
  if (repeat === null || escalation.length > 0) return [];
  return [{ path: ["repeat"], code: "repeat_without_level", message: `${metric} has no level that could be repeated.` }];
}
