// Somebody at the other end of the wire who does not give up easily, and has bad manners when chance has it: sends
// three times at once, hangs up, sends again, or uses a key for something else.
import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../random";
import { verdict } from "./ledger";
import type { Call, Ledger, Order } from "./ledger";

/** What chance may bring, as one in so many; 0: never. */
export interface Manners {
  readonly thrice: number;
  readonly hangUp: number;
  readonly otherBody: number;
  /** Stops asking after an answer that leaves the outcome open. */
  readonly giveUp: number;
}

export const badManners: Manners = { thrice: 6, hangUp: 8, otherBody: 10, giveUp: 6 };

const answerWithinMs = 12_000;
const patienceMs = 120_000;
const againMs = 700;

export class Client {
  constructor(
    private readonly urls: readonly string[],
    private readonly ledger: Ledger,
    private readonly random: Random,
    private readonly manners: Manners,
    private readonly stopped: () => boolean,
  ) {}

  /** The last definite answer; null when the client gave up without one. */
  async see(order: Order): Promise<Call | null> {
    const last = this.chance(this.manners.thrice) ? await this.thrice(order) : await this.persist(order);
    const mayMisuse = last !== null && verdict(last) === "done" && order.isForm !== true;
    if (mayMisuse && this.chance(this.manners.otherBody)) await this.misuse(order);
    return last;
  }

  private async thrice(order: Order): Promise<Call | null> {
    const calls = await Promise.all([this.send(order), this.send(order), this.send(order)]);
    return calls.find((call) => verdict(call) === "done") ?? (await this.persist(order));
  }

  private async persist(order: Order): Promise<Call | null> {
    if (this.chance(this.manners.hangUp)) await this.send(order, this.random.between(1, 150));
    for (const until = Date.now() + patienceMs; Date.now() < until && !this.stopped();) {
      const call = await this.send(order);
      if (verdict(call) !== "unknown") return call;
      if (this.chance(this.manners.giveUp)) return null;
      await sleep(againMs);
    }
    return null;
  }

  private async misuse(order: Order): Promise<void> {
    const other = order.verb === "open" ? { subject: "Something else" } : { ifVersion: 2_000_000 };
    await this.send(order, answerWithinMs, { ...order.body, ...other });
  }

  private chance(one: number): boolean {
    return one > 0 && this.random.oneIn(one);
  }

  private async send(order: Order, hangUpMs = answerWithinMs, otherBody?: object): Promise<Call> {
    const sentAt = Date.now();
    const answer = await ask(`${this.random.pick(this.urls)}${order.path}`, order, otherBody ?? order.body, hangUpMs);
    const call: Call = { order, otherBody: otherBody !== undefined, sentAt, answeredAt: Date.now(), ...answer };
    this.ledger.enter(call);
    return call;
  }
}

type Answer = Pick<Call, "status" | "code" | "number" | "version">;

async function ask(url: string, order: Order, body: object, withinMs: number): Promise<Answer> {
  const form = order.isForm === true;
  try {
    const response = await fetch(url, {
      method: order.method,
      redirect: "manual",
      headers: form ? {} : headersOf(order),
      body: form ? new URLSearchParams(body as Record<string, string>) : JSON.stringify(body),
      signal: AbortSignal.timeout(withinMs),
    });
    const text = await response.text();
    const told = form ? {} : (JSON.parse(text) as Record<string, unknown>);
    return {
      status: response.status,
      code: typeof told["code"] === "string" ? told["code"] : null,
      number: asNumber(told["number"] ?? told["ticket"]),
      version: asNumber(told["version"]),
    };
  } catch {
    return { status: null, code: null, number: null, version: null };
  }
}

function headersOf({ key, apiKey }: Order): Record<string, string> {
  return {
    "content-type": "application/json",
    "idempotency-key": key,
    ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
  };
}

function asNumber(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
