// The steps of a mail's life, on a queue of their own: a slow mail server never delays what comes in.
import { ApplicationFailure } from "@temporalio/common";
import { Problem } from "../api/problem";
import { withPermanence } from "../activities/permanence";
import { createTellAdmins } from "./alert";
import type { AlertDeps } from "./alert";
import { createFollowUp, createOpenTicket, createQuarantine, createSetAside } from "./become";
import { createCheckSender } from "./check-sender";
import type { InboundDeps } from "./deps";
import { createFindTicket } from "./find-ticket";
import { createMarkSeen } from "./mark-seen";
import { createNoteReturned } from "./returned";
import { createReadMail } from "./read";
import { createTellTicket } from "./tell-ticket";

export type { Become } from "./become";
export type { CheckedSender } from "./check-sender";
export type { Destination } from "./find-ticket";
export type { ReadMail } from "./read";

export type AlertActivities = { readonly tellAdmins: ReturnType<typeof createTellAdmins> };

/** What admins are told; `withPermanence` names no address. */
export function createAlertActivities(deps: AlertDeps): AlertActivities {
  return { tellAdmins: withPermanence(createTellAdmins(deps)) };
}

export type InboundActivities = ReturnType<typeof createInboundActivities>;

export function createInboundActivities(deps: InboundDeps) {
  return {
    readMail: step(createReadMail(deps)),
    checkSender: step(createCheckSender(deps)),
    noteReturned: step(createNoteReturned(deps)),
    findTicket: step(createFindTicket(deps)),
    openTicket: step(createOpenTicket(deps)),
    followUp: step(createFollowUp(deps)),
    tellTicket: step(createTellTicket(deps)),
    setAside: step(createSetAside(deps)),
    quarantine: step(createQuarantine(deps)),
    markSeen: step(createMarkSeen(deps)),
  };
}

/** What the API would answer with is a failure here: one that passes, or one that never will. */
function step<In, Out>(activity: (input: In) => Promise<Out>): (input: In) => Promise<Out> {
  return withPermanence(async (input) => {
    try {
      return await activity(input);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const passes = ["unavailable", "too_many_requests", "expired", "stuck", "superseded"].includes(error.code);
      const failure = { message: `Not done: ${error.code}`, type: error.code };
      throw passes ? ApplicationFailure.retryable(failure.message, failure.type) : ApplicationFailure.nonRetryable(failure.message, failure.type);
    }
  });
}
