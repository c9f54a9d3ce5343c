// An S3-compatible store for files, where one is used: four variables that belong together, a region, and whether new ones go there.
import { isGiven, oneOf, text, url, type ConfigProblem, type Environment } from "./environment";

export const objectStore = {
  FILES_S3_URL: url("the address of an S3-compatible store, without the bucket: https://s3.eu-north-1.amazonaws.com", "http:", "https:").optional(),
  FILES_S3_BUCKET: text("the name of a bucket, in small letters", (value) => /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value)).optional(),
  FILES_S3_REGION: text("the store's region").default("us-east-1"),
  FILES_S3_ACCESS_KEY: text("the id of a key for the bucket").optional(),
  FILES_S3_SECRET_KEY: text("the secret of that key").optional(),
  FILES_KEPT_IN: oneOf("s3", "postgres").optional(),
};

interface Read {
  readonly FILES_S3_URL?: string | undefined;
  readonly FILES_S3_BUCKET?: string | undefined;
  readonly FILES_S3_REGION: string;
  readonly FILES_S3_ACCESS_KEY?: string | undefined;
  readonly FILES_S3_SECRET_KEY?: string | undefined;
  readonly FILES_KEPT_IN?: "s3" | "postgres" | undefined;
}

/** Undefined when there is none, as by default, and files are in Postgres. `takesNew`: else only those are there that once came. */
export function objectStoreOf({ FILES_S3_URL: address, FILES_S3_BUCKET: bucket, FILES_S3_REGION: region, ...others }: Read) {
  const { FILES_S3_ACCESS_KEY: accessKey, FILES_S3_SECRET_KEY: secretKey, FILES_KEPT_IN: keptIn = "s3" } = others;
  if (address === undefined || bucket === undefined || accessKey === undefined || secretKey === undefined) return undefined;
  return { url: address.replace(/\/+$/, ""), bucket, region, accessKey, secretKey, takesNew: keptIn === "s3" };
}

/** Some of them without the others are a mistake. */
export function halfObjectStore(given: Environment): ConfigProblem[] {
  const names = ["FILES_S3_URL", "FILES_S3_BUCKET", "FILES_S3_ACCESS_KEY", "FILES_S3_SECRET_KEY"] as const;
  const missing = names.filter((variable) => !isGiven(given[variable]));
  const isWanted = missing.length < names.length || given["FILES_KEPT_IN"] === "s3";
  return isWanted ? missing.map((variable) => ({ variable, given: "nothing", expected: "what belongs to the other FILES_S3_ variables" })) : [];
}
