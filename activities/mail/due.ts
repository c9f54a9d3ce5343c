// What leaves to one reader in one mail: read before anybody asks the gate, for its address says which; made once it is claimed.
import type { SendMailOptions } from "nodemailer";
import { copyTemplate } from "../../domain/audience";
import { composeCopy, composeForStaff } from "./compose";
import type { MailName } from "./compose";
import type { MailDeps } from "./deps";
import type { Result } from "./ledger";
import { load } from "./load";
import type { Material } from "./material";
import type { WaitingRow } from "./waiting";

type DueItem = Material & { readonly template: string; readonly notice: string; readonly answers: boolean };

/** Or why they could not be read. */
export type DueItems = readonly DueItem[] | { readonly error: unknown };

/** Never rejects. */
export async function loadDue(prisma: MailDeps["prisma"], recipient: string, rows: readonly WaitingRow[]): Promise<DueItems> {
  const answers = recipient.startsWith("agent:");
  const loaded = rows.map(async (row) => ({
    ...(await load(prisma, row.ticket, { ...row, recipient })),
    template: row.template,
    notice: row.id,
    answers,
  }));
  return await Promise.all(loaded).catch((error: unknown) => ({ error }));
}

/**
 * The mail of those that were claimed, or why there is none. Throws what kept them from being read, or the mail from being
 * made.
 */
export async function makeDue(deps: MailDeps, name: MailName, claimed: readonly WaitingRow[], items: DueItems): Promise<SendMailOptions | Result> {
  if ("error" in items) throw items.error;
  const leaving = items.filter(({ notice }) => claimed.some(({ id }) => id === notice));
  const [first] = leaving;
  const address = first?.address ?? null;
  if (address !== null && first?.isSuspended === true) return { state: "failed", error: "suspended" };
  const made = first?.template === copyTemplate ? await composeCopy(deps, name, first) : composeForStaff(deps, name, leaving);
  return made ?? { state: "failed", error: "no address" };
}
