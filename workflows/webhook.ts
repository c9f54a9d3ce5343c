// Telling a program of one event, for days if need be, or trying it once for an admin who looks on.
import { proxyActivities } from "@temporalio/workflow";
import type { Trial, WebhookActivities } from "../activities";
import { webhooksQueue } from "./messages";
import type { WebhookErrand } from "./starts/errands";

const patient = proxyActivities<WebhookActivities>({
  taskQueue: webhooksQueue,
  startToCloseTimeout: "5 minutes",
  heartbeatTimeout: "15 seconds",
  // How long it waits between two attempts, and when it gives up, the activity says; after a worker's death it is this.
  retry: { initialInterval: "1 second", backoffCoefficient: 2, maximumInterval: "30 seconds" },
});

const once = proxyActivities<WebhookActivities>({
  taskQueue: webhooksQueue,
  scheduleToCloseTimeout: "20 seconds",
  startToCloseTimeout: "18 seconds",
  retry: { maximumAttempts: 1 },
});

export async function webhook({ notice }: WebhookErrand): Promise<string> {
  const { state } = await patient.callWebhook.executeWithOptions({ summary: "Tell the webhook" }, [{ notice }]);
  return state;
}

export async function webhookTrial({ webhook: id }: { webhook: string }): Promise<Trial> {
  return await once.tryWebhook.executeWithOptions({ summary: "Try the webhook" }, [{ webhook: id }]);
}
