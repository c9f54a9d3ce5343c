// Text, names and addresses stay in Postgres.
import { where } from "./invariant";
import type { Invariant } from "./invariant";

export const nothingPersonal: Invariant = {
  law: "nothing personal is in histories or logs",
  offences: ({ runs, logs, canary }) => [
    ...where(
      runs,
      ({ content }) => content.includes(canary),
      ({ workflowId }) => `${workflowId}'s history holds personal data`,
    ),
    ...where(
      logs,
      ([, text]) => text.includes(canary),
      ([name]) => `the log of ${name} holds personal data`,
    ),
  ],
};

export const quietInTime: Invariant = {
  law: "all is quiet soon after the last fault",
  offences: ({ unrest }) => (unrest === null ? [] : [unrest]),
};
