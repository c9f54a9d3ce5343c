// One scenario as it is played: what was done to the desk, whether it was really hit, and what came of it.
import { setTimeout as sleep } from "node:timers/promises";
import type { Manners } from "./clients/client";
import type { Crowd } from "./clients/crowd";
import type { Live } from "./clients/life";
import { verbNames } from "./clients/orders";
import type { Fault } from "./ledgers/evidence";
import { arm, disarm, hits } from "./points/armed";
import type { Deed } from "./points/armed";
import type { Random } from "./random";
import type { Part } from "./stage/part";
import type { Proxy, Weather } from "./stage/proxy";
import type { Link, Stage, StageOptions } from "./stage/stage";

/** How long a point may take to be come by, on a busy machine; ms. */
const hitWithinMs = 120_000;

export interface Leading {
  readonly first?: string | null;
  readonly provoke?: (stage: Stage) => Promise<void>;
}

const lookEveryMs = 20;
/** Looks. */
const provokedEvery = 50;

export class Play {
  readonly faults: Fault[] = [];
  /** Points that were armed and never come by. */
  readonly missed: string[] = [];
  /** What the scenario itself found wrong, beside the laws that always hold. */
  readonly charges: string[] = [];

  constructor(
    readonly stage: Stage,
    readonly crowd: Crowd,
    readonly random: Random,
    readonly lives: number,
    readonly say: (line: string) => void,
  ) {}

  /**
   * Arms points, the first to come by first, and waits until all are hit. `first`: what leads there, done before anything
   * else by lives that begin meanwhile; `provoke` does again and again what brings somebody there whom chance may not.
   */
  async at(points: readonly string[], deed: Deed, { first = verbIn(points), provoke }: Leading = {}): Promise<void> {
    const { points: dir } = this.stage;
    const before = hits(dir).length;
    for (const point of points) arm(dir, point, deed);
    this.crowd.first = first;
    const until = Date.now() + hitWithinMs;
    const isMissed = (): boolean => {
      const hit = new Set(hits(dir).slice(before).map(({ point }) => point));
      return points.some((point) => !hit.has(point));
    };
    for (let tries = 1; isMissed() && Date.now() < until; tries += 1) {
      if (tries % provokedEvery === 0) await provoke?.(this.stage).catch(() => undefined);
      await sleep(lookEveryMs);
    }
    for (const point of points) disarm(dir, point);
    this.crowd.first = null;
    const hit = hits(dir).slice(before);
    for (const { point, pid, at } of hit) {
      const struck = deed.kind === "kill" ? this.named([pid, ...(deed.also ?? [])]) : [];
      this.note(`${deed.kind} at ${point}`, at, at + (deed.ms ?? 0), struck);
    }
    this.missed.push(...points.filter((point) => hit.every((each) => each.point !== point)));
    // What is stalled is over before the next fault.
    await sleep(deed.ms ?? 0);
  }

  async killed(...parts: readonly Part[]): Promise<void> {
    const from = Date.now();
    await Promise.all(parts.map((part) => part.kill()));
    this.note(`kill ${names(parts)}`, from, Date.now(), namesOf(parts));
    await Promise.all(parts.map((part) => part.isUp()));
  }

  async frozen(ms: number, ...parts: readonly Part[]): Promise<void> {
    for (const part of parts) part.freeze();
    await this.lasting(`freeze ${names(parts)}`, ms, namesOf(parts));
    for (const part of parts) part.thaw();
  }

  async away(part: Part, ms: number): Promise<void> {
    await this.down(part);
    await this.lasting(`${part.name} away`, ms);
    await part.up();
  }

  /** Kills, and they stay away. */
  async down(...parts: readonly Part[]): Promise<void> {
    const from = Date.now();
    await Promise.all(parts.map((part) => part.down()));
    this.note(`down ${names(parts)}`, from, Date.now(), namesOf(parts));
  }

  async weather(link: Link, weather: Weather, ms: number): Promise<void> {
    this.proxyOf(link).set(weather);
    await this.lasting(`${weather.kind} on ${link}`, ms, weather.kind === "cut" ? [link] : []);
    this.proxyOf(link).set({ kind: "clear" });
  }

  /** Breaks what is connected now. */
  broken(link: Link): void {
    this.proxyOf(link).breakAll();
    this.note(`broken once: ${link}`, Date.now(), Date.now(), [link]);
  }

  /** Notes what is the case from now on for a while, and waits that long. */
  async lasting(name: string, ms: number, struck: readonly string[] = []): Promise<void> {
    const from = Date.now();
    await sleep(ms);
    this.note(name, from, Date.now(), struck);
  }

  /** Notes what is brought about, once it really is the case, and lets it last; what never comes true was missed. */
  async seen(name: string, ms: number, comesTrue: () => Promise<boolean>): Promise<void> {
    const from = Date.now();
    for (let isTrue = await comesTrue(); !isTrue; isTrue = await comesTrue()) {
      if (Date.now() > from + hitWithinMs) return void this.missed.push(name);
      await sleep(50);
    }
    await sleep(ms);
    this.note(name, from, Date.now());
  }

  /** Lets the crowd come to so many more ends. */
  async progress(count: number, withinMs = 20_000): Promise<void> {
    const goal = this.crowd.done + count;
    for (const until = Date.now() + withinMs; this.crowd.done < goal && Date.now() < until;) await sleep(20);
  }

  note(name: string, from: number, to: number, struck: readonly string[] = []): void {
    this.faults.push({ name, from, to, struck });
    this.say(`${name}${to - from > 500 ? ` (${((to - from) / 1_000).toFixed(1)} s)` : ""}`);
  }

  private proxyOf(link: Link): Proxy {
    const found = this.stage.links[link];
    if (found === undefined) throw new Error(`There is no ${link} on this stage.`);
    return found;
  }

  private named(pids: readonly number[]): string[] {
    const { postgres, temporal, smtp, workers, apis } = this.stage;
    return namesOf([postgres, temporal, smtp, ...workers, ...apis].filter((part) => pids.some((pid) => part.was(pid))));
  }
}

function verbIn([point]: readonly string[]): string | null {
  return verbNames.find((verb) => point?.endsWith(`.${verb}`)) ?? null;
}

function names(parts: readonly Part[]): string {
  return namesOf(parts).join(" + ");
}

function namesOf(parts: readonly Part[]): string[] {
  return parts.map(({ name }) => name);
}

/** A scenario: what the desk is made of, and what happens to it while people use it. */
export interface Scenario {
  readonly what: string;
  /** How its people live. Default: by HTTP. */
  readonly lives?: (stage: Stage) => Live;
  readonly stage?: StageOptions;
  readonly lanes?: number;
  readonly manners?: Manners;
  /** Laws that can't hold where something was taken away for good, with the reason. */
  readonly exempt?: Readonly<Record<string, string>>;
  /** Why it can't be played on this machine; null when it can. */
  readonly hindrance?: () => string | null;
  /** Played only when asked for by name. */
  readonly onDemand?: boolean;
  readonly play: (play: Play) => Promise<void>;
}
