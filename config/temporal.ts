// How to reach a Temporal server, by the variables that Temporal's own tools read.
import type { z } from "zod";
import { boolean, content, isGiven, pem, text, type ConfigProblem, type Environment } from "./environment";

export const temporalAddress = text("a Temporal server: host:port", (value) => /^[^\s/]+:\d+$/.test(value));

export const temporalVariables = {
  TEMPORAL_NAMESPACE: text("a Temporal namespace").default("default"),
  TEMPORAL_API_KEY: text("an API key").optional(),
  TEMPORAL_TLS: boolean.optional(),
  TEMPORAL_TLS_CLIENT_CERT_PATH: content.optional(),
  TEMPORAL_TLS_CLIENT_CERT_DATA: pem.optional(),
  TEMPORAL_TLS_CLIENT_KEY_PATH: content.optional(),
  TEMPORAL_TLS_CLIENT_KEY_DATA: pem.optional(),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: content.optional(),
  TEMPORAL_TLS_SERVER_CA_CERT_DATA: pem.optional(),
  TEMPORAL_TLS_SERVER_NAME: text("a host name").optional(),
};

/** How to reach Temporal: what both kinds of its connections take, and the namespace. */
export interface TemporalConfig {
  readonly namespace: string;
  readonly connection: {
    readonly address: string;
    readonly apiKey?: string;
    readonly tls?: {
      readonly serverNameOverride?: string;
      readonly serverRootCACertificate?: Buffer;
      readonly clientCertPair?: { readonly crt: Buffer; readonly key: Buffer };
    };
  };
}

export interface TemporalDetails extends z.output<z.ZodObject<typeof temporalVariables>> {}

export function temporalOf(read: TemporalDetails, address: string): TemporalConfig {
  const ca = read.TEMPORAL_TLS_SERVER_CA_CERT_PATH ?? read.TEMPORAL_TLS_SERVER_CA_CERT_DATA;
  const crt = read.TEMPORAL_TLS_CLIENT_CERT_PATH ?? read.TEMPORAL_TLS_CLIENT_CERT_DATA;
  const key = read.TEMPORAL_TLS_CLIENT_KEY_PATH ?? read.TEMPORAL_TLS_CLIENT_KEY_DATA;
  const name = read.TEMPORAL_TLS_SERVER_NAME;
  // As Temporal's own tools: an API key or any detail of TLS turns it on, unless it is turned off in so many words.
  const secured = read.TEMPORAL_TLS ?? [read.TEMPORAL_API_KEY, ca, crt, key, name].some((value) => value !== undefined);
  const tls = {
    ...(name === undefined ? {} : { serverNameOverride: name }),
    ...(ca === undefined ? {} : { serverRootCACertificate: ca }),
    ...(crt === undefined || key === undefined ? {} : { clientCertPair: { crt, key } }),
  };
  return {
    namespace: read.TEMPORAL_NAMESPACE,
    connection: {
      address,
      ...(read.TEMPORAL_API_KEY === undefined ? {} : { apiKey: read.TEMPORAL_API_KEY }),
      ...(secured ? { tls } : {}),
    },
  };
}

/** A client's certificate is of no use without its key. */
export function halfPairs(given: Environment): ConfigProblem[] {
  const has = (what: string): boolean => ["PATH", "DATA"].some((kind) => isGiven(given[`TEMPORAL_TLS_CLIENT_${what}_${kind}`]));
  if (has("CERT") === has("KEY")) return [];
  const [variable, expected] = has("CERT")
    ? ["TEMPORAL_TLS_CLIENT_KEY_PATH", "the key of TEMPORAL_TLS_CLIENT_CERT_PATH"]
    : ["TEMPORAL_TLS_CLIENT_CERT_PATH", "the certificate of TEMPORAL_TLS_CLIENT_KEY_PATH"];
  return [{ variable, given: "nothing", expected }];
}
