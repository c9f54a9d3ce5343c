// What speaks against sending a mail at all: its address is suspended, or a brake stops an acknowledgement. Knows the rows;
// when a brake stops domain says.
import { brakeOn } from "../../domain/brakes";
import type { Instant } from "../../domain/ticket";
import type { MailDeps } from "./deps";
import type { Result } from "./ledger";
import { tellStaff } from "./tell-staff";

interface Addressed {
  readonly number: number;
  readonly address: string;
  readonly isSuspended: boolean;
}

type Notice = { readonly id: string; readonly version: number; readonly template: string };

/** Null: nothing does. */
export async function objection(deps: MailDeps, notice: Notice, about: Addressed, now: Instant): Promise<Extract<Result, { error: string }> | null> {
  if (about.isSuspended) return { state: "failed", error: "suspended" };
  if (notice.template !== "acknowledgement") return null;
  const brake = brakeOn(await exchangeWith(deps, about.address, now), deps.acknowledgementsPerHour);
  if (brake === null) return null;
  if (brake === "loop") await tellStaff(deps.prisma, { ...notice, ticket: about.number }, "mail-loop");
  return { state: "withdrawn", error: brake };
}

/** What went to and fro within the hour: our acknowledgements to an address, and the mails that came from it. */
async function exchangeWith({ prisma }: MailDeps, address: string, now: Instant) {
  const since = new Date(now - 3_600_000);
  const rows = await prisma.$queryRaw<{ way: "out" | "in"; at: Date }[]>`
    SELECT 'out' AS way, n.sent_at AS at FROM requesters r JOIN tickets t ON t.requester_id = r.id JOIN notices n ON n.ticket = t.number
    WHERE lower(r.email) = lower(${address}) AND n.recipient = 'requester' AND n.template = 'acknowledgement'
      AND n.state IN ('sent', 'unknown') AND n.sent_at > ${since}
    UNION ALL
    SELECT 'in', m.received_at FROM raw_mails m WHERE m.received_at > ${since} AND lower(m.reading -> 'from' ->> 'address') = lower(${address})
    LIMIT 1000`;
  const timesOf = (wanted: "out" | "in"): Instant[] => rows.filter(({ way }) => way === wanted).map(({ at }) => at.getTime());
  return { acknowledged: timesOf("out"), received: timesOf("in") };
}
