// The commands that a run has seen: each gets one answer, however often it is sent. Knows causes, versions and refusals;
// refuses to know what a command does.
import { refuse } from "../domain/refusal";
import type { Refusal } from "../domain/refusal";
import type { Answer, Ask, AskedVerb } from "./messages";
import type { KnownCommand } from "./starts/ticket";

export class KnownCommands {
  private readonly byCause = new Map<string, KnownCommand>();
  /** Recorded by an attempt of which this run has no memory: by cause, the version. */
  private readonly adopted = new Map<string, number>();
  private readonly refused = new Map<string, Refusal>();

  constructor(known: readonly KnownCommand[]) {
    for (const command of known) this.byCause.set(command.cause, command);
  }

  has(cause: string): boolean {
    return this.byCause.has(cause) || this.adopted.has(cause);
  }

  /** Whether this is another command under a key that is known. */
  isAnother(cause: string, verb: AskedVerb, { sha256 }: Ask): boolean {
    const known = this.byCause.get(cause);
    return known !== undefined && (known.verb !== verb || known.sha256 !== sha256);
  }

  note(command: KnownCommand): void {
    this.byCause.set(command.cause, command);
  }

  /** An event of this cause stands, or will stand, at this version. */
  standsAt(cause: string, version: number): void {
    const known = this.byCause.get(cause);
    if (known !== undefined) this.byCause.set(cause, { ...known, version });
  }

  /** An event was found that this run may have forgotten asking for. */
  adopt(cause: string, version: number): void {
    if (!this.byCause.has(cause)) this.adopted.set(cause, version);
  }

  /** It was decided and has lost its ground: it may be tried again. */
  lose(cause: string, refusal: Refusal): void {
    this.byCause.delete(cause);
    this.refused.set(cause, refusal);
  }

  /** Where its event stands, or why it has none. */
  outcome(cause: string): Answer | Refusal {
    const version = this.byCause.get(cause)?.version ?? this.adopted.get(cause);
    if (version !== undefined) return { version };
    return this.refused.get(cause) ?? refuse("expired", "The command has no effect.");
  }

  /** Lets go of those that can't be sent again, save what is still to be recorded. */
  prune(now: number, isPending: (cause: string) => boolean): void {
    for (const [cause, { notAfter }] of this.byCause) {
      if (notAfter < now && !isPending(cause)) this.byCause.delete(cause);
    }
  }

  /** Those that a later run must still recognise. */
  recent(now: number): readonly KnownCommand[] {
    return [...this.byCause.values()].filter(({ notAfter }) => notAfter >= now);
  }
}
