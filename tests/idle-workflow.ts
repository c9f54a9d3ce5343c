// A life that does nothing: its tasks are answered, and ask for nothing.
import { condition } from "@temporalio/workflow";

export async function ticket(): Promise<void> {
  await condition(() => false);
}
