import { ConfigError, readApiConfig, readFilesConfig, readMigrateConfig, readStartConfig, readWorkerConfig, type ConfigProblem } from "../../config";

const stores = { DATABASE_URL: "postgresql://u:p@db:5432/perdura", TEMPORAL_ADDRESS: "temporal:7233", PERDURA_SECRET: "s".repeat(32) };

function problemsOf(read: () => unknown): readonly ConfigProblem[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe("npm start", () => {
  test("needs nothing", () => {
    const config = readStartConfig({});
    expect(config).toMatchObject({ home: ".perdura", host: "127.0.0.1", databaseUrl: undefined, temporal: undefined, smtpUrl: undefined });
    expect(config.ports.postgres).toEqual({ variable: "POSTGRES_PORT", port: 5433, asked: false });
  });

  test("knows a port that was asked for from a default", () => {
    expect(readStartConfig({ PORT: "3000" }).ports.api).toEqual({ variable: "PORT", port: 3000, asked: true });
  });

  test("takes an empty variable for none", () => {
    expect(readStartConfig({ PORT: "", SMTP_URL: "" })).toMatchObject({ smtpUrl: undefined, ports: { api: { port: 3000, asked: false } } });
  });
});

describe("the list of what is wrong", () => {
  test("is complete, each with variable, given and expected", () => {
    const problems = problemsOf(() => readApiConfig({ PORT: "http", LOG_LEVEL: "loud", DATABASE_URL: "mysql://x" }));
    expect(problems.map(({ variable }) => variable).sort()).toEqual(
      ["DATABASE_URL", "LOG_LEVEL", "PERDURA_SECRET", "PORT", "TEMPORAL_ADDRESS"],
    );
    expect(problems).toContainEqual({ variable: "PORT", given: '"http"', expected: "a port from 1 to 65535" });
    expect(problems).toContainEqual({ variable: "TEMPORAL_ADDRESS", given: "nothing", expected: "a Temporal server: host:port" });
  });

  test.each([
    ["PORT", "0"],
    ["PORT", "65536"],
    ["PORT", "3e3"],
    ["TEMPORAL_ADDRESS", "http://temporal"],
    ["PERDURA_SECRET", "too short"],
    ["PUBLIC_URL", "support.example.com"],
    ["TEMPORAL_TLS", "yes"],
    ["TEMPORAL_TLS_SERVER_CA_CERT_PATH", "/no/such/file"],
  ])("names %s when it is %j", (variable, value) => {
    expect(problemsOf(() => readApiConfig({ ...stores, [variable]: value })).map((problem) => problem.variable)).toEqual([variable]);
  });

  test("mails are signed with the first of several keys, or with the secret of all", () => {
    const [newer, older] = ["n".repeat(32), "o".repeat(32)];
    expect(readApiConfig({ ...stores, MAIL_SIGNING_KEYS: `${newer}, ${older}` }).mailKeys).toEqual([newer, older]);
    expect(readApiConfig(stores).mailKeys).toEqual([stores.PERDURA_SECRET]);
    const [problem] = problemsOf(() => readApiConfig({ ...stores, MAIL_SIGNING_KEYS: `${newer},short` }));
    expect(problem).toMatchObject({ variable: "MAIL_SIGNING_KEYS", given: expect.stringContaining("not shown") as string });
  });

  test("repeats no secret", () => {
    const wrong = { ...stores, DATABASE_URL: "mysql://u:hidden-1@db", PERDURA_SECRET: "hidden-2" };
    let message = "";
    try {
      readWorkerConfig({ ...wrong, SMTP_URL: "http://u:hidden-3@mail" });
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain("SMTP_URL");
    expect(message).not.toContain("hidden");
  });
});

describe("Temporal", () => {
  const read = (env: Record<string, string>) => readApiConfig({ ...stores, ...env }).temporal;

  test("is reached in the open by default, in the namespace default", () => {
    expect(read({})).toEqual({ namespace: "default", connection: { address: "temporal:7233" } });
  });

  test("an API key turns on TLS, unless it is turned off", () => {
    expect(read({ TEMPORAL_API_KEY: "k" }).connection).toEqual({ address: "temporal:7233", apiKey: "k", tls: {} });
    expect(read({ TEMPORAL_API_KEY: "k", TEMPORAL_TLS: "false" }).connection).not.toHaveProperty("tls");
  });

  test("a client's certificate goes with its key, from files or from variables", () => {
    const env = { TEMPORAL_TLS_CLIENT_CERT_PATH: __filename, TEMPORAL_TLS_CLIENT_KEY_DATA: "key", TEMPORAL_TLS_SERVER_NAME: "t.example" };
    const { tls } = read(env).connection;
    expect(tls?.clientCertPair?.crt.toString()).toContain("a client's certificate");
    expect(tls?.clientCertPair?.key.toString()).toBe("key");
    expect(tls?.serverNameOverride).toBe("t.example");
  });

  test("a certificate without its key is a problem of the key", () => {
    const env = { ...stores, TEMPORAL_TLS_CLIENT_CERT_DATA: "cert" };
    expect(problemsOf(() => readApiConfig(env)).map(({ variable }) => variable)).toEqual(["TEMPORAL_TLS_CLIENT_KEY_PATH"]);
  });

  test("may be left out by npm run migrate", () => {
    expect(readMigrateConfig({ DATABASE_URL: stores.DATABASE_URL }).temporal).toBeUndefined();
  });
});

test("metrics are read on METRICS_PORT of HOST, and nowhere without it", () => {
  expect(readApiConfig(stores).metrics).toBeUndefined();
  expect(readApiConfig({ ...stores, METRICS_PORT: "9464" }).metrics).toEqual({ host: "127.0.0.1", port: 9464 });
  const problems = problemsOf(() => readApiConfig({ ...stores, METRICS_PORT: "on" }));
  expect(problems.map(({ variable }) => variable)).toEqual(["METRICS_PORT"]);
});

test("links in mails lead to PUBLIC_URL without a slash at its end, or to the API's port", () => {
  expect(readApiConfig({ ...stores, PUBLIC_URL: "https://help.example/desk/" }).publicUrl).toBe("https://help.example/desk");
  expect(readApiConfig({ ...stores, PORT: "8080" }).publicUrl).toBe("http://127.0.0.1:8080");
});

test("a language model elsewhere is asked only when it is named whole", () => {
  const given = { DATABASE_URL: "postgresql://a@b/c", TEMPORAL_ADDRESS: "b:1", SMTP_URL: "smtp://b", PERDURA_SECRET: "s".repeat(32) };
  const llm = { LLM_URL: "https://llm.example/v1/", LLM_MODEL: "small" };
  expect(readWorkerConfig(given).assistant).toBeUndefined();
  expect(readWorkerConfig({ ...given, ...llm }).assistant).toEqual({ url: "https://llm.example/v1", key: undefined, model: "small", limitMs: 5_000 });
  expect(() => readWorkerConfig({ ...given, LLM_URL: llm.LLM_URL })).toThrow(/LLM_MODEL/);
  expect(() => readWorkerConfig({ ...given, LLM_KEY: "key" })).toThrow(/LLM_URL/);
  expect(() => readWorkerConfig({ ...given, ...llm, LLM_SECONDS: "60" })).toThrow(/LLM_SECONDS/);
});

test("files go to an object store only when it is named whole; its secret is never shown", () => {
  const store = { FILES_S3_URL: "https://s3.example/", FILES_S3_BUCKET: "files", FILES_S3_ACCESS_KEY: "id", FILES_S3_SECRET_KEY: "not-to-be-shown" };
  expect(readApiConfig(stores).objectStore).toBeUndefined();
  const read = { url: "https://s3.example", bucket: "files", region: "us-east-1", accessKey: "id", secretKey: "not-to-be-shown", takesNew: true };
  expect(readApiConfig({ ...stores, ...store }).objectStore).toEqual(read);
  expect(readFilesConfig({ ...store, FILES_KEPT_IN: "postgres" }).objectStore).toEqual({ ...read, takesNew: false });
  for (const variable of Object.keys(store)) {
    expect(problemsOf(() => readApiConfig({ ...stores, ...store, [variable]: "" })).map((problem) => problem.variable)).toEqual([variable]);
  }
  expect(problemsOf(() => readApiConfig({ ...stores, FILES_KEPT_IN: "s3" }))).toHaveLength(4);
  expect(() => readApiConfig({ ...stores, ...store, FILES_S3_SECRET_KEY: undefined, FILES_S3_BUCKET: "No Bucket" })).not.toThrow(/not-to-be-shown/);
});
