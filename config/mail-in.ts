// How mails come in: where the SMTP listener stands, how large a mail may be, whose word on senders is believed.
import { anyPort, content, count, isGiven, text, type ConfigProblem, type Environment } from "./environment";

const names = (expected: string) => text(expected, (value) => value.split(",").every((name) => /^\s*[a-z0-9.-]+\s*$/iu.test(name)));

export const mailIn = {
  MAIL_IN_PORT: anyPort.optional(),
  MAIL_IN_HOST: text("an address to listen on").default("127.0.0.1"),
  MAIL_IN_NAME: text("the host name by which the SMTP listener calls itself", (value) => /^[a-z0-9.-]+$/iu.test(value)).default("perdura.localhost"),
  MAIL_IN_TLS_KEY_PATH: content.optional(),
  MAIL_IN_TLS_CERT_PATH: content.optional(),
  MAIL_IN_MAX_MB: count(35),
  MAIL_AUTHSERV_ID: names("the name of your own mail server in Authentication-Results").optional(),
  MAIL_TRUSTED_SEALERS: names("domains whose ARC seals are believed, with commas between").optional(),
  MAIL_SOURCE_DAYS: count(365),
};

interface Read {
  readonly MAIL_IN_PORT?: number | undefined;
  readonly MAIL_IN_HOST: string;
  readonly MAIL_IN_NAME: string;
  readonly MAIL_IN_TLS_KEY_PATH?: Buffer | undefined;
  readonly MAIL_IN_TLS_CERT_PATH?: Buffer | undefined;
  readonly MAIL_IN_MAX_MB: number;
  readonly MAIL_AUTHSERV_ID?: string | undefined;
  readonly MAIL_TRUSTED_SEALERS?: string | undefined;
  readonly MAIL_SOURCE_DAYS: number;
}

/** `smtp` undefined: nothing listens. */
export function mailInOf(read: Read) {
  const { MAIL_IN_PORT: port, MAIL_IN_HOST: host, MAIL_IN_NAME: name, MAIL_IN_TLS_KEY_PATH: key, MAIL_IN_TLS_CERT_PATH: cert } = read;
  const maxBytes = read.MAIL_IN_MAX_MB * 1_048_576;
  const tls = key === undefined || cert === undefined ? {} : { tls: { key, cert } };
  return {
    smtp: port === undefined ? undefined : { host, port, name, maxBytes, ...tls },
    /** How long sources are kept once a mail is settled; 0: for ever. */
    sourceDays: read.MAIL_SOURCE_DAYS,
    verdicts: {
      authservId: read.MAIL_AUTHSERV_ID?.trim().toLowerCase() ?? null,
      trustedSealers: (read.MAIL_TRUSTED_SEALERS ?? "").split(",").map((name) => name.trim().toLowerCase()).filter((name) => name !== ""),
    },
  };
}

/** A key without its certificate, or the other way round, is a mistake. */
export function halfMailTls(given: Environment): ConfigProblem[] {
  const pair = ["MAIL_IN_TLS_KEY_PATH", "MAIL_IN_TLS_CERT_PATH"] as const;
  const missing = pair.filter((variable) => !isGiven(given[variable]));
  return missing.length === 1 ? missing.map((variable) => ({ variable, given: "nothing", expected: "what belongs to the other one" })) : [];
}
