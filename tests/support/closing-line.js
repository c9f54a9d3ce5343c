const { writeSync } = require("node:fs");

/** Ends a run with one line that a person and a program can both read: "120 passed, 0 failed". */
module.exports = class ClosingLine {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    // A file that can't even be loaded has no failed tests, yet has failed.
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    // Jest's own summary comes after all reporters.
    process.once("exit", () => writeSync(1, `${numPassedTests} passed, ${failed} failed\n`));
  }
};
