// Why a mailbox can't be fetched: a stable code, and what to do in plain words. The server's own words may name people and are
// shown to admins only.
import { OAuthRefused } from "./oauth";

export interface Trouble {
  readonly code: "login" | "oauth" | "dns" | "refused" | "timeout" | "tls" | "folder" | "secret" | "connection";
  readonly text: string;
}

/** The folder it is fetched from, or moved to, is not there. */
export class NoFolder extends Error {
  constructor(readonly folder: string) {
    super("The folder can't be used.");
  }
}

/** PERDURA_SECRET is another one than when it was sealed. */
export class SealBroken extends Error {}

const words: Readonly<Record<Trouble["code"], string>> = {
  login: "The server refuses the user, or the password or access token.",
  oauth: "The token server no longer takes the refresh token: grant access anew.",
  dns: "There is no server of that name, or the name server does not answer.",
  refused: "Nothing listens at that host and port.",
  timeout: "The server does not answer in time.",
  tls: "No secure connection: check the port, the security setting and the server's certificate.",
  folder: "The folder is not there, or can't be opened.",
  secret: "The stored password can't be opened with this PERDURA_SECRET: set it anew.",
  connection: "The connection broke.",
};

export function troubleOf(error: unknown): Trouble {
  const code = codeOf(error);
  const said = serverWords(error);
  return { code, text: said === null ? words[code] : `${words[code]} The server says: ${said}` };
}

function codeOf(error: unknown): Trouble["code"] {
  if (error instanceof NoFolder) return "folder";
  if (error instanceof SealBroken) return "secret";
  if (error instanceof OAuthRefused) return "oauth";
  const { code = "", authenticationFailed = false, tlsFailed = false, cause } = (error ?? {}) as { code?: unknown; authenticationFailed?: boolean; tlsFailed?: boolean; cause?: unknown };
  if (authenticationFailed) return "login";
  if (tlsFailed) return "tls";
  const name = String(code);
  if (/^(ENOTFOUND|EAI_)/u.test(name)) return "dns";
  if (name === "ECONNREFUSED") return "refused";
  if (/TIMEOUT|ETIMEDOUT|UPGRADE_TIMEOUT|GREETING_TIMEOUT/iu.test(name)) return "timeout";
  if (/CERT|TLS|SSL|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_/iu.test(name)) return "tls";
  return cause === undefined ? "connection" : codeOf(cause);
}

function serverWords(error: unknown): string | null {
  const { responseText } = (error ?? {}) as { responseText?: unknown };
  if (error instanceof OAuthRefused) return error.answer.slice(0, 200);
  return typeof responseText === "string" && responseText !== "" ? responseText.slice(0, 200) : null;
}
