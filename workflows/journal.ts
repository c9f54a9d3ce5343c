// The ticket's decisions on their way into Postgres. Knows what is decided, what is recorded, and how to take up what an
// earlier attempt recorded; refuses to know what a decision means (domain) or how it is written (the activity `record`).
import { ApplicationFailure } from "@temporalio/workflow";
import type { RecordOutcome } from "../activities/record/shapes";
import { decide, fold } from "../domain/decide";
import type { Asked, Command } from "../domain/decide";
import { clock, departureOf, duesBy } from "../domain/due";
import { leavesBefore } from "../domain/outgoing";
import { isRefusal, refuse } from "../domain/refusal";
import type { Refusal } from "../domain/refusal";
import type { TicketEvent } from "../domain/event";
import type { Instant, Ticket } from "../domain/ticket";
import { recordSummary } from "./event-line";
import { KnownCommands } from "./known-commands";
import { commandCause } from "./messages";
import type { Answer, Ask, AskedVerb, NoticeRef } from "./messages";
import type { KnownCommand } from "./starts/ticket";
import type { Steps } from "./steps";

/** A decision that is not recorded yet: how it was asked for, so that it can be made again, and the event it gave. */
interface Entry {
  readonly command: Command;
  readonly asked: Omit<Asked, "at">;
  /** What `record` notes of a person's command beside the event. */
  readonly key: CommandKey | null;
  readonly event: TicketEvent;
}

type CommandKey = Pick<Ask, "scope" | "key" | "sha256" | "notAfter"> & { readonly verb: AskedVerb };

/** Both are called inside the run, in order. */
export interface JournalListener {
  /** What now stands in Postgres, and the notices it owes. */
  recorded(events: readonly TicketEvent[], notices: readonly NoticeRef[]): void;
  /** A decision that was made and has lost its ground before it was recorded. */
  dropped(command: Command, cause: string): void;
}

export class Journal {
  /** With everything decided; decisions are made on this. */
  present: Ticket;
  /** As Postgres has it. */
  recorded: Ticket;
  /** The instant of the present turn: all that a turn decides, it decides at one instant. */
  now: Instant = Date.now();
  private entries: readonly Entry[] = [];
  private readonly known: KnownCommands;

  constructor(
    ticket: Ticket,
    known: readonly KnownCommand[],
    private readonly epoch: number,
    private readonly steps: Steps,
    private readonly listener: JournalListener,
  ) {
    this.present = ticket;
    this.recorded = ticket;
    this.known = new KnownCommands(known);
  }

  /** A turn begins: whatever is due by now is decided first, so that nothing overtakes a clock, however late a worker comes. */
  beginTurn(): void {
    this.now = Date.now();
    this.catchUp();
  }

  /**
   * Decides at once; `commit` writes it. A refusal changes nothing. Replies that wait to be taken back leave before what
   * would overtake them.
   */
  decide(command: Command, asked: Omit<Asked, "at">, key: CommandKey | null = null): TicketEvent | Refusal {
    const waiting = leavesBefore(this.present, command).map(departureOf);
    if (waiting.length > 0) {
      const refusal = decide(this.present, command, { ...asked, at: this.now });
      if (isRefusal(refusal)) return refusal;
      for (const { command: sending, cause, by = clock } of waiting) this.decide(sending, { by, cause });
    }
    const decision = decide(this.present, command, { ...asked, at: this.now });
    if (isRefusal(decision)) return decision;
    this.present = decision.ticket;
    this.entries = [...this.entries, { command, asked, key, event: decision.event }];
    return decision.event;
  }

  /** What stands against a command at `at`: nothing when its answer is known, else that it is too late, or domain's refusal. */
  objection(verb: AskedVerb, ask: Ask, at: Instant): Refusal | null {
    const inadmissible = this.inadmissible(verb, ask, at);
    if (inadmissible !== null || this.known.has(commandCause(ask)) || this.isBehind(ask)) return inadmissible;
    const { ticket } = duesBy(this.present, at);
    const decision = decide(ticket, toCommand(verb, ask), { ...toAsked(ask), at });
    return isRefusal(decision) ? decision : null;
  }

  /** Decides a person's command, or finds the decision under its key; answers once it is recorded. */
  async execute(verb: AskedVerb, ask: Ask): Promise<Answer | Refusal> {
    if (this.isBehind(ask)) await this.compare();
    const refusal = this.inadmissible(verb, ask, this.now) ?? this.admit(verb, ask);
    if (refusal !== null) return refusal;
    await this.commit();
    return this.known.outcome(commandCause(ask));
  }

  /** The commands that a later run must still recognise. */
  recentCommands(): readonly KnownCommand[] {
    return this.known.recent(Date.now());
  }

  /**
   * Makes a record although nothing may be decided: what stands in Postgres already is taken up, and what is due on that.
   * A reborn run claims its epoch by it.
   */
  async compare(): Promise<void> {
    await this.record();
    this.catchUp();
  }

  /** Records whatever is decided, and what falls due by it, in order. */
  async commit(): Promise<void> {
    for (this.catchUp(); this.entries.length > 0; this.catchUp()) await this.record();
  }

