const Sequencer = require("@jest/test-sequencer").default;

/**
 * What takes longer than twenty seconds, the longest first. In a fresh clone Jest knows of no times and goes by the sizes of files:
 * of these one would begin last, and the other core wait for it.
 */
const longest = [
  "threading/journey",
  "chaos",
  "kill",
  "workflows/crowd",
  "workflows/chains",
  "workflows/wedged",
  "workflows/lost-records",
  "stop",
  "journeys/merge",
  "mail-in/mutated",
  "start",
  "domain/clocks-oracle",
  "api/away",
  "inbound/imap",
];

module.exports = class LongestFirst extends Sequencer {
  async sort(tests) {
    const place = ({ path }) => longest.findIndex((name) => path.endsWith(`/tests/${name}.test.ts`));
    const known = tests.filter((test) => place(test) >= 0).sort((a, b) => place(a) - place(b));
    return [...known, ...(await super.sort(tests.filter((test) => place(test) < 0)))];
  }
};
