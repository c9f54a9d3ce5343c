// How the desk learns: trains a new edition of the model from its tickets, and takes it into use unless it is worse than
// the one there is. Started by a schedule, or by an admin. Sees figures only.
import { proxyActivities, setCurrentDetails, workflowInfo } from "@temporalio/workflow";
import type { LearningActivities } from "../activities";
import { learningQueue } from "./messages";

const learning = proxyActivities<LearningActivities>({
  taskQueue: learningQueue,
  startToCloseTimeout: "30 minutes",
  heartbeatTimeout: "1 minute",
  retry: { initialInterval: "5 seconds", backoffCoefficient: 2, maximumInterval: "5 minutes", maximumAttempts: 10 },
});

export interface Retrained {
  /** The edition that was trained; null when there was nothing to learn. */
  readonly edition: number | null;
  readonly promoted: boolean;
  /** One sentence, for people. */
  readonly story: string;
}

export async function retraining(): Promise<Retrained> {
  const retrained = await retrain();
  setCurrentDetails(retrained.story);
  return retrained;
}

async function retrain(): Promise<Retrained> {
  setCurrentDetails("Learning from closed tickets and from categories that people set.");
  const result = await learning.trainModel.executeWithOptions({ summary: "Learn from what the desk has done" }, [
    { run: workflowInfo().runId },
  ]);
  switch (result.kind) {
    case "tooLittle":
      return idle(`Too little to learn from: ${result.examples} tickets of at least ${result.least}, in two categories.`);
    case "nothingNew":
      return idle(`Nothing has changed since edition ${result.edition} was trained.`);
    case "trained": {
      const { edition, examples, accuracy, judgedOn, former } = result;
      const learned = `Edition ${edition} learned from ${examples} tickets. On ${judgedOn} others ${percent(accuracy)} were right`;
      if (former !== null && former.accuracy !== null && accuracy < former.accuracy) {
        const story = `${learned}; edition ${former.edition} had ${percent(former.accuracy)} and stays.`;
        return { edition, promoted: false, story };
      }
      await learning.promoteModel.executeWithOptions({ summary: `Take edition ${edition} into use` }, [{ edition }]);
      const before = former === null ? "" : `, edition ${former.edition} had ${percent(former.accuracy)}`;
      return { edition, promoted: true, story: `${learned}${before}; it is in use from now on.` };
    }
  }
}

function idle(story: string): Retrained {
  return { edition: null, promoted: false, story };
}

function percent(share: number | null): string {
  return share === null ? "an unknown share" : `${(share * 100).toFixed(1)} %`;
}
