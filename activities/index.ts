// What a ticket's workflow can have done in the world. Three sets, for three task queues: a slow mail server or
// long learning delays no command.
import type { PrismaClient } from "../prisma/client";
import { createCategorise } from "./categorise/categorise";
import { createChooseAssignee, createPassOn } from "./dispatch/choose";
import { createPromoteModel, createTrainModel } from "./learn/train";
import { createReview } from "./dispatch/review";
import { createDeliver } from "./mail/deliver";
import type { DeliverDeps } from "./mail/deliver";
import { createSend } from "./mail/send";
import { createPark } from "./park";
import { withPermanence } from "./permanence";
import { createRecord } from "./record/record";

export type { Delivery } from "./mail/deliver";
export type { SendOutcome } from "./mail/send";

export type MailActivities = ReturnType<typeof createMailActivities>;

/** Notices on their way out: a ticket's to its requester, and everybody else's from all tickets. */
export function createMailActivities(deps: DeliverDeps) {
  return { send: createSend(deps), deliver: createDeliver(deps) };
}

export type TicketActivities = ReturnType<typeof createTicketActivities>;

export type LearningActivities = ReturnType<typeof createLearningActivities>;

/** Training and taking into use: on a queue of their own. */
export function createLearningActivities(prisma: PrismaClient) {
  return { trainModel: withPermanence(createTrainModel(prisma)), promoteModel: withPermanence(createPromoteModel(prisma)) };
}

/** Records and decisions, all on Postgres. */
export function createTicketActivities(prisma: PrismaClient) {
  return {
    categorise: withPermanence(createCategorise(prisma)),
    chooseAssignee: withPermanence(createChooseAssignee(prisma)),
    passOn: withPermanence(createPassOn(prisma)),
    park: withPermanence(createPark(prisma)),
    record: withPermanence(createRecord(prisma)),
    review: withPermanence(createReview(prisma)),
  };
}
