// One POST to an address that an admin named. Knows that the address may lead into our own network, and that a server may
// never answer; refuses to know what is sent, and to follow anybody elsewhere.
import { lookup } from "node:dns/promises";
import { request as requestHttp } from "node:http";
import type { IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import { isPublic } from "../../calendars/import/download";

export interface Posted {
  /** The HTTP status; null when there was no answer. */
  readonly status: number | null;
  /** A code for what kept it from being answered: `timeout`, `private`, `unresolved`, `insecure`, or the system's own. */
  readonly error: string | null;
}

export interface Reach {
  /** Whether private networks, and plain HTTP, are allowed. */
  readonly mayBePrivate: boolean;
}

/** All of an attempt, ms. */
const patienceMs = 15_000;

/** Never throws. The address that is checked is the one connected to, so that a name can't be resolved anew in between. */
export async function post(
  url: URL,
  body: string,
  headers: Readonly<Record<string, string>>,
  { mayBePrivate }: Reach,
  ending?: AbortSignal,
): Promise<Posted> {
  if (url.protocol !== "https:" && !mayBePrivate) return { status: null, error: "insecure" };
  const timeout = AbortSignal.timeout(patienceMs);
  const signal = ending === undefined ? timeout : AbortSignal.any([timeout, ending]);
  try {
    const address = await reachable(url, signal, mayBePrivate);
    if (address === null) return { status: null, error: "private" };
    const response = await send(url, address, body, headers, signal);
    // Nobody reads what it says; without this the connection would stay.
    response.destroy();
    return { status: response.statusCode ?? null, error: null };
  } catch (error) {
    return { status: null, error: timeout.aborted ? "timeout" : codeOf(error) };
  }
}

async function reachable({ hostname }: URL, signal: AbortSignal, mayBePrivate: boolean): Promise<string | null> {
  const host = hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(host) === 0 ? (await soon(lookup(host, { all: true }), signal)).map(({ address }) => address) : [host];
  return addresses.find((address) => mayBePrivate || isPublic(address)) ?? null;
}

async function send(
  url: URL,
  address: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const family = isIP(address);
  return await new Promise((resolve, reject) => {
    const request = url.protocol === "https:" ? requestHttps : requestHttp;
    const options = {
      method: "POST",
      signal,
      agent: false as const,
      headers: {
        "content-type": "application/json",
        "content-length": String(Buffer.byteLength(body)),
        "user-agent": "Perdura",
        ...headers,
      },
      lookup: (_host: string, asked: { all?: boolean }, done: (error: null, address: never, family?: number) => void) => {
        if (asked.all === true) done(null, [{ address, family }] as never);
        else done(null, address as never, family);
      },
    };
    request(url, options, resolve).on("error", reject).end(body);
  });
}

/** Names are resolved by the system, which can't be told to stop. */
async function soon<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return await new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("Aborted.", { cause: signal.reason })), { once: true });
    promise.then(resolve, reject);
  });
}

/** Codes alone: a message may hold the address with what is secret in it. */
function codeOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : null;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "unresolved";
  return typeof code === "string" && /^\w{1,60}$/.test(code) ? code : "unreachable";
}
