// The service desk over its API, as a patient stranger would use it: waits when told to, and asks again under the same
// key.
import { setTimeout as sleep } from "node:timers/promises";
import type { ProblemDocument } from "../../contract/problem";

type Method = "GET" | "POST" | "PUT" | "DELETE";

export interface Call {
  readonly body?: object;
  /** API key; without one the call is anonymous. */
  readonly key?: string;
  /** Makes a repetition harmless; for everything but reading. */
  readonly idempotencyKey?: string;
}

/** For how long a call is asked again while the answer is "too many" or "away", ms. */
const patienceMs = 120_000;
const answerWithinMs = 30_000;

/** An answer that no waiting will change. */
export class Refused extends Error {
  override readonly name = "Refused";
}

export class DeskClient {
  /** @param base e.g. `http://127.0.0.1:3000/api/v1` */
  constructor(private readonly base: string) {}

  /**
   * Resolves with the body, undefined where there is none; rejects with `Refused`, or with the last failure once patience has
   * run out.
   */
  async call<Answer>(method: Method, path: string, call: Call = {}): Promise<Answer> {
    const until = Date.now() + patienceMs;
    for (;;) {
      const { response, failure } = await this.attempt(method, path, call);
      if (response?.ok) return (response.status === 204 ? undefined : await response.json()) as Answer;
      const problem = response === undefined ? failure : await describe(response);
      const worthwhile = response === undefined || response.status === 429 || response.status === 503;
      if (!worthwhile) throw new Refused(`${method} ${path}: ${problem}`);
      const waitMs = retryAfterMs(response);
      if (Date.now() + waitMs > until) throw new Error(`${method} ${path}: ${problem}, for ${patienceMs / 1000} s`);
      await sleep(waitMs);
    }
  }

  private async attempt(
    method: Method,
    path: string,
    { body, key, idempotencyKey }: Call,
  ): Promise<{ response?: Response; failure?: string }> {
    const headers = {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
    };
    const signal = AbortSignal.timeout(answerWithinMs);
    try {
      const content = body === undefined ? {} : { body: JSON.stringify(body) };
      return { response: await fetch(`${this.base}${path}`, { method, headers, signal, ...content }) };
    } catch (error) {
      return { failure: error instanceof Error ? `no answer (${error.message})` : "no answer" };
    }
  }
}

async function describe(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => null)) as ProblemDocument | null;
  return `${response.status} ${problem?.code ?? ""} ${problem?.detail ?? ""}`.trim();
}

/** One second where the answer doesn't say. */
function retryAfterMs(response: Response | undefined): number {
  const seconds = Number(response?.headers.get("retry-after") ?? 1);
  return (Number.isFinite(seconds) ? Math.max(seconds, 0.05) : 1) * 1_000;
}
