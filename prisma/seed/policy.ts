// What a new desk promises. An edition is never changed: another promise is another edition.

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** As a ticket pins it when it opens: durations in ms. */
export const standard = {
  id: "standard",
  edition: 1,
  firstResponseMs: { urgent: 1 * hour, high: 4 * hour, normal: 8 * hour, low: 24 * hour },
  resolutionMs: { urgent: 8 * hour, high: 1 * day, normal: 3 * day, low: 7 * day },
  reminderPercent: 75,
  managerAfterMs: 4 * hour,
  autoCloseMs: 3 * day,
  acknowledgeAfterMs: 30 * second,
  // Impact, then urgency.
  matrix: {
    low: { low: "low", medium: "low", high: "normal" },
    medium: { low: "low", medium: "normal", high: "high" },
    high: { low: "normal", medium: "high", high: "urgent" },
  },
} as const;
