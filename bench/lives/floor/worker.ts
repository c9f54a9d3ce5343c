// Runs floor workflows in a process of its own, as the product's worker does, on the Temporal of the environment.
import { DefaultLogger, NativeConnection, Runtime, Worker } from "@temporalio/worker";
import { main, whenAsked } from "../../../bin/main";
import { floorActivities } from "./activities";
import { floorQueue } from "./names";

void main(async () => {
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger("WARN") });
  const { TEMPORAL_ADDRESS: address = "", TEMPORAL_NAMESPACE: namespace = "" } = process.env;
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: floorQueue,
    workflowsPath: require.resolve("./workflow"),
    activities: floorActivities,
  });
  const running = worker.run();
  process.send?.({ ready: true });
  await Promise.race([whenAsked(), running]);
  worker.shutdown();
  await running;
  await connection.close();
});
