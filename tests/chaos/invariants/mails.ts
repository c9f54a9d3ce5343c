// Everybody is told what concerns them, once and in order.
import { fold } from "../../../domain/decide";
import { unopened } from "../../../domain/opening";
import { told } from "../../../domain/told";
import type { TeamPeople } from "../../../domain/told";
import { intakeOf, journals } from "../ledgers/rows";
import type { Rows } from "../ledgers/rows";
import type { Fault } from "../ledgers/evidence";
import { grouped, where } from "./invariant";
import type { Invariant } from "./invariant";

/** A mail is noted so long after the server has taken it, at most, unless something hinders that; ms. */
const notedWithinMs = 2_000;

export const onceUnlessInDoubt: Invariant = {
  law: "each mail leaves once; twice only where a death fell between the server's word and our note of it",
  offences: ({ mails, faults }) =>
    [...grouped(mails, ({ id }) => id)].flatMap(([id, copies]) =>
      copies.slice(1).flatMap(({ at }, index) => {
        const before = copies[index]?.at ?? 0;
        return isInDoubt(faults, before, at)
          ? []
          : [`${id} left ${copies.length} times, ${at - before} ms apart, and nothing excuses it`];
      }),
    ),
};

/** What its sender has handed over is taken even after the sender's death, within so long, ms; longer on a busy machine. */
const onItsWayMs = 250;

/** What takes the word of a taken mail, or its note, away: the death of who sends or takes it, or of what connects them. */
const tellers = /^(Worker \d+|SMTP|workerSmtp)$/u;
/** Of these, who takes a mail, and the way there. */
const servers = /^(SMTP|workerSmtp)$/u;
/** A call that fails although the mail server has taken the mail: its word is lost. */
const lostWord = "throw at mail.taken";

/** Whether a mail that was taken at `taken` could not be noted, so that it had to leave once more at `again`. */
function isInDoubt(faults: readonly Fault[], taken: number, again: number): boolean {
  const noted = Math.min(again, notedBy(faults, taken));
  return faults.some(
    ({ name, from, to, struck }) =>
      from <= noted && to >= taken - onItsWayMs && (name === lostWord || struck.some((part) => tellers.test(part))),
  );
}

/** When it is noted at the latest. The note waits for whatever is hindered; the mail itself need not leave again for that. */
function notedBy(faults: readonly Fault[], taken: number): number {
  let noted = taken + notedWithinMs;
  for (const { from, to } of [...faults].sort((a, b) => a.from - b.from))
    if (from <= noted && to >= taken) noted = Math.max(noted, to + notedWithinMs);
  return noted;
}

export const allSettled: Invariant = {
  law: "every notice is settled; what is noted as sent has left, and nothing else has; what stays in doubt was in doubt twice",
  offences: ({ rows, mails, faults }) => {
    const left = new Set(mails.map(({ id }) => id));
    const known = new Set(rows.notices.map(mailOf));
    return [
      ...where(
        rows.notices,
        (notice) => !["sent", "failed", "unknown", "bounced"].includes(notice.state) && !isBraked(notice),
        ({ id, state }) => `${id} is ${state}`,
      ),
      ...where(
        rows.notices,
        (notice) => notice.state === "sent" && !left.has(mailOf(notice)),
        ({ id }) => `${id} is noted as sent and never left`,
      ),
      ...where(
        rows.notices,
        (notice) => notice.state === "unknown" && !left.has(mailOf(notice)) && !isLost(faults, doubtsOf(notice)),
        ({ id }) => `${id} is in doubt and never left, and nothing excuses it`,
      ),
      ...where(
        rows.notices,
        ({ state }) => state === "failed",
        ({ id, lastError }) => `${id} has failed: ${lastError}`,
      ),
      ...where(
        left,
        (id) => !known.has(id) && !id.startsWith(alertsBegin),
        (id) => `${id} left and is no notice's mail`,
      ),
    ];
  },
};

/** So many were acknowledged within an hour to one address that it is told no more. */
function isBraked({ state, template, lastError }: Rows["notices"][number]): boolean {
  return state === "withdrawn" && template === "acknowledgement" && (lastError === "rate" || lastError === "loop");
}

/**
 * Whether a mail may be lost for good: each of the two times that it was handed over whole, the mail server died or was cut off
 * before it had kept it. Nobody can tell that from a mail that was kept; a third time would be one too many.
 */