  private catchUp(): void {
    for (const { command, cause, by = clock } of duesBy(this.present, this.now).dues) this.decide(command, { by, cause });
  }

  /** Why a command is not even looked at, whatever it asks for. */
  private inadmissible(verb: AskedVerb, ask: Ask, at: Instant): Refusal | null {
    const cause = commandCause(ask);
    if (this.known.isAnother(cause, verb, ask)) {
      return refuse("key_reused", "This key belongs to another command.", { key: ask.key });
    }
    if (this.known.has(cause)) return null;
    if (this.steps.stuck !== null) return refuse("stuck", "The ticket is parked until an operator repairs it.");
    if (ask.notAfter < at) {
      return refuse("expired", "The command came too late and has no effect.", { notAfter: ask.notAfter });
    }
    return null;
  }

  /** Takes a command up, unless it is known already. */
  private admit(verb: AskedVerb, ask: Ask): Refusal | null {
    const cause = commandCause(ask);
    if (this.known.has(cause)) return null;
    const { scope, key, sha256, notAfter } = ask;
    const decided = this.decide(toCommand(verb, ask), toAsked(ask), { scope, key, sha256, notAfter, verb });
    if (isRefusal(decided)) return decided;
    this.known.prune(this.now, (old) => this.isPending(old));
    this.known.note({ cause, verb, sha256, notAfter, version: decided.version });
    return null;
  }

  private async record(): Promise<void> {
    const events = this.entries.map(({ event }) => event);
    const input = {
      number: this.recorded.number,
      intakeId: this.recorded.intakeId,
      epoch: this.epoch,
      version: this.recorded.version,
      at: this.now,
      events,
      commands: this.entries.flatMap(({ key, asked }) => (key === null ? [] : [{ ...key, cause: asked.cause }])),
    };
    this.take(await this.steps.run("record", input, recordSummary(events)));
  }

  private take(outcome: RecordOutcome): void {
    if (outcome.at !== this.now) this.decideAt(outcome.at);
    if (outcome.kind === "dropped") {
      for (const { cause, refusal } of outcome.causes) this.drop(cause, refusal);
      this.decideAgain();
      return;
    }
    const events = outcome.kind === "written" ? this.entries.map(({ event }) => event) : outcome.events;
    for (const event of events) this.settle(event);
    if (outcome.kind === "found") {
      for (const { cause, version } of events) this.known.adopt(cause, version);
      this.decideAgain();
    }
    this.listener.recorded(events, outcome.notices);
  }

  /** An event stands in Postgres: ours, or one that an attempt left there before Temporal lost its memory of it. */
  private settle(event: TicketEvent): void {
    if (event.version === this.recorded.version + 1) this.recorded = fold(this.recorded, event);
    this.known.standsAt(event.cause, event.version);
    this.entries = this.entries.filter(({ asked }) => asked.cause !== event.cause);
  }

  private drop(cause: string, refusal: Refusal): void {
    const dropped = this.entries.filter(({ asked }) => asked.cause === cause);
    this.entries = this.entries.filter(({ asked }) => asked.cause !== cause);
    for (const { command } of dropped) this.forget(command, cause, refusal);
  }

  private forget(command: Command, cause: string, refusal: Refusal): void {
    this.known.lose(cause, refusal);
    this.listener.dropped(command, cause);
  }

  /**
   * A replay of a task that waited long for its record sees a later time than the run did. It was decided at `at`: what was due
   * by then, and what was asked.
   */
  private decideAt(at: Instant): void {
    this.now = at;
    this.decideAgain();
    this.catchUp();
  }

  /**
   * What is decided but not recorded is decided anew on what is recorded, behind whatever is due on that; a decision that no
   * longer holds is dropped.
   */
  private decideAgain(): void {
    const undecided = this.entries.filter(({ asked, command }) => asked.by !== clock && command.verb !== "sendReply");
    this.entries = [];
    this.present = this.recorded;
    this.catchUp();
    for (const { command, asked, key } of undecided) {
      const decided = this.decide(command, asked, key);
      if (isRefusal(decided)) this.forget(command, asked.cause, decided);
      else this.known.standsAt(asked.cause, decided.version);
    }
  }

  /** Whether Postgres has more than this run: a record outlived the memory of it, and it must be judged on what is there. */
  private isBehind({ seen }: Ask): boolean {
    return seen !== undefined && seen > this.present.version;
  }

  /** Whether a decision of this cause is made and not recorded yet. */
  private isPending(cause: string): boolean {
    return this.entries.some(({ asked }) => asked.cause === cause);
  }
}

/** A refusal as Temporal carries it to the client; a plain error would hang the workflow. */
export function failure({ refused, message, details }: Refusal): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, refused, details);
}

function toCommand(verb: AskedVerb, ask: Ask): Command {
  return { verb, args: ask.args } as Command;
}

function toAsked(ask: Ask): Omit<Asked, "at"> {
  return { by: ask.by, cause: commandCause(ask), ifVersion: ask.ifVersion ?? undefined };
}
