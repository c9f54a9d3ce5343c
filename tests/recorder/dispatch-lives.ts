// The paths of a ticket's life that dispatch decides: asked before it is given, sent on when the wait is too long, its requester
// told that it gets later, more pressing with age.
import { teams } from "../../prisma/seed/people";
import type { Path } from "./lives";
import type { Stage } from "./stage";

export const dispatchLives: Readonly<Record<string, Path>> = {
  async "offered-declined-lapsed-accepted"(stage) {
    const { prisma } = stage.product.database;
    const number = await stage.opensAndGetsSomebody();
    await stage.command("PUT", "/teams/field/dispatch", { offers: { answerWithinMs: 4_000, mostDeclines: 3 } }, "admin");
    await prisma.agent.updateMany({ where: { id: "ingrid" }, data: { present: false } });
    await stage.command("PUT", `/tickets/${number}/assignee`, { team: "field" }, "lead");
    await stage.sees(number, "offered");
    await prisma.agent.updateMany({ where: { id: "ingrid" }, data: { present: true } });
    await stage.sees(number, "offerLapsed");
    await stage.sees(number, "offered", 2);
    await stage.does(number, "offer/decline", { reason: "Too far away." }, "lead");
    await stage.sees(number, "offered", 3);
    await stage.does(number, "offer/acceptance");
    await stage.sees(number, "assigned", 2);
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    await stage.command("PUT", "/teams/field/dispatch", {}, "admin");
    return [number];
  },

  async "overflowed-to-another-team"(stage) {
    const { prisma } = stage.product.database;
    // Whatever it is about: nobody of its team is there, and Jonas is of the technical team alone.
    await prisma.agent.updateMany({ where: { id: { not: "jonas" } }, data: { present: false } });
    await forEveryOther(stage, { overflow: { to: "technical", afterMs: 600 } });
    const number = await stage.opens();
    await stage.sees(number, "transferred");
    await stage.sees(number, "assigned");
    await prisma.agent.updateMany({ data: { present: true } });
    await forEveryOther(stage, {});
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    return [number];
  },

  async "told-that-it-gets-later"(stage) {
    await stage.promise({ acknowledgeAfterMs: 200 });
    const { prisma } = stage.product.database;
    const before = await stage.reads(await stage.opensAndGetsSomebody());
    const { team, category, priority } = before;
    if (team === null) throw new Error("A ticket that somebody has is of a team.");
    const answered = { teamId: team, category, priority, turn: new Date(0), ahead: 0, people: 1, over: true, waitedMs: 3_000, answeredAt: new Date() };
    await prisma.expectation.createMany({ data: Array.from({ length: 40 }, (_, index) => ({ ...answered, ticket: 900_000 + index })) });
    const number = await stage.opensAndGetsSomebody();
    await stage.sees(number, "expectedLater");
    await stage.does(number, "messages", { text: "Sorry that it took so long." });
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    await prisma.expectation.deleteMany({ where: { ticket: { gte: 900_000 } } });
    return [number];
  },

  async "raised-by-its-age"(stage) {
    await stage.command("PUT", "/priority-rules", { ages: [{ afterMs: 500, to: "high" }, { afterMs: 1_000, to: "urgent" }] }, "admin");
    const number = await stage.opensAndGetsSomebody();
    await stage.command("PUT", "/priority-rules", {}, "admin");
    await stage.waits(`#${number} to be urgent`, async () => (await stage.reads(number)).priority === "urgent");
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    return [number];
  },
};

async function forEveryOther(stage: Stage, rules: object): Promise<void> {
  for (const { id } of teams) if (id !== "technical") await stage.command("PUT", `/teams/${id}/dispatch`, rules, "admin");
}