function isLost(faults: readonly Fault[], doubts: readonly number[]): boolean {
  return doubts.length === 2 && doubts.every((at) => faults.some((fault) => isWordTaken(faults, fault, at)));
}

/** Whether a doubt that was noted at `at` is this fault's. */
function isWordTaken(faults: readonly Fault[], { from, to, struck }: Fault, at: number): boolean {
  return from <= at && at <= notedBy(faults, to) && struck.some((part) => servers.test(part));
}

/** When attempts at it ended in doubt, epoch ms. */
function doubtsOf({ answers }: Rows["notices"][number]): number[] {
  return (answers as unknown as { state: string; at: string }[]).flatMap(({ state, at }) => (state === "unknown" ? [Date.parse(at)] : []));
}

/** What admins are told of mailboxes and quarantine is no notice of a ticket. */
const alertsBegin = "alert.";

export const inOrder: Invariant = {
  law: "a ticket's mails to one recipient leave in the order of what they tell, save what wakes",
  offences: ({ rows, mails }) => {
    const firsts = [...grouped(mails, ({ id }) => id).values()].flatMap(([first]) =>
      first === undefined ? [] : [first],
    );
    const noticesOf = grouped(rows.notices, mailOf);
    // What left in one mail left in the order in which the mail tells it; what wakes waits for nobody.
    const told = firsts.flatMap(({ id, to }) => (noticesOf.get(id) ?? []).filter(({ wake }) => !wake).map(({ ticket, version, recipient }) => ({ ticket, version, to, recipient })));
    // A colleague who has asked something for themselves is two recipients at one address.
    const byRecipient = grouped(told, ({ ticket, to, recipient }) => `#${ticket} to ${recipient} at ${to}`);
    return [...byRecipient.values()].flatMap((own) => {
      const versions = own.map(({ version }) => version);
      const isMixed = versions.some((version, index) => version < (versions[index - 1] ?? 0));
      return isMixed ? [`#${own[0]?.ticket}: mails to one person left as ${versions.join(" ")}`] : [];
    });
  },
};

/** The mail that a notice left in, as its Message-ID has it. */
function mailOf({ id, mail }: Rows["notices"][number]): string {
  return mail ?? id;
}

/** What staff are told of mails themselves, which is no event of the ticket. */
const aboutMails = ["mail-loop", "template-broken", "address-suspended", "copy-undelivered", "staff-undelivered"];

export const owedIsWritten: Invariant = {
  law: "the notices are those that the journal asks for",
  offences: ({ rows }) => {
    const written = grouped(
      rows.notices.filter(({ template }) => template !== "new-link" && !aboutMails.includes(template)),
      ({ ticket }) => ticket,
    );
    return [...owed(rows)].flatMap(([number, asked]) => {
      const own = new Set(
        (written.get(number) ?? []).map(({ version, recipient, template }) => `${version} ${recipient} ${template}`),
      );
      return [
        ...where(
          asked,
          (notice) => !own.has(notice),
          (notice) => `#${number} lacks ${notice}`,
        ),
        ...where(
          own,
          (notice) => !asked.has(notice),
          (notice) => `#${number} has ${notice}, which nothing asks for`,
        ),
      ];
    });
  },
};

/** By domain's own rule. */
function owed(rows: Rows): ReadonlyMap<number, ReadonlySet<string>> {
  const intakes = new Map(rows.intakes.map((row) => [row.number, intakeOf(row)]));
  const people = peopleOf(rows);
  const owed = new Map<number, Set<string>>();
  for (const [number, events] of journals(rows)) {
    const intake = intakes.get(number);
    if (intake === undefined) continue;
    const asked = new Set<string>();
    let before = unopened(intake);
    for (const event of events) {
      const after = fold(before, event);
      for (const { recipient, template } of told(event, before, after, (team) => people.get(team), new Set()))
        asked.add(`${event.version} ${recipient} ${template}`);
      before = after;
    }
    owed.set(number, asked);
  }
  return owed;
}

function peopleOf({ teams, members, agents }: Rows): ReadonlyMap<string, TeamPeople> {
  const active = new Set(agents.flatMap((agent) => (agent.active ? [agent.id] : [])));
  const own = grouped(members.filter(({ agentId }) => active.has(agentId)), ({ teamId }) => teamId);
  return new Map(
    teams.map(({ id, leadId, managerId }) => [
      id,
      { lead: leadId, manager: managerId, members: (own.get(id) ?? []).map(({ agentId }) => agentId) },
    ]),
  );
}
