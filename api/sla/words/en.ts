import { english } from "../../../domain/sentence";
import type { SlaWords } from "./shape";

/** The clocks in English. */
export const en: SlaWords = {
  ...english,
  metrics: {
    firstResponse: "First response",
    nextResponse: "Next response",
    periodicUpdate: "Periodic update",
    assignment: "Assignment",
    resolution: "Resolution",
  },
};
