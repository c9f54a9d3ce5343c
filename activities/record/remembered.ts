// The tickets that this process has recorded last, as they stand in Postgres: who knows a ticket need not read it before the
// next record. It may be wrong (another worker wrote, a store was restored), so the writing compares fingerprints.
import { unopened } from "../../domain/opening";
import type { Ticket } from "../../domain/ticket";
import type { RecordInput } from "./shapes";

/** A ticket as its row has it. */
export interface Known {
  readonly ticket: Ticket;
  /** Of the row's state, as Postgres makes it; null where only an intake can be. */
  readonly fingerprint: string | null;
}

/** About 5 kB each. */
const most = 2_000;

export class Remembered {
  /** The one that was written longest ago is first. */
  private readonly byNumber = new Map<number, Known>();

  /** What a record builds on; null when it must be read. Before the first event it is the intake, which that event holds. */
  before({ number, version, intakeId, events }: RecordInput): Known | null {
    const [first] = events;
    if (version === 0) {
      return first?.kind === "opened" ? { ticket: unopened(first.facts.intake), fingerprint: null } : null;
    }
    const known = this.byNumber.get(number);
    return known?.ticket.version === version && known.ticket.intakeId === intakeId ? known : null;
  }

  keep(known: Known): void {
    const { number } = known.ticket;
    this.byNumber.delete(number);
    this.byNumber.set(number, known);
    if (this.byNumber.size <= most) return;
    for (const oldest of this.byNumber.keys()) return void this.byNumber.delete(oldest);
  }

  forget(number: number): void {
    this.byNumber.delete(number);
  }
}
