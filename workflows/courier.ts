// A mail outside a ticket's life: a new link asked for, or a failed notice tried again after the ticket has closed.
import type { SendOutcome } from "../activities";
import type { Errand } from "./starts/errands";
import { mail } from "./postman";
import { noticeSummary } from "./story";

export async function courier({ number, notices }: Errand): Promise<readonly SendOutcome[]> {
  const outcomes: SendOutcome[] = [];
  for (let left = notices; left.length > 0; ) {
    const some = await mail.send.executeWithOptions({ summary: noticeSummary(left) }, [{ number, notices: left }]);
    outcomes.push(...some);
    left = left.filter(({ id }) => some.every(({ notice }) => notice !== id));
  }
  return outcomes;
}
