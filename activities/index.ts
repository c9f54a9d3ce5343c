// What a ticket's workflow can have done in the world. Sets for several task queues: a slow mail server or
// long learning delays no command.
import type { PrismaClient } from "../prisma/client";
import { createExtendCalendar } from "./calendar/cover";
import { createAskAssistant } from "./categorise/assistant";
import type { AssistantAccess } from "./categorise/assistant";
import { createCategorise } from "./categorise/categorise";
import { createChooseAssignee, createPassOn } from "./dispatch/choose";
import { createPromoteModel, createTrainModel } from "./learn/train";
import { createReview } from "./dispatch/review";
import { createDeliver } from "./mail/deliver";
import type { DeliverDeps } from "./mail/deliver";
import { createSend } from "./mail/send";
import type { createWebhookActivities } from "./webhooks/call";
import { createFindMissing } from "./find-missing";
import { createPark } from "./park";
import { withPermanence } from "./permanence";
import { createMatchPolicy } from "./policy/match-policy";
import { createReturnMail } from "./return-mail";
import { createRecord } from "./record/record";

export { createWebhookActivities } from "./webhooks/call";
export type { Trial } from "./webhooks/call";
export type { Delivery } from "./mail/deliver";
export type { SendOutcome } from "./mail/send";

export type MailActivities = ReturnType<typeof createMailActivities>;

export type WebhookActivities = ReturnType<typeof createWebhookActivities>;

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

export type AssistantActivities = ReturnType<typeof createAssistantActivities>;

/** Asking a language model elsewhere, on a queue of its own: it may be slow, and is never waited for long. */
export function createAssistantActivities(prisma: PrismaClient, access: AssistantAccess) {
  return { askAssistant: withPermanence(createAskAssistant(prisma, access)) };
}

/** Records and decisions, all on Postgres. `hasAssistant`: see `createAssistantActivities`. */
export function createTicketActivities(prisma: PrismaClient, hasAssistant = false) {
  return {
    categorise: withPermanence(createCategorise(prisma, hasAssistant)),
    findMissing: withPermanence(createFindMissing(prisma)),
    matchPolicy: withPermanence(createMatchPolicy(prisma)),
    extendCalendar: withPermanence(createExtendCalendar(prisma)),
    chooseAssignee: withPermanence(createChooseAssignee(prisma)),
    passOn: withPermanence(createPassOn(prisma)),
    park: withPermanence(createPark(prisma)),
    record: withPermanence(createRecord(prisma)),
    returnMail: withPermanence(createReturnMail(prisma)),
    review: withPermanence(createReview(prisma)),
  };
}
