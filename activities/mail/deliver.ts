// Sends one person what is due to them now, from all tickets, and says when to look again. Knows the order of steps and what
// to do in trouble; refuses to know who may wait for what (domain/delivery) and how a mail reads (compose).
import { plan } from "../../domain/delivery";
import type { Departure, HoldReason, Waiting } from "../../domain/delivery";
import type { Instant } from "../../domain/ticket";
import { attempting, databaseUnavailable, mailServerUnavailable } from "./attempt";
import type { Attempt } from "./attempt";
import { composeForStaff, isForStaff } from "./compose";
import type { Result } from "./ledger";
import { load } from "./load";
import type { MailDeps } from "./send";
import { statusOf, troubleOf } from "./trouble";
import { claimMail, hold, noteMail, readHabits, readWaiting } from "./waiting";
import type { WaitingRow } from "./waiting";

export interface DeliverDeps extends MailDeps {
  /** How long a mail that holds nobody's words keeps the next such one back, ms; 0: each leaves by itself. */
  readonly digestMs: number;
}

export interface Delivery {
  /** When to look again; null: nothing waits. */
  readonly next: Instant | null;
  readonly because: HoldReason | "trouble" | null;
  /** How many notices wait until then. */
  readonly waiting: number;
  /** Each mail that was settled: how many notices it told of, and how it ended. */
  readonly mails: readonly DeliveredMail[];
}

export interface DeliveredMail {
  readonly templates: readonly string[];
  readonly state: "sent" | "failed";
}

/** A mail that this release can't make waits for one that can, and is looked at again after this, ms. */
const oddAgainMs = 600_000;

export function createDeliver(deps: DeliverDeps) {
  /**
   * Sends what is due. Each mail's notices are claimed and its Message-ID fixed before the attempt, and noted after it: a
   * kill in between sends the same mail again, and nothing else. Throws a retryable `MailServerUnavailable` when nothing
   * could be settled, `DatabaseUnavailable` when the rows can't be read or written. Cancelled, it ends between two mails.
   */
  return async ({ recipient }: { recipient: string }): Promise<Delivery> =>
    await attempting((attempt) => new Round(deps, recipient, attempt).run());
}

class Round {
  private readonly mails: DeliveredMail[] = [];
  /** Left alone for this time. */
  private readonly odd = new Set<string>();

  constructor(
    private readonly deps: DeliverDeps,
    private readonly recipient: string,
    private readonly attempt: Attempt,
  ) {}

  async run(): Promise<Delivery> {
    const { prisma, digestMs } = this.deps;
    // What has come meanwhile, and what is beyond the first rows, is looked at before the end.
    for (;;) {
      const now = Date.now();
      const rows = await readWaiting(prisma, this.recipient).catch(databaseUnavailable);
      const habits = await readHabits(prisma, this.recipient, digestMs, now).catch(databaseUnavailable);
      const { leave, hold: held } = plan(rows.filter((row) => this.isSendable(row)), habits, now);
      if (held !== null) await hold(prisma, held).catch(databaseUnavailable);
      for (const departure of leave) {
        if (!(await this.send(departure, rows))) return this.inTrouble(now);
      }
      if (leave.length === 0) return this.result(held?.until ?? null, held?.because ?? null, held?.notices.length ?? 0, now);
    }
  }

  private isSendable(row: WaitingRow): row is WaitingRow & Waiting {
    if (!isForStaff(row.template)) this.odd.add(row.id);
    return !this.odd.has(row.id);
  }

  /** Whether to go on: false, when the mail server takes nothing for this person now. */
  private async send({ mail, notices }: Departure, rows: readonly WaitingRow[]): Promise<boolean> {
    const { prisma } = this.deps;
    await this.attempt.breathe();
    const { token, claimed } = await claimMail(prisma, mail, notices, this.attempt.run).catch(databaseUnavailable);
    const owed = rows.filter(({ id }) => claimed.has(id));
    // An earlier run of this workflow may have it in hand still.
    if (owed.length === 0) return false;
    const result = await this.trySending(mail, owed);
    await this.attempt.noted(result, () => noteMail(prisma, token, result)).catch(databaseUnavailable);
    if (result.state !== "queued") this.mails.push({ templates: owed.map(({ template }) => template), state: result.state });
    return result.state !== "queued" || this.odd.has(owed[0]?.id ?? "");
  }

  private async trySending(mail: string, owed: readonly WaitingRow[]): Promise<Result> {
    const { prisma, transport } = this.deps;
    const { recipient } = this;
    let made;
    try {
      const materials = await Promise.all(
        owed.map(async (row) => ({ template: row.template, ...(await load(prisma, row.ticket, { ...row, recipient })) })),
      );
      made = composeForStaff(this.deps, mail, materials);
    } catch (error) {
      for (const { id } of owed) this.odd.add(id);
      return { state: "queued", error: statusOf(error) };
    }
    if (made === null) return { state: "failed", error: "no address" };
    try {
      await transport.sendMail({ ...made, signal: this.attempt.signal() });
      return { state: "sent", sentAt: Date.now() };
    } catch (error) {
      return troubleOf(error);
    }
  }

  private inTrouble(now: Instant): Delivery {
    if (this.mails.length === 0) throw mailServerUnavailable();
    return this.result(now, "trouble", 1, now);
  }

  private result(next: Instant | null, because: Delivery["because"], waiting: number, now: Instant): Delivery {
    const { mails, odd } = this;
    const oddAt = now + oddAgainMs;
    if (odd.size === 0 || (next !== null && next < oddAt)) return { next, because, waiting, mails };
    return { next: oddAt, because: "trouble", waiting: odd.size, mails };
  }
}
