// Short ones: a little of everything for every run of the tests, and schedules for desks that are built wrong on
// purpose.
import type { Scenario } from "../play";

export const small: Scenario = {
  what: "a little of everything",
  stage: { haste: 0.4 },
  onDemand: true,
  play: async (play) => {
    const { random } = play;
    await play.progress(10);
    await play.at([random.pick(["intake.after", "api.update.after"])], { kind: "kill" });
    await play.at(["mail.taken"], { kind: "throw" });
    await play.at([random.pick(["record.uncommitted", "chooseAssignee.after"])], { kind: "throw" });
    await play.weather(random.pick(["workerPostgres", "apiPostgres"]), { kind: "cut" }, 500);
    await play.weather("apiTemporal", { kind: "late", ms: 50 }, 500);
    play.broken("workerTemporal");
    await play.at(["record.after"], { kind: "kill" });
  },
};

/** Each for one way in which a desk may be built wrong. */
export const mailKills: Scenario = {
  what: "the worker dies in the middle of a mail",
  onDemand: true,
  play: async (play) => {
    for (const point of ["mail.before", "note.after", "mail.taken"]) {
      await play.at([point], { kind: "kill" });
      await play.progress(5, 10_000);
    }
  },
};

export const intakeKills: Scenario = {
  what: "the API dies before an intake is committed, or answers late",
  onDemand: true,
  play: async (play) => {
    for (let round = 0; round < 3; round += 1) {
      await play.at(["intake.before"], { kind: "kill", ms: 600 });
      await play.progress(5, 10_000);
    }
  },
};

export const late: Scenario = {
  what: "Postgres is silent for longer than a command may take",
  onDemand: true,
  play: async (play) => {
    for (let round = 0; round < 2; round += 1) {
      await play.progress(15);
      await play.weather("workerPostgres", { kind: "silent" }, 9_000);
    }
  },
};

/** For ten thousand commands: --lives 800. */
export const commands: Scenario = {
  what: "every command is sent three times, cut off or reordered, many with another body under the same key",
  lanes: 12,
  manners: { thrice: 2, hangUp: 2, otherBody: 3, giveUp: 0 },
  play: async (play) => {
    await play.lasting("manners", 0);
    await play.crowd.finish();
  },
};

export const rush: Scenario = {
  what: "many at once, with nothing going wrong",
  onDemand: true,
  lanes: 20,
  play: async (play) => {
    await play.progress(play.lives * 5, 40_000);
    await play.lasting("rush", 0);
  },
};
