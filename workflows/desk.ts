// What one run holds together: the journal, the postman, the steps, and the ears for commands, signals and queries.
import { CancellationScope, setCurrentDetails, setHandler, upsertSearchAttributes } from "@temporalio/workflow";
import type { UpdateDefinition } from "@temporalio/common";
import type { SendOutcome } from "../activities";
import type { Command } from "../domain/decide";
import { nextDue } from "../domain/due";
import { unopened } from "../domain/opening";
import { isRefusal } from "../domain/refusal";
import type { Intake, Ticket, TicketEvent } from "../domain/ticket";
import { failure, Journal } from "./journal";
import { askedVerbs, capacityFreed, live, repair, storeRestored, updates } from "./messages";
import type { Answer, Ask, AskedVerb, FreedCapacity, Live, NoticeRef, TicketStart } from "./messages";
import { Postman } from "./postman";
import { Steps } from "./steps";
import * as story from "./story";

const mail = { kind: "system", id: "mail" } as const;
const dispatch = { kind: "system", id: "dispatch" } as const;

export class Desk {
  readonly epoch: number;
  readonly steps: Steps;
  readonly journal: Journal;
  readonly postman: Postman;
  /** Decisions of dispatch that the ticket has no use for: their places are to be passed on. */
  readonly declined: string[] = [];
  /** A place was gone when it was to be recorded: the choice is to be made anew. */
  lostPlace = false;
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
      dropped: (command) => this.dropped(command),
    });
    this.postman = new Postman(ticket.number, (outcome) => this.settled(outcome));
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
    this.showDetails();
    const next = story.searchAttributes(this.journal.present, this.steps.stuck);
    const changed = story.changes(this.published, next);
    if (changed.length > 0) upsertSearchAttributes(changed);
    this.published = next;
  }

  private showDetails(): void {
    const { present } = this.journal;
    const { unsettled } = this.postman;
    setCurrentDetails(story.details(present, nextDue(present), this.lastSteps, unsettled, this.steps.stuck));
  }

  /** The first event, before anybody can be heard; it is recorded together with what the rules and dispatch make of it. */
  private open(intake: Intake): void {
    this.journal.gathering = true;
    const by = intake.openedBy ?? { kind: "requester" as const, id: intake.requester };
    this.journal.decide({ verb: "open", args: { intake } }, { by, cause: `intake:${intake.intakeId}` });
  }

  private listen(): void {
    for (const verb of askedVerbs) this.listenTo(verb);
    setHandler(capacityFreed, (freed) => this.takePlace(freed));
    setHandler(storeRestored, () => this.journal.compare());
    setHandler(live, () => this.asLive());
    setHandler(repair, () => this.steps.repair());
  }

  private listenTo(verb: AskedVerb): void {
    // Not even a cancelled run leaves a command unanswered.
    const execute = async (ask: Ask): Promise<Answer> =>
      await CancellationScope.nonCancellable(() => this.journal.execute(verb, ask));
    const validator = (ask: Ask): void => {
      const objection = this.journal.objection(verb, ask);
      if (objection !== null) throw failure(objection);
    };
    setHandler(updates[verb] as UpdateDefinition<Answer, [Ask]>, execute, { validator });
  }

  /** A reserved place is taken, or declined when somebody has the ticket already; told twice, it is the same place. */
  private takePlace({ agent, team, decision }: FreedCapacity): void {
    const cause = `decision:${decision}`;
    if (this.journal.isPending(cause)) return;
    const decided = this.journal.decide({ verb: "route", args: { agent, team, decision } }, { by: dispatch, cause });
    if (isRefusal(decided)) this.declined.push(decision);
  }
  private recorded(events: readonly TicketEvent[], notices: readonly NoticeRef[]): void {
    this.lastSteps = [...this.lastSteps, ...events].slice(-story.rememberedSteps);
    this.postman.hand(notices);
    this.tellStory();
  }

  private dropped({ verb }: Command): void {
    if (verb === "route") this.lostPlace = true;
  }

  /** Auto-close counts from the mail that says "solved"; staff are told of every mail that can't reach the requester. */
  private settled({ notice, version, template, recipient, state, sentAt, attempts }: SendOutcome): void {
    const asked = { by: mail, cause: `notice:${notice}:${state}:${attempts}` };
    if (template === "solved" && state === "sent" && sentAt !== null) {
      this.journal.decide({ verb: "noteSolutionSent", args: { version, notice, sentAt } }, asked);
    }
    if (recipient === "requester" && state === "failed") {
      this.journal.decide({ verb: "noteUndelivered", args: { notice, of: version } }, asked);
    }
    this.showDetails();
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
      return from.carried.ticket;
    case "reborn":
      return from.ticket;
  }
}
