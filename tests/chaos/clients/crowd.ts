// Many lives at once, one after the other on each lane, for as long as there is something to find out.
import { randomUUID } from "node:crypto";
import { Random } from "../random";
import { Client } from "./client";
import type { Manners } from "./client";
import { Ledger, verdict } from "./ledger";
import type { Live } from "./life";

export interface CrowdOptions {
  readonly seed: number;
  readonly canary: string;
  readonly urls: readonly string[];
  readonly manners: Manners;
  readonly lanes: number;
  readonly live: Live;
}

/** How long lives may go on after the last one was to begin, ms. */
const lastWordsMs = 90_000;

export class Crowd {
  readonly ledger = new Ledger();
  readonly run = randomUUID().slice(0, 8);
  private begun = 0;
  private enough = false;
  private over = false;
  private readonly lanes: readonly Promise<void>[];
  /** What lives that begin now do before anything else; null: as chance has it. */
  first: string | null = null;

  constructor(
    private readonly options: CrowdOptions,
    private readonly atLeast: number,
  ) {
    this.lanes = Array.from({ length: options.lanes }, () => this.lane());
  }

  get canary(): string {
    return this.options.canary;
  }

  get lives(): number {
    return this.begun;
  }

  /** Orders that came to something. */
  get done(): number {
    return this.ledger.calls.filter((call) => verdict(call) === "done").length;
  }

  /** Begins no life beyond those that were promised, and waits for the end of all. */
  async finish(): Promise<void> {
    this.enough = true;
    const timer = setTimeout(() => (this.over = true), lastWordsMs);
    await Promise.all(this.lanes);
    clearTimeout(timer);
  }

  /** Whatever they are at: no life goes on. */
  leave(): void {
    this.over = true;
  }

  private async lane(): Promise<void> {
    while (!this.over && (!this.enough || this.begun < this.atLeast)) {
      this.begun += 1;
      const life = this.begun;
      // A life depends on the seed and its number alone, not on who comes first.
      const random = new Random(this.options.seed).fork(life);
      const { urls, manners, canary, live } = this.options;
      const isOver = (): boolean => this.over;
      const client = new Client(urls, this.ledger, random.fork(1), manners, isOver);
      const writer = { life, canary, run: this.run, random: random.fork(2) };
      await live({ client, ledger: this.ledger, writer, isOver, first: this.first });
    }
  }
}
