// Access tokens from refresh tokens (RFC 6749, section 6), as Gmail and Microsoft 365 want them. Kept until they end.
import type { ImapSecret, ImapSettings } from "./settings";

/** Asked anew this long before the end, ms. */
const marginMs = 60_000;
const patienceMs = 10_000;

export class OAuthRefused extends Error {
  constructor(readonly answer: string) {
    super(`The token server refuses: ${answer}`);
  }
}

interface Kept {
  readonly token: string;
  readonly until: number;
}

export class AccessTokens {
  private readonly kept = new Map<string, Kept>();

  /** Rejects with `OAuthRefused` when the grant is gone, else as fetch does. */
  async tokenFor(mailbox: string, oauth: NonNullable<ImapSettings["oauth"]>, secret: Extract<ImapSecret, { refreshToken: string }>): Promise<string> {
    const kept = this.kept.get(mailbox);
    if (kept !== undefined && kept.until > Date.now()) return kept.token;
    const made = await refresh(oauth, secret);
    this.kept.set(mailbox, made);
    return made.token;
  }

  /** The server does not take it: the next is a new one. */
  forget(mailbox: string): void {
    this.kept.delete(mailbox);
  }
}

async function refresh({ tokenUrl, clientId, scope }: NonNullable<ImapSettings["oauth"]>, { refreshToken, clientSecret }: Extract<ImapSecret, { refreshToken: string }>): Promise<Kept> {
  const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token: refreshToken, client_id: clientId });
  if (clientSecret !== null) body.set("client_secret", clientSecret);
  if (scope !== null) body.set("scope", scope);
  const response = await fetch(tokenUrl, { method: "POST", body, redirect: "error", signal: AbortSignal.timeout(patienceMs) });
  const answer = (await response.json().catch(() => ({}))) as { access_token?: unknown; expires_in?: unknown; error?: unknown };
  if (typeof answer.access_token !== "string") throw new OAuthRefused(typeof answer.error === "string" ? answer.error : `HTTP ${response.status}`);
  const seconds = typeof answer.expires_in === "number" ? answer.expires_in : 3_600;
  return { token: answer.access_token, until: Date.now() + seconds * 1_000 - marginMs };
}
