// What one run holds together: the journal, the postman, the steps, and the ears for commands, signals and queries.
import { CancellationScope, condition, setCurrentDetails, setHandler, sleep, upsertSearchAttributes } from "@temporalio/workflow";
import type { Duration, UpdateDefinition } from "@temporalio/common";
import type { SendOutcome } from "../activities";
import { countedTemplates } from "../domain/audience";
import type { Command } from "../domain/decide";
import { nextDue } from "../domain/due";
import { unopened } from "../domain/opening";
import { complete } from "../domain/state";
import { isRefusal, refuse } from "../domain/refusal";
import type { Refusal } from "../domain/refusal";
import type { TicketEvent } from "../domain/event";
import type { Intake, Ticket } from "../domain/ticket";
import { Alarm } from "./alarm";
import { Inbox } from "./inbox";
import { failure, Journal } from "./journal";
import { askedVerbs, capacityFreed, factCause, live, mailFacts, mailReturned, mailSignals, offerWithdrawn, overflowed, repair, storeRestored, updates, waitGrew } from "./messages";
import type { Answer, Ask, AskedVerb, FreedCapacity, Live, MailFact, NoticeRef, ReturnedMail, Told, WithdrawnOffer } from "./messages";
import { Postman } from "./postman";
import { answerQueriesWhen } from "./quiet-queries";
import type { TicketStart } from "./starts/ticket";
import { Steps } from "./steps";
import * as story from "./story";

const mail = { kind: "system", id: "mail" } as const;
const dispatch = { kind: "system", id: "dispatch" } as const;

export class Desk {
  readonly epoch: number;
  readonly inbox = new Inbox();
  readonly alarm = new Alarm();
  readonly steps: Steps;
  readonly journal: Journal;
  readonly postman: Postman;
  /** Decisions of dispatch that the ticket has no use for: their places are to be passed on. */
  readonly declined: string[] = [];
  /** Mails that a closed ticket can't take in: they are to find another. */
  readonly returned: string[] = [];
  /** A place was gone when it was to be recorded: the choice is to be made anew. */
  lostPlace = false;
  /** A closed ticket's run lives on for a while, for the command that reopens it. */
  awaitsReopening = false;
  private lastSteps: readonly TicketEvent[] = [];
  private published: ReturnType<typeof story.searchAttributes>;

  /** Everything is set, and every handler registered, before the first await. */
  constructor({ from, epoch }: TicketStart) {
    const ticket = ticketOf(from);
    const known = from.kind === "carried" ? from.carried.known : [];
    this.epoch = epoch;
    this.steps = new Steps(ticket.number, () => this.tellStory());
    this.journal = new Journal(ticket, known, epoch, this.steps, {
      recorded: (events, notices) => this.recorded(events, notices),
      dropped: (command, cause) => this.dropped(command, cause),
    });
    this.postman = new Postman(ticket.number, () => this.ticket.priority === "urgent", (batch, outcomes) => this.inbox.put(() => this.settled(batch, outcomes)));
    this.published = from.kind === "carried" ? story.searchAttributes(ticket, null) : [];
    if (from.kind === "opened") this.open(from.intake);
    this.listen();
    if (from.kind === "carried") this.postman.hand(from.carried.unsettled);
  }

  /** As decided so far. */
  get ticket(): Ticket {
    return this.journal.present;
  }

  /** Shows the ticket as it stands in the Temporal UI; only what changed costs an event. */
  tellStory(): void {
    const { present } = this.journal;
    const { unsettled } = this.postman;
    setCurrentDetails(story.details(present, nextDue(present), this.lastSteps, unsettled, this.steps.stuck));
    const next = story.searchAttributes(present, this.steps.stuck);
    const changed = story.changes(this.published, next);
    if (changed.length > 0) upsertSearchAttributes(changed);
    this.published = next;
  }

  /** The first event, before anybody can be heard; it is recorded together with what the rules and dispatch make of it. */
  private open(intake: Intake): void {
    const by = intake.openedBy ?? { kind: "requester" as const, id: intake.requester };
    this.journal.decide({ verb: "open", args: { intake } }, { by, cause: `intake:${intake.intakeId}` });
  }

  /** For a duration such as `10 seconds`. */
  awaitReopening(grace: Duration): void {
    this.awaitsReopening = true;
    void sleep(grace).then(() => {
      this.awaitsReopening = false;
    });
  }

  /** Between two turns, or while all there is to do is wait: for the database, or for an operator. */
  private get isQuiet(): boolean {
    const { underWay, stuck } = this.steps;
    if (underWay === "nothing") return stuck !== null || (this.inbox.isEmpty && !this.alarm.rang);
    return underWay === "long wait";
  }

  private listen(): void {
    answerQueriesWhen(() => this.isQuiet);
    for (const verb of askedVerbs) this.listenTo(verb);
    for (const fact of Object.keys(mailFacts) as MailFact[]) {
      setHandler(mailSignals[fact], (told: Told) => this.inbox.put(() => this.hear(fact, told)));
    }
    setHandler(capacityFreed, (freed) => this.inbox.put(() => this.takePlace(freed)));
    setHandler(offerWithdrawn, (withdrawn) => this.inbox.put(() => this.withdrawOffer(withdrawn)));
    setHandler(waitGrew, (args) => this.inbox.put(() => this.byDispatch({ verb: "expectLater", args }, "wait:told-later")));
    setHandler(overflowed, (args) => this.inbox.put(() => this.byDispatch({ verb: "overflow", args }, `overflow:${args.from}:${args.to}`)));
    setHandler(mailReturned, (returned) => this.inbox.put(() => this.noteReturned(returned)));
    setHandler(storeRestored, () => this.inbox.put(() => this.goByStore()));
    setHandler(live, () => this.asLive());
    setHandler(repair, () => this.steps.repair());
  }

