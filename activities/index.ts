// What a ticket's workflow can have done in the world. Two sets, for two task queues: a slow mail server delays no command.
import type { PrismaClient } from "../prisma/client";
import type { createMailActivities } from "./mail/send";
import { createCategorise } from "./categorise";
import { createChooseAssignee, createPassOn } from "./dispatch/choose";
import { createPark } from "./park";
import { withPermanence } from "./permanence";
import { createRecord } from "./record/record";

export { createMailActivities } from "./mail/send";
export type { SendOutcome } from "./mail/send";

/** Notices on their way out. */
export type MailActivities = ReturnType<typeof createMailActivities>;

export type TicketActivities = ReturnType<typeof createTicketActivities>;

/** Records and decisions, all on Postgres. */
export function createTicketActivities(prisma: PrismaClient) {
  return {
    categorise: withPermanence(createCategorise(prisma)),
    chooseAssignee: withPermanence(createChooseAssignee(prisma)),
    passOn: withPermanence(createPassOn(prisma)),
    park: withPermanence(createPark(prisma)),
    record: withPermanence(createRecord(prisma)),
  };
}
