// A mail outside a ticket's life: a new link asked for, or a failed notice tried again after the ticket has closed.
import type { SendOutcome } from "../activities";
import type { Errand } from "./messages";
import { mail } from "./postman";
import { noticeSummary } from "./story";

export async function courier(errand: Errand): Promise<readonly SendOutcome[]> {
  return await mail.send.executeWithOptions({ summary: noticeSummary(errand.notices) }, [errand]);
}
