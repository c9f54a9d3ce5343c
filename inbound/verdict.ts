// Whether a mail is from whom it says: SPF, DKIM, DMARC and ARC. Asked here when it was brought by a stranger's server; else
// read from Authentication-Results, of our own server alone, for anybody can write that header.
import { Resolver } from "node:dns/promises";
import ipaddr from "ipaddr.js";
import { arc } from "mailauth/lib/arc";
import { dkimVerify } from "mailauth/lib/dkim/verify";
import { evaluateDmarc } from "mailauth/lib/dmarc";
import { spf } from "mailauth/lib/spf";
import type { Envelope } from "./accept";

export interface Verdict {
  /** `checked` here; `told` by our own server's header; `unknown`: nobody has looked, or DNS gave no answer. */
  readonly by: "checked" | "told" | "unknown";
  /** As RFC 8601 names results; null: not looked at. */
  readonly spf: string | null;
  readonly dkim: string | null;
  readonly dmarc: string | null;
  /** The domain in From that DMARC looked at; null or left out: it isn't told. */
  readonly from?: string | null;
  /** What the sender's domain wants done when DMARC fails. */
  readonly policy: "none" | "quarantine" | "reject" | null;
  readonly arc: string | null;
  /** The chain holds, and one that we trust has sealed it last. */
  readonly trustedArc: boolean;
}

/** As Node's own resolver answers: texts, or for TXT lists of them. */
export type Resolve = (name: string, type: string) => Promise<string[] | string[][]>;

export interface VerdictSettings {
  /** Our own mail server's name in Authentication-Results, in small letters; null: no header is believed. */
  readonly authservId: string | null;
  /** Domains whose ARC seals are believed, in small letters: lists and forwarders. */
  readonly trustedSealers: readonly string[];
  /** For tests; else the machine's own. */
  readonly resolve?: Resolve;
}

const unknown: Verdict = { by: "unknown", spf: null, dkim: null, dmarc: null, policy: null, arc: null, trustedArc: false };

/** Never rejects: what can't be found out is unknown. */
export async function verdictOf(raw: Buffer, envelope: Envelope, settings: VerdictSettings): Promise<Verdict> {
  const told = fromHeader(raw, settings.authservId);
  if (told !== null) return told;
  if (envelope.remote === undefined || !isStranger(envelope.remote)) return unknown;
  try {
    return await check(raw, envelope as Envelope & { remote: string }, settings);
  } catch {
    return unknown;
  }
}

/** Why it goes to quarantine; null: it doesn't. Everything else is shown to staff, and holds nothing up. */
export function verdictObjection({ dmarc, policy, trustedArc }: Verdict): string | null {
  return dmarc === "fail" && (policy === "quarantine" || policy === "reject") && !trustedArc ? "dmarc" : null;
}

/** What a scanner on the way has written into it; null: nothing. Nobody gains by forging it. */
export function malwareIn(raw: Buffer): string | null {
  const found = /^(?:x-virus-status:\s*(?:yes|infected)|x-amavis-alert:\s*infected|x-virus-found:\s*yes|x-spam-virus:\s*yes|x-clamav-result:\s*(?:infected|found))/imu;
  return found.test(headOf(raw)) ? "malware" : null;
}

/** The headers, each on one line. */
function headOf(raw: Buffer): string {
  const end = /\r?\n\r?\n/u.exec(raw.subarray(0, headBytes).toString("latin1"))?.index ?? headBytes;
  return raw.subarray(0, end).toString("latin1").replace(/\r?\n[ \t]+/gu, " ");
}

const headBytes = 262_144;

/** Our own relay, on this machine or in our network, has its own opinion; that of its address says nothing. */
function isStranger(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "unicast";
}

async function check(raw: Buffer, { remote, helo = remote, from }: Envelope & { remote: string }, settings: VerdictSettings): Promise<Verdict> {
  const resolver = settings.resolve ?? ownResolver();
  const sender = from ?? "";
  const signed = await dkimVerify(raw, { resolver, sender });
  const sent = await spf({ resolver, sender, ip: remote, helo, mta: "perdura" });
  // A chain that is broken, or none, is for `arc` to say: its types know only whole ones.
  const chain = await arc(signed.arc as Parameters<typeof arc>[0], { resolver });
  const passed = (signed.results ?? []).filter(({ status }) => status.result === "pass");
  const { response } = await evaluateDmarc({
    headerFrom: signed.headerFrom,
    fromFields: signed.fromFields,
    spfDomains: sent && sent.status.result === "pass" ? [sent.domain] : [],
    dkimDomains: passed.map(({ id, signingDomain = "", status }) => ({ id, domain: signingDomain, aligned: status.aligned, underSized: status.underSized })),
    arcResult: chain,
    resolver,
  });
  const sealer = chain.signature ? (chain.signature.signingDomain ?? "").toLowerCase() : "";
  const { result } = chain.status;
  return {
    by: "checked",
    spf: sent ? sent.status.result : null,
    dkim: passed.length > 0 ? "pass" : (signed.results?.[0]?.status.result ?? null),
    dmarc: response ? response.status.result : null,
    from: response ? (response.status.header?.from ?? null) : null,
    policy: response && isPolicy(response.policy) ? response.policy : null,
    arc: result,
    trustedArc: result === "pass" && settings.trustedSealers.includes(sealer),
  };
}

function ownResolver(): Resolve {
  const dns = new Resolver({ timeout: 2_000, tries: 2 });
  return async (name, type) => (await dns.resolve(name, type)) as string[] | string[][];
}

/** The topmost one of ours: those below may have been there before. */
function fromHeader(raw: Buffer, authservId: string | null): Verdict | null {
  if (authservId === null) return null;
  for (const [, value = ""] of headOf(raw).matchAll(/^authentication-results:(.*)$/gimu)) {
    const [id = "", ...results] = withoutComments(value).split(";");
    // "1" may follow the name: the version.
    if (id.trim().toLowerCase().split(/\s+/u)[0] !== authservId) continue;
    const find = (method: string): string | null => found(results, method);
    return { by: "told", spf: find("spf"), dkim: find("dkim"), dmarc: find("dmarc"), from: domainIn(results), policy: policyIn(value), arc: find("arc"), trustedArc: false };
  }
  return null;
}

function withoutComments(value: string): string {
  return value.replace(/\([^()]*\)/gu, " ");
}

function found(results: readonly string[], method: string): string | null {
  const named = results.map((each) => new RegExp(`^\\s*${method}\\s*=\\s*([a-z]+)`, "iu").exec(each)?.[1]?.toLowerCase());
  return named.find((each) => each === "pass") ?? named.find((each) => each !== undefined) ?? null;
}

function domainIn(results: readonly string[]): string | null {
  const dmarc = results.find((each) => /^\s*dmarc\s*=/iu.test(each)) ?? "";
  return /\bheader\.from\s*=\s*"?(?:[^\s"@;]*@)?([^\s";]+)/iu.exec(dmarc)?.[1]?.toLowerCase() ?? null;
}

/** `policy.dmarc=reject`, or as many servers put it, `(p=REJECT …)`. */
function policyIn(value: string): Verdict["policy"] {
  const policy = /\b(?:policy\.(?:dmarc|published-domain-policy)|p)\s*=\s*(none|quarantine|reject)\b/iu.exec(value)?.[1]?.toLowerCase();
  return policy !== undefined && isPolicy(policy) ? policy : null;
}

function isPolicy(value: unknown): value is "none" | "quarantine" | "reject" {
  return value === "none" || value === "quarantine" || value === "reject";
}
