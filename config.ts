// The environment, parsed once, at the start of a main. Knows every variable Perdura reads; nobody else touches process.env.
import { anyPort, boolean, count, isFile, isGiven, oneOf, parse, port, text, url, type Environment } from "./config/environment";
import { assistant, assistantOf, halfAssistant } from "./config/assistant";
import { halfMailTls, mailIn, mailInOf } from "./config/mail-in";
import { halfObjectStore, objectStore, objectStoreOf } from "./config/object-store";
import { halfPairs, temporalAddress, temporalOf, temporalVariables, type TemporalDetails } from "./config/temporal";

export { ConfigError, type ConfigProblem } from "./config/environment";
export type { TemporalConfig } from "./config/temporal";

const database = url("a Postgres connection string: postgresql://user:password@host:port/database", "postgresql:", "postgres:");
const smtp = url("a mail server: smtp://host:port or smtps://user:password@host", "smtp:", "smtps:");
const secret = text("at least 32 characters that nobody can guess", (value) => value.length >= 32);
const mailbox = text("a mailbox: Name <name@host>", (value) => /^([^<>]+ )?<?[^\s<>@]+@[^\s<>@]+>?$/.test(value));

const common = {
  LOG_LEVEL: oneOf("fatal", "error", "warn", "info", "debug", "trace", "silent").default("info"),
  PERDURA_HOME: text("the path of a folder").default(".perdura"),
};

const web = {
  HOST: text("an address to listen on").default("127.0.0.1"),
  PORT: port(3000),
  PUBLIC_URL: url("the address under which people reach Perdura: https://support.example.com", "http:", "https:").optional(),
};

/** Where Prometheus reads; nothing is counted without it. */
const metrics = { METRICS_PORT: anyPort.optional() };

/** How strangers come in: tickets per minute and address without a key; hops to believe in `X-Forwarded-For`. */
const door = { INTAKE_PER_MINUTE: count(600), TRUSTED_PROXIES: count(0) };

/** How large the files of one message may be together: a mail is a third larger, and most servers stop at 25 or 35 MB. */
const attachments = { ATTACHMENTS_MAX_MB: count(18) };

/** Whether addresses that admins name, of iCalendar files and webhooks, may lead into private networks. */
const reach = { FETCH_PRIVATE: boolean.default(false) };

/** Sign reply addresses, return addresses and Message-IDs: the first signs, all are accepted. */
const signing = {
  MAIL_SIGNING_KEYS: text("keys of at least 32 characters each, separated by commas", (value) => keysOf(value).every((key) => key.length >= 32)).optional(),
};

const stores = { DATABASE_URL: database, TEMPORAL_ADDRESS: temporalAddress, PERDURA_SECRET: secret };
const mail = { MAIL_FROM: mailbox.default("Perdura <support@perdura.localhost>") };

/** Mails per second from each address (0: as fast as they go), and acknowledgements to one address in an hour. */
const flow = { SMTP_PER_SECOND: count(0), ACKNOWLEDGEMENTS_PER_HOUR: count(5) };

/** Within this, reminders and the like to one person become one mail. */
const delivery = { NOTICE_DIGEST_SECONDS: count(300) };

const startVariables = {
  ...common,
  ...temporalVariables,
  ...web,
  ...mail,
  ...delivery,
  ...metrics,
  DATABASE_URL: database.optional(),
  TEMPORAL_ADDRESS: temporalAddress.optional(),
  SMTP_URL: smtp.optional(),
  PERDURA_SECRET: secret.optional(),
  TEMPORAL_PORT: port(7233),
  TEMPORAL_UI_PORT: port(8233),
  POSTGRES_PORT: port(5433),
  SMTP_PORT: port(1025),
  MAIL_IN_PORT: port(2525),
  MAIL_PORT: port(1080),
};

/** Ports that `npm start` has a default for. */
type OwnPort = Exclude<keyof typeof startVariables & (`${string}_PORT` | "PORT"), "METRICS_PORT">;

/** For `npm start`, which starts whatever has no address. */
export function readStartConfig(env: Environment) {
  const read = parse(env, startVariables, halfPairs);
  const wish = (variable: OwnPort): PortWish => ({
    variable,
    port: read[variable],
    asked: isGiven(env[variable]),
  });
  return {
    ...commonOf(read),
    host: read.HOST,
    databaseUrl: read.DATABASE_URL,
    temporal: read.TEMPORAL_ADDRESS === undefined ? undefined : temporalOf(read, read.TEMPORAL_ADDRESS),
    namespace: read.TEMPORAL_NAMESPACE,
    smtpUrl: read.SMTP_URL,
    secret: read.PERDURA_SECRET,
    /** The API's; the worker's comes after it. */
    metricsPort: read.METRICS_PORT,
    ports: {
      api: wish("PORT"),
      temporal: wish("TEMPORAL_PORT"),
      temporalUi: wish("TEMPORAL_UI_PORT"),
      postgres: wish("POSTGRES_PORT"),
      smtp: wish("SMTP_PORT"),
      mailIn: wish("MAIL_IN_PORT"),
      mail: wish("MAIL_PORT"),
    },
  };
}

