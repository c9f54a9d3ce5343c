// What is to happen again and again, told to Temporal once. An admin's changes to a schedule stay.
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy } from "@temporalio/client";
import { learningScheduleId, retrainingType, ticketsQueue } from "../workflows/messages";
import type { RelayDeps } from "./deps";

const callMs = 5_000;

/** Makes the schedules that are not there. */
export async function keepSchedules({ temporal }: Pick<RelayDeps, "temporal">): Promise<void> {
  try {
    await temporal.withDeadline(Date.now() + callMs, () =>
      temporal.schedule.create({
        scheduleId: learningScheduleId,
        // At night, in UTC; a minute that others don't choose.
        spec: { calendars: [{ hour: 2, minute: 47 }] },
        action: {
          type: "startWorkflow",
          workflowType: retrainingType,
          workflowId: learningScheduleId,
          taskQueue: ticketsQueue,
          staticSummary: "Learn to categorise from what the desk has done",
        },
        policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: "1 day" },
      }),
    );
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
