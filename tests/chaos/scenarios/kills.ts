// kill -9 at every named point, and at the points of a record for every verb; then the same points failing or stalling
// once.
import { recordedVerbs } from "../clients/orders";
import type { Leading, Scenario } from "../play";
import { armAgain } from "../points/armed";
import { makeRoom } from "./room";

/** Before and after each side effect, whoever has it. A list: the first is armed to be hit because of the second. */
export const points: readonly (readonly string[])[] = [
  ["intake.before"],
  ["intake.after", "relay.start.before"],
  ["intake.after", "relay.start.after"],
  ["api.start.before"],
  ["api.start.after"],
  ["draft.before"],
  ["draft.after"],
  ["api.update.before"],
  ["api.update.after"],
  ["categorise.before"],
  ["categorise.after"],
  ["chooseAssignee.before"],
  ["chooseAssignee.uncommitted"],
  ["chooseAssignee.after"],
  ["record.before"],
  ["record.uncommitted"],
  ["record.after"],
  ["send.before"],
  ["claim.before"],
  ["claim.after"],
  ["mail.before"],
  ["mail.taken"],
  ["note.before"],
  ["note.after"],
  ["send.after"],
  ["relay.signal.before"],
  ["relay.signal.after"],
  ["delivered.before"],
  ["smtp.accepted"],
];

const relayLooksWithinMs = 5_000;

const recordPoints = ["record.before", "record.uncommitted", "record.after"];

export const kills: Scenario = {
  what: "kill -9 at every named point, and in the record of every verb",
  // A kill holds up whoever it meets for some seconds: others must come by meanwhile.
  lanes: 14,
  play: async (play) => {
    const { random, lives } = play;
    for (const group of random.shuffled(points)) {
      await play.at(group, { kind: "kill" }, provocationOf(group));
      await play.progress(3, 4_000);
    }
    for (const verb of random.shuffled(recordedVerbs).slice(0, Math.ceil(lives / 3))) {
      await play.at([`${random.pick(recordPoints)}.${verb}`], { kind: "kill" });
      await play.progress(3, 4_000);
    }
  },
};

/** What leads to points that hardly anybody comes by after a while, or only by chance. */
function provocationOf(group: readonly string[]): Leading {
  // The relay signals to whoever is given a place that has become free.
  if (group[0]?.startsWith("relay.signal")) return { provoke: makeRoom };
  // Whoever's call was cut off asks again, and may have their ticket started before the relay looks.
  if (group[1]?.startsWith("relay.start")) return { provoke: async ({ points: dir }) => armAgain(dir, "intake.after", relayLooksWithinMs) };
  return {};
}

const fragile = [
  "record.uncommitted",
  "record.after",
  "chooseAssignee.uncommitted",
  "chooseAssignee.after",
  "categorise.after",
];
const more = [
  "mail.before",
  "mail.taken",
  "note.before",
  "claim.after",
  "relay.signal.after",
  "api.update.after",
  "intake.after",
];

export const stumbles: Scenario = {
  what: "the same points fail once, or take longer than anybody waits",
  play: async (play) => {
    for (const point of play.random.shuffled([...fragile, ...more])) {
      await play.at([point], { kind: "throw" });
      await play.progress(5, 4_000);
    }
    // Longer than a short try lasts, longer than a command waits, longer than a record may take.
    for (const point of play.random.shuffled(fragile)) {
      await play.at([point], { kind: "stall", ms: play.random.pick([2_500, 6_000, 9_000]) });
    }
  },
};
