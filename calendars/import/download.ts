// Fetches a text from an address that a person named. Knows that such an address may lead into our own network, and that a
// server may send too much or never end; refuses to know what the text is for.
import { lookup } from "node:dns/promises";
import { request as requestHttp } from "node:http";
import type { IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

export interface DownloadLimits {
  readonly maxBytes: number;
  /** For all of it, redirects too. */
  readonly timeoutMs: number;
  /** Which of a host's addresses may be connected to; `isPublic`, unless private networks are allowed. */
  readonly mayReach: (address: string) => boolean;
}

export type DownloadFault = "address" | "private" | "unreachable" | "status" | "too_large" | "timeout";

/** `message` is one English sentence; it repeats nothing that the server sent. */
export class DownloadFailed extends Error {
  constructor(
    readonly fault: DownloadFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const mostRedirects = 3;

/** The body as UTF-8. The address that is checked is the one connected to, so that a name can't be resolved anew in between. */
export async function download(address: string, limits: DownloadLimits): Promise<string> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  let url = parse(address);
  try {
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const response = await get(url, limits.mayReach, signal);
      const { statusCode = 0, headers } = response;
      if (statusCode === 200) return await textOf(response, limits.maxBytes);
      response.destroy();
      if (statusCode < 300 || statusCode > 399 || headers.location === undefined) {
        throw new DownloadFailed("status", `The server answered ${statusCode}.`);
      }
      url = parse(new URL(headers.location, url).href);
    }
    throw new DownloadFailed("status", `More than ${mostRedirects} redirects.`);
  } catch (cause) {
    if (cause instanceof DownloadFailed) throw cause;
    if (signal.aborted) throw new DownloadFailed("timeout", `It took longer than ${limits.timeoutMs / 1_000} s.`, { cause });
    throw new DownloadFailed("unreachable", "The server can't be reached.", { cause });
  }
}

/** Neither loopback, private, link-local, multicast nor reserved; IPv4 inside IPv6 counts as what it is. */
export function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "unicast";
}

function parse(address: string): URL {
  const url = URL.canParse(address) ? new URL(address.replace(/^webcal:/i, "https:")) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol) || url.username !== "" || url.password !== "") {
    throw new DownloadFailed("address", "Only addresses that begin with http, https or webcal, and hold no password.");
  }
  return url;
}

async function get(url: URL, mayReach: DownloadLimits["mayReach"], signal: AbortSignal): Promise<IncomingMessage> {
  const { hostname } = url;
  const host = hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(host) !== 0 ? [host] : (await soon(lookup(host, { all: true }), signal)).map((found) => found.address);
  const reachable = addresses.find(mayReach);
  if (reachable === undefined) throw new DownloadFailed("private", "The address leads into a private network.");
  const family = isIP(reachable);
  return await new Promise<IncomingMessage>((resolve, reject) => {
    const request = url.protocol === "https:" ? requestHttps : requestHttp;
    const options = {
      signal,
      agent: false as const,
      headers: { accept: "text/calendar, text/plain;q=0.5", "accept-encoding": "identity", "user-agent": "Perdura" },
      lookup: (_host: string, asked: { all?: boolean }, done: (error: null, address: never, family?: number) => void) => {
        if (asked.all === true) done(null, [{ address: reachable, family }] as never);
        else done(null, reachable as never, family);
      },
    };
    request(url, options, resolve).on("error", reject).end();
  });
}

/** Names are resolved by the system, which can't be told to stop. */
async function soon<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return await new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("Aborted.", { cause: signal.reason })), { once: true });
    promise.then(resolve, reject);
  });
}

async function textOf(response: IncomingMessage, maxBytes: number): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBytes) throw new DownloadFailed("too_large", `It has more than ${maxBytes} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
