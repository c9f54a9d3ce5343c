// Sends one person what is due to them now, from all tickets, and says when to look again. Knows the order of steps and what
// to do in trouble; refuses to know who may wait for what (domain/delivery) and how a mail reads (compose).
import type { SendMailOptions } from "nodemailer";
import { plan } from "../../domain/delivery";
import type { Departure, HoldReason, Waiting } from "../../domain/delivery";
import type { Instant } from "../../domain/ticket";
import { attempting, databaseUnavailable, mailServerUnavailable } from "./attempt";
import type { Attempt } from "./attempt";
import { isKnown, leavesFrom } from "./compose";
import type { MailName } from "./compose";
import type { MailDeps } from "./deps";
import { waits } from "./gate";
import type { Waiting as Queued } from "./gate";
import type { EndState, Result } from "./ledger";
import { loadDue, makeDue } from "./due";
import type { DueItems } from "./due";
import { noteEnd } from "./note-end";
import { messageIdOf } from "./sender";
import { handOver } from "./transport";
import { cannotBeMade } from "./trouble";
import { claimMail, hold, readHabits, readWaiting } from "./waiting";
import type { WaitingRow } from "./waiting";
import type { WayOut } from "./way-out";

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
  readonly state: EndState;
}

/** A mail that this release can't make waits for one that can, and is looked at again after this, ms. */
const oddAgainMs = 600_000;
/** A mailbox's own server that has not taken a mail is asked again after this at the earliest, ms. */
const ownServerAgainMs = 5_000;

export function createDeliver(deps: DeliverDeps) {
  /**
   * Sends what is due. Each mail's notices are claimed and its Message-ID fixed before the attempt, and noted after it: a
   * kill in between sends the same mail again, and nothing else. Throws a retryable `MailServerUnavailable` when nothing
   * could be settled, `DatabaseUnavailable` when the rows can't be read or written. Cancelled, it ends between two mails.
   */
  return async ({ recipient, urgent = false }: { recipient: string; urgent?: boolean }): Promise<Delivery> =>
    await attempting((attempt) => new Round(deps, recipient, urgent, attempt).run());
}

class Round {
  private readonly mails: DeliveredMail[] = [];
  /** Left alone for this time. */
  private readonly odd = new Set<string>();
  /** When the first of those that the mail server does not take yet is tried again. */
  private again: Instant | null = null;
  private queued: Queued | null = null;
  /** What waits for a mailbox's own server, each until when. */
  private readonly behind = new Map<string, Instant>();

  constructor(
    private readonly deps: DeliverDeps,
    private readonly recipient: string,
    /** What wakes them, and nothing else. */
    private readonly isUrgent: boolean,
    private readonly attempt: Attempt,
  ) {}

  async run(): Promise<Delivery> {
    const { prisma, digestMs } = this.deps;
    // What has come meanwhile, and what is beyond the first rows, is looked at before the end.
    for (;;) {
      const now = Date.now();
      const rows = await readWaiting(prisma, this.recipient, this.isUrgent).catch(databaseUnavailable);
      if (rows.length === 0) return this.result(null, null, 0, now);
      const habits = await readHabits(prisma, this.recipient, digestMs, now).catch(databaseUnavailable);
      const { leave, hold: held } = plan(this.sendable(rows, now), habits, now);
      if (held !== null) await hold(prisma, held).catch(databaseUnavailable);
      for (const departure of leave) {
        const end = await this.send(departure, rows);
        if (end === "trouble") return this.inTrouble(now);
        // It holds up what is later on its tickets: what leaves beside it is planned anew.
        if (end === "not taken") break;
      }
      if (leave.length === 0) return this.result(held?.until ?? null, held?.because ?? null, held?.notices.length ?? 0, now);
    }
  }

  /** A mail that is not taken yet holds up what is later on its tickets, and nothing else. */
  private sendable(rows: readonly WaitingRow[], now: Instant): readonly (WaitingRow & Waiting)[] {
    const pauseOf = ({ id, retryAt }: WaitingRow): Instant => Math.max(retryAt?.getTime() ?? 0, this.behind.get(id) ?? 0);
    const paused = rows.filter((row) => pauseOf(row) > now);
    const tickets = new Set(paused.map(({ ticket }) => ticket));
    // What has begun to leave as one leaves as one: its name stands for all that it tells.
    const mails = new Set(paused.flatMap(({ mail }) => mail ?? []));
    const times = paused.map(pauseOf);
    this.again = times.length === 0 ? null : Math.min(...times);
    return rows.filter((row): row is WaitingRow & Waiting => this.isKnown(row) && !tickets.has(row.ticket) && !(row.mail !== null && mails.has(row.mail)));
  }

