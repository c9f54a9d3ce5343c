// The API as a whole: which parts answer where, and in which order a request passes them.
import express from "express";
import type { Express, Router } from "express";
import { accessLog, noteBase, nothingHere, problemAnswer } from "./answer";
import { authenticate, keyNeeded } from "./auth";
import { bulkRoutes } from "./bulk";
import { calendarRoutes } from "./calendars/calendars";
import { holidayFileRoutes, holidayRoutes } from "./calendars/holidays";
import { categoryRoutes } from "./categorisation/category";
import { modelRoutes } from "./categorisation/models";
import { ruleRoutes } from "./categorisation/rules";
import { commandStatusRoutes } from "./command-status";
import { directoryRoutes } from "./directory";
import { candidateRoutes } from "./dispatch/candidates";
import { moveRoutes } from "./dispatch/moves";
import { offerRoutes } from "./dispatch/offers";
import { peopleRoutes } from "./dispatch/people";
import { rebalanceRoutes } from "./dispatch/rebalance";
import { dispatchSettingRoutes } from "./dispatch/settings";
import { eventRoutes } from "./events";
import { formRoutes } from "./forms/forms";
import { healthRoutes } from "./health";
import { jsonBody, nothingButJson, wholeBody } from "./json";
import { liveRoutes } from "./live";
import { inboundRoutes } from "./mail/inbound";
import { mailboxRoutes } from "./mail/mailboxes";
import { mailMessageRoutes } from "./mail/messages";
import { quarantineRoutes } from "./mail/quarantine";
import { mergeRoutes } from "./merging";
import { messageRoutes } from "./messages";
import { suppressionRoutes } from "./mail/suppressions";
import { templateRoutes } from "./mail/templates";
import { noticeRoutes } from "./notices";
import { outgoingRoutes } from "./outgoing";
import { ownershipRoutes } from "./ownership";
import type { Parts } from "./parts";
import { applicationRoutes } from "./policies/application";
import { policyRoutes } from "./policies/policies";
import { previewRoutes } from "./policies/preview";
import { raisingRoutes } from "./priority/raising";
import { ratingRoutes } from "./ratings";
import { portalRoutes } from "./portal";
import { contactRoutes } from "./recipients/contacts";
import { notificationRoutes } from "./recipients/notifications";
import { webhookRoutes } from "./recipients/webhooks";
import { slaRoutes } from "./sla/sla";
import { countRefused, intakeLimit } from "./submit";
import { heldMessageRoutes } from "./threading/held-messages";
import { ticketMailRoutes } from "./threading/mails";
import { participantRoutes } from "./threading/participants";
import { teamMailRoutes } from "./threading/team-mail";
import { ticketRoutes } from "./tickets";
import { uploadRoutes } from "./uploads";
import { verbRoutes } from "./verbs";

/** Listens to nothing by itself. */
export function createApi(parts: Parts): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("trust proxy", parts.settings.trustedProxies);
  app.use(accessLog(parts));
  app.use(healthRoutes(parts));
  app.use(portalRoutes(parts));
  app.use("/api/v1", version1(parts));
  app.use(nothingHere);
  app.use(problemAnswer(parts));
  return app;
}

function version1(parts: Parts): Router {
  const router = express.Router();
  router.use(noteBase);
  router.use((_request, response, next) => {
    response.set({ "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" });
    next();
  });
  router.use(inboundRoutes(parts));
  router.use(authenticate(parts), keyNeeded);
  router.post("/tickets", countRefused(parts), intakeLimit(parts));
  router.use(holidayFileRoutes(parts), uploadRoutes(parts));
  router.use(nothingButJson, jsonBody, wholeBody);
  router.use(ticketRoutes(parts), verbRoutes(parts), messageRoutes(parts), eventRoutes(parts), noticeRoutes(parts));
  router.use(mergeRoutes(parts), ownershipRoutes(parts), outgoingRoutes(parts));
  router.use(liveRoutes(parts), commandStatusRoutes(parts), directoryRoutes(parts));
  router.use(categoryRoutes(parts), ruleRoutes(parts), modelRoutes(parts));
  router.use(candidateRoutes(parts), dispatchSettingRoutes(parts), peopleRoutes(parts), moveRoutes(parts), rebalanceRoutes(parts));
  router.use(offerRoutes(parts));
  router.use(templateRoutes(parts), suppressionRoutes(parts));
  router.use(contactRoutes(parts), webhookRoutes(parts), notificationRoutes(parts));
  router.use(mailboxRoutes(parts), quarantineRoutes(parts), mailMessageRoutes(parts));
  router.use(formRoutes(parts));
  router.use(calendarRoutes(parts), holidayRoutes(parts), policyRoutes(parts), previewRoutes(parts));
  router.use(participantRoutes(parts), heldMessageRoutes(parts), ticketMailRoutes(parts), teamMailRoutes(parts));
  router.use(applicationRoutes(parts), bulkRoutes(parts), slaRoutes(parts), raisingRoutes(parts), ratingRoutes(parts));
  return router;
}
