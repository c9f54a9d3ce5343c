// Telling the admins of something that no ticket tells of, for as long as the mail server is away.
import { proxyActivities } from "@temporalio/workflow";
import type { AlertActivities } from "../inbound/activities";
import { inboundQueue } from "./messages";
import type { AlertErrand } from "./starts/errands";

const { tellAdmins } = proxyActivities<AlertActivities>({
  taskQueue: inboundQueue,
  startToCloseTimeout: "5 minutes",
  heartbeatTimeout: "15 seconds",
  retry: { initialInterval: "5 seconds", backoffCoefficient: 2, maximumInterval: "5 minutes" },
});

export async function alert(errand: AlertErrand): Promise<{ readonly told: number }> {
  return await tellAdmins.executeWithOptions({ summary: "Tell the admins" }, [errand]);
}
