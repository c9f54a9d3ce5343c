// Two kinds of tests: rules need nothing but the code; parts run on a real Postgres and a real Temporal,
// which the global setup starts once per run, and only when such a test is asked for.
// Packages that come as ES modules alone, which jest does not load by itself.
const modules = ["temporal-(polyfill|utils|spec)", "@bradenmacdonald/s3-lite-client", "file-type", "strtok3", "token-types", "uint8array-extras", "@tokenizer/inflate", "@borewit/text-codec"];

const common = {
  testEnvironment: "node",
  transform: { "^.+\\.[jt]s$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } }] },
  // It says where it is only to those that import it.
  moduleNameMapper: { "^file-type$": "<rootDir>/node_modules/file-type/index.js" },
  transformIgnorePatterns: [`/node_modules/(?!(${modules.join("|")})/)`],
};

const rules = ["domain/", "learning/", "calendars/", "contract/", "web/", "demo/", "mail-in/", "mail-out/", "bench/", "chaos/", "architecture.test.ts", "typescript.test.ts"];

module.exports = {
  // Those that run on parts wait for them a third of their time: three keep two cores busy.
  maxWorkers: 3,
  reporters: ["default", "<rootDir>/tests/support/closing-line.js"],
  testSequencer: "<rootDir>/tests/support/longest-first.js",
  testTimeout: 60_000,
  projects: [
    {
      ...common,
      displayName: "rules",
      testMatch: rules.map((path) => `<rootDir>/tests/${path.endsWith("/") ? `${path}**/*.test.ts` : path}`),
    },
    {
      ...common,
      displayName: "parts",
      testMatch: ["<rootDir>/tests/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", ...rules.map((path) => `<rootDir>/tests/${path}`)],
      globalSetup: "<rootDir>/tests/support/global-setup.ts",
      globalTeardown: "<rootDir>/tests/support/global-teardown.ts",
    },
  ],
};
