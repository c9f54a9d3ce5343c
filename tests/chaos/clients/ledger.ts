// What clients remember of every call they made: the first of the ledgers that are compared afterwards.
import type { Bringing } from "./letters";

/** What a client wants done: sent again under its key until the answer is definite. */
export interface Order {
  readonly life: number;
  /** `open`, or the verb. */
  readonly verb: string;
  readonly method: "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly body: object;
  readonly key: string;
  /** Whose keys these are; the API key to show, null for a stranger. */
  readonly scope: string;
  readonly apiKey: string | null;
  /** The ticket addressed; null while there is none. */
  readonly number: number | null;
  /** A form on the requester's page: it carries no key of ours, and answers with a page. */
  readonly isForm?: boolean;
}

/** One try of an order and its answer. */
export interface Call {
  readonly order: Order;
  /** Whether the body was another one than that of the order. */
  readonly otherBody: boolean;
  readonly sentAt: number;
  readonly answeredAt: number;
  /** Null: no answer, or the client hung up. */
  readonly status: number | null;
  /** Of a problem. */
  readonly code: string | null;
  /** The ticket and version that the answer tells. */
  readonly number: number | null;
  readonly version: number | null;
}

/** What `GET /commands/:key` said in the end. */
export interface Told {
  readonly status: number;
  readonly state: "done" | "pending" | "none" | null;
  readonly version: number | null;
}

export type Verdict = "done" | "refused" | "unknown";

export function verdict({ status }: Pick<Call, "status">): Verdict {
  // A form that was taken leads back to its page.
  if (status !== null && status < 400) return "done";
  return status === null || status === 429 || status >= 500 ? "unknown" : "refused";
}

export class Ledger {
  readonly calls: Call[] = [];
  /** Every try to bring a mail. */
  readonly letters: Bringing[] = [];

  enter(call: Call): void {
    this.calls.push(call);
  }

  /** All calls by scope and key. */
  byKey(): ReadonlyMap<string, readonly Call[]> {
    const found = new Map<string, Call[]>();
    for (const call of this.calls) {
      const name = `${call.order.scope} ${call.order.key}`;
      found.set(name, [...(found.get(name) ?? []), call]);
    }
    return found;
  }
}