  private listenTo(verb: AskedVerb): void {
    // Not even a cancelled run leaves a command unanswered.
    const execute = async (ask: Ask): Promise<Answer> =>
      await CancellationScope.nonCancellable(() => this.executeInTurn(verb, ask));
    const validator = (ask: Ask): void => {
      const objection = this.journal.objection(verb, ask, Date.now());
      if (objection !== null) throw failure(objection);
    };
    setHandler(updates[verb] as UpdateDefinition<Answer, [Ask]>, execute, { validator });
  }

  private async executeInTurn(verb: AskedVerb, ask: Ask): Promise<Answer> {
    let outcome: Answer | Refusal | null = null;
    this.inbox.put(async () => {
      outcome = await this.journal.execute(verb, ask);
    });
    await condition(() => outcome !== null || this.steps.stuck !== null);
    const answer = outcome ?? refuse("stuck", "The ticket is parked until an operator repairs it.");
    if (isRefusal(answer)) throw failure(answer);
    return answer;
  }

  /** Postgres knows better what is recorded, and whether the ticket still stands in its team's queue: that is asked anew. */
  private async goByStore(): Promise<void> {
    await this.journal.compare();
    if (this.ticket.routing === "waiting") this.lostPlace = true;
  }

  /** What a mail says is taken in at its arrival's instant, or given back. */
  private async hear(fact: MailFact, { id, by, seen, args }: Told): Promise<void> {
    if (seen > this.journal.present.version) await this.journal.compare();
    const decided = this.journal.decide({ verb: mailFacts[fact], args } as Command, { by, cause: factCause(id) });
    if (isRefusal(decided)) this.returned.push(id);
  }

  /** A reserved place is taken or offered, or declined when nobody is wanted any more; told twice, it is the same place. */
  async takePlace({ offer, ...place }: FreedCapacity): Promise<void> {
    const command: Command =
      offer === undefined ? { verb: "route", args: place } : { verb: "offer", args: { ...place, terms: offer } };
    const decided = await this.byDispatch(command, `decision:${place.decision}`);
    if (isRefusal(decided)) this.declined.push(place.decision);
  }

  /** Whom it is on offer to has gone; an offer that is over already stays so. */
  private withdrawOffer(withdrawn: WithdrawnOffer): void {
    const asked = { by: dispatch, cause: `offer:${withdrawn.decision}:withdrawn` };
    this.journal.decide({ verb: "withdrawOffer", args: withdrawn }, asked);
  }

  /**
   * Dispatch goes by what stands in Postgres, of which this run may have lost its memory: what it would refuse it looks at once
   * more as it stands there. A place would otherwise be passed on, and the ticket wait where nobody sees it.
   */
  private async byDispatch(command: Command, cause: string): Promise<TicketEvent | Refusal> {
    const asked = { by: dispatch, cause };
    const decided = this.journal.decide(command, asked);
    if (!isRefusal(decided)) return decided;
    await this.journal.compare();
    return this.journal.decide(command, asked);
  }

  /** Told twice, it is the same mail. */
  private noteReturned({ notice, version }: ReturnedMail): void {
    this.journal.decide({ verb: "noteUndelivered", args: { notice, of: version } }, { by: mail, cause: `notice:${notice}:bounced` });
  }

  private recorded(events: readonly TicketEvent[], notices: readonly NoticeRef[]): void {
    this.lastSteps = [...this.lastSteps, ...events].slice(-story.rememberedSteps);
    for (const event of events) if (event.kind === "noticeRetried") this.postman.wishAgain(event.facts.notice);
    this.postman.hand(notices);
  }

  private dropped({ verb }: Command, cause: string): void {
    if (verb === "route" || verb === "offer") this.lostPlace = true;
    if (cause.startsWith(factCause(""))) this.returned.push(cause.slice(factCause("").length));
  }

  /** Windows count from the mail that began them; staff are told of every mail that can't reach the requester. */
  private settled(batch: readonly NoticeRef[], outcomes: readonly SendOutcome[]): void {
    for (const { notice, version, template, recipient, state, sentAt, attempts } of outcomes) {
      const asked = { by: mail, cause: `notice:${notice}:${state}:${attempts}` };
      if (countedTemplates.includes(template) && state === "sent" && sentAt !== null) {
        this.journal.decide({ verb: "noteSent", args: { of: version, notice, sentAt } }, asked);
      }
      if (recipient === "requester" && (state === "failed" || state === "unknown")) {
        this.journal.decide({ verb: "noteUndelivered", args: { notice, of: version } }, asked);
      }
    }
    this.postman.settle(batch, outcomes);
  }

  private asLive(): Live {
    const { present, recorded } = this.journal;
    const due = nextDue(present);
    return {
      ticket: present,
      recordedVersion: recorded.version,
      epoch: this.epoch,
      next: due === null ? null : { at: due.at, what: story.dueWords(due, present) },
      unsettledNotices: this.postman.unsettled.map(({ id }) => id),
      stuck: this.steps.stuck,
    };
  }
}

function ticketOf(from: TicketStart["from"]): Ticket {
  switch (from.kind) {
    case "opened":
      return unopened(from.intake);
    case "carried":
      return complete(from.carried.ticket);
    case "reborn":
      return complete(from.ticket);
  }
}