  private isKnown(row: WaitingRow): boolean {
    if (!isKnown(row.template)) this.odd.add(row.id);
    return !this.odd.has(row.id);
  }

  /** `not taken`: this mail is to wait, or nobody knows. `trouble`: nothing is to be sent to this person now. */
  private async send({ mail, notices }: Departure, rows: readonly WaitingRow[]): Promise<"settled" | "not taken" | "trouble"> {
    const { prisma, gate, from } = this.deps;
    const [first] = notices;
    await this.attempt.breathe();
    if (first === undefined) return "settled";
    const urgent = rows.some(({ id, wake }) => wake && notices.includes(id));
    const items = await loadDue(prisma, this.recipient, rows.filter(({ id }) => notices.includes(id)));
    const { from: address, way } = leavesFrom(this.deps, "error" in items ? [] : items);
    const asking = { notice: first, urgent, from: address, way, holder: this.attempt.activity };
    const wait = await gate.pass(asking, this.attempt.signal()).catch(databaseUnavailable);
    if (wait !== null) return this.heldUp(notices, way, wait);
    const messageId = messageIdOf(this.deps, mail, from.address);
    const claim = await claimMail(prisma, { mail, notices, messageId }, this.attempt.run).catch(databaseUnavailable);
    // An earlier run of this workflow may have it in hand still.
    if (claim === null) {
      await gate.unasked(way);
      return "trouble";
    }
    const owed = rows.filter(({ id }) => claim.claimed.has(id));
    const made = await this.make({ id: mail, messageId: claim.messageId }, owed, items);
    const result = await this.trySending(made, way);
    const noted = await this.attempt.noted(result, () => noteEnd(prisma, claim.token, result, owed)).catch(databaseUnavailable);
    const state = noted?.state ?? result.state;
    if (state === "owed" || state === "queued") return result.state === "queued" && result.about === "server" ? this.heldUp(notices, way, null) : "not taken";
    this.mails.push({ templates: owed.map(({ template }) => template), state });
    return "settled";
  }

  /** A mailbox's own server that takes nothing holds up its own mails; the one of all holds up the rest as well. */
  private heldUp(notices: readonly string[], { server }: WayOut, wait: Queued | null): "not taken" | "trouble" {
    this.queued = wait;
    if (server === null) return "trouble";
    for (const id of notices) this.behind.set(id, wait?.until ?? Date.now() + ownServerAgainMs);
    return "not taken";
  }

  private async trySending(made: SendMailOptions | Result, way: WayOut): Promise<Result> {
    const { transport, gate } = this.deps;
    if ("state" in made) {
      await gate.unasked(way);
      return made;
    }
    const result = await handOver(transport, { ...made, signal: this.attempt.signal() }, way.server);
    await gate.heard(result, way);
    return result;
  }

  /** One that this release can't make is left alone. */
  private async make(name: MailName, owed: readonly WaitingRow[], items: DueItems): Promise<SendMailOptions | Result> {
    try {
      return await makeDue(this.deps, name, owed, items);
    } catch (error) {
      for (const { id } of owed) this.odd.add(id);
      return cannotBeMade(error);
    }
  }

  private inTrouble(now: Instant): Delivery {
    const { queued } = this;
    if (this.mails.length === 0) throw queued === null ? mailServerUnavailable() : waits(queued);
    return this.result(queued?.until ?? now, "trouble", 1, now);
  }

  private result(next: Instant | null, because: Delivery["because"], waiting: number, now: Instant): Delivery {
    const { mails, odd, again } = this;
    const oddAt = odd.size === 0 ? null : now + oddAgainMs;
    const troubleAt = [oddAt, again].filter((at) => at !== null).sort((a, b) => a - b)[0] ?? null;
    if (troubleAt === null || (next !== null && next < troubleAt)) return { next, because, waiting, mails };
    return { next: troubleAt, because: "trouble", waiting: Math.max(odd.size, 1), mails };
  }
}
