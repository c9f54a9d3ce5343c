// What one person is to be told, across all tickets: one run from the first notice that waits to the last. It knows when to
// look and holds one timer until then; what waits, what leaves and in which mail is for `deliver` to find in Postgres.
import { condition, continueAsNew, setCurrentDetails, setHandler, workflowInfo } from "@temporalio/workflow";
import type { Delivery } from "../activities";
import { noticesOwed } from "./messages";
import type { Reader } from "./starts/errands";
import { mail, urgentMail } from "./postman";
import { inWords, second } from "./time-words";

export async function notices(reader: Reader): Promise<void> {
  const { deliver } = reader.urgent === true ? urgentMail : mail;
  let rung = false;
  setHandler(noticesOwed, () => {
    rung = true;
  });
  for (;;) {
    rung = false;
    const delivery = await deliver.executeWithOptions({ summary: "Send what is due" }, [reader]);
    // The next run looks first of all: whatever rang meanwhile is seen.
    if (workflowInfo().continueAsNewSuggested) return await continueAsNew<typeof notices>(reader);
    if (rung) continue;
    if (delivery.next === null) return;
    const waitMs = delivery.next - Date.now();
    if (waitMs <= 0) continue;
    setCurrentDetails(`**${held(delivery)}** until ${second(delivery.next)} (UTC)`);
    await condition(() => rung, waitMs, { summary: `${held(delivery)}: they leave in ${inWords(waitMs)}` });
  }
}

function held({ waiting, because }: Delivery): string {
  const what = waiting === 1 ? "1 notice is" : `${waiting} notices are`;
  return because === "quiet-hours" ? `Quiet hours, ${what} kept` : `${what} kept for one mail`;
}
