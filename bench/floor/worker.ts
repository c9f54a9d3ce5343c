// Runs floor workflows in a process of its own, as the product's worker does. Takes: ADDRESS NAMESPACE. Ends on SIGTERM.
import { NativeConnection, Worker } from "@temporalio/worker";
import { floorActivities } from "./activities";

export const floorQueue = "floor";

async function main(address: string, namespace: string): Promise<void> {
  const worker = await Worker.create({
    connection: await NativeConnection.connect({ address }),
    namespace,
    taskQueue: floorQueue,
    workflowsPath: require.resolve("./workflow"),
    activities: floorActivities,
  });
  process.send?.("ready");
  await worker.run();
}

if (require.main === module) void main(process.argv[2] ?? "", process.argv[3] ?? "");