/** For `npm run api`. */
export function readApiConfig(env: Environment) {
  const variables = { ...common, ...temporalVariables, ...web, ...stores, ...signing, ...door, ...reach, ...attachments, ...objectStore, ...metrics };
  const read = parse(env, variables, (given) => [...halfPairs(given), ...halfObjectStore(given)]);
  const settings = { intakePerMinute: read.INTAKE_PER_MINUTE, trustedProxies: read.TRUSTED_PROXIES, fetchPrivate: read.FETCH_PRIVATE, attachmentBytes: read.ATTACHMENTS_MAX_MB * 1_048_576 };
  return { ...commonOf(read), ...deskOf(read), host: read.HOST, port: read.PORT, settings, objectStore: objectStoreOf(read) };
}

/** For `npm run worker`. */
export function readWorkerConfig(env: Environment) {
  const bundle = text("the path of a bundle of the workflows", isFile).optional();
  const adopt = boolean.default(false);
  const own = { SMTP_URL: smtp, PERDURA_BUNDLE: bundle, PERDURA_ADOPT: adopt, ...assistant, ...mailIn, ...objectStore };
  const variables = { ...common, ...temporalVariables, ...web, ...mail, ...flow, ...delivery, ...signing, ...reach, ...stores, ...metrics, ...own };
  const read = parse(env, variables, (given) => [...halfPairs(given), ...halfAssistant(given), ...halfMailTls(given), ...halfObjectStore(given)]);
  return {
    ...commonOf(read),
    ...deskOf(read),
    smtpUrl: read.SMTP_URL,
    mailFrom: read.MAIL_FROM,
    mailsPerSecond: read.SMTP_PER_SECOND,
    acknowledgementsPerHour: read.ACKNOWLEDGEMENTS_PER_HOUR,
    fetchPrivate: read.FETCH_PRIVATE,
    mailIn: mailInOf(read),
    objectStore: objectStoreOf(read),
    digestMs: read.NOTICE_DIGEST_SECONDS * 1_000,
    /** Asked when neither a rule nor our own model knows what a ticket is about; undefined: nobody is. */
    assistant: assistantOf(read),
    /** Where the bundled workflows are, when somebody has built them already. */
    bundle: read.PERDURA_BUNDLE,
    /** Takes another Temporal for this database's tickets, on purpose. */
    adopt: read.PERDURA_ADOPT,
  };
}

/** For `npm run files:move`. */
export function readFilesConfig(env: Environment) {
  return { objectStore: objectStoreOf(parse(env, objectStore, halfObjectStore)) };
}

/** For `npm run migrate`. */
export function readMigrateConfig(env: Environment) {
  const variables = { ...common, ...temporalVariables, DATABASE_URL: database, TEMPORAL_ADDRESS: temporalAddress.optional() };
  const read = parse(env, variables, halfPairs);
  const { TEMPORAL_ADDRESS: at } = read;
  return { ...commonOf(read), databaseUrl: read.DATABASE_URL, temporal: at === undefined ? undefined : temporalOf(read, at) };
}

export type StartConfig = ReturnType<typeof readStartConfig>;
export type ApiConfig = ReturnType<typeof readApiConfig>;
export type WorkerConfig = ReturnType<typeof readWorkerConfig>;
export type MigrateConfig = ReturnType<typeof readMigrateConfig>;

/** Where a part would like to listen. */
export interface PortWish {
  readonly variable: string;
  readonly port: number;
  /** True when somebody set it, false when it is our default. */
  readonly asked: boolean;
}

function commonOf(read: { LOG_LEVEL: string; PERDURA_HOME: string }) {
  return { logLevel: read.LOG_LEVEL, home: read.PERDURA_HOME };
}

interface DeskVariables extends TemporalDetails {
  readonly HOST: string;
  readonly METRICS_PORT?: number | undefined;
  readonly DATABASE_URL: string;
  readonly TEMPORAL_ADDRESS: string;
  readonly PERDURA_SECRET: string;
  readonly MAIL_SIGNING_KEYS?: string | undefined;
  readonly PUBLIC_URL?: string | undefined;
  readonly PORT: number;
}

/** What API and worker share. */
function deskOf(read: DeskVariables) {
  return {
    databaseUrl: read.DATABASE_URL,
    temporal: temporalOf(read, read.TEMPORAL_ADDRESS),
    /** Signs the links in mails to requesters. */
    secret: read.PERDURA_SECRET,
    /** Sign what mails come back to; the first is the present one. */
    mailKeys: keysOf(read.MAIL_SIGNING_KEYS ?? read.PERDURA_SECRET),
    /** What the links in mails begin with; no slash at the end. */
    publicUrl: (read.PUBLIC_URL ?? `http://127.0.0.1:${read.PORT}`).replace(/\/+$/, ""),
    metrics: read.METRICS_PORT === undefined ? undefined : { host: read.HOST, port: read.METRICS_PORT },
  };
}

function keysOf(list: string): readonly [string, ...string[]] {
  const [first = "", ...others] = list.split(",").map((key) => key.trim());
  return [first, ...others];
}
