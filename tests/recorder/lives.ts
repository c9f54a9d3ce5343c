// The paths of a ticket's life when all goes well. One that is recorded is never led again: a new turn is a new path.
import type { Stage } from "./stage";

/** Leads one life, or several that need each other; answers the tickets whose histories are kept. */
export type Path = (stage: Stage) => Promise<readonly number[]>;

const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

export const lives: Readonly<Record<string, Path>> = {
  async "standard-life"(stage) {
    const number = await stage.opensAndGetsSomebody();
    await stage.does(number, "messages", { text: "They were at the neighbour's." });
    await stage.does(number, "messages", { text: "Thank you!", as: "requester" });
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    return [number];
  },

  async "answered-before-anybody-has-it"(stage) {
    await stage.product.database.prisma.agent.updateMany({ data: { present: false } });
    const number = await stage.opens();
    await stage.does(number, "messages", { text: "A first word." });
    await stage.does(number, "resolution", { text: "And the last." });
    await stage.does(number, "closure");
    await stage.product.database.prisma.agent.updateMany({ data: { present: true } });
    return [number];
  },

  async "pending-and-on-hold"(stage) {
    const number = await stage.opensAndGetsSomebody();
    await stage.does(number, "wait", { text: "Which colour?", until: inMs(700) });
    await stage.sees(number, "resumed", 1);
    await stage.does(number, "wait", { reason: "The customer is abroad." });
    await stage.does(number, "messages", { text: "Brown.", as: "requester" });
    await stage.does(number, "hold", { reason: "The carrier searches.", until: inMs(700) });
    await stage.sees(number, "resumed", 2);
    await stage.does(number, "hold", { reason: "It still does." });
    await stage.does(number, "messages", { text: "Any news?", as: "requester" });
    await stage.does(number, "resumption");
    await stage.does(number, "resolution", { text: "Found." });
    await stage.does(number, "closure");
    return [number];
  },

  async "reopened-by-the-requester"(stage) {
    const number = await stage.opensAndGetsSomebody();
    await stage.does(number, "resolution");
    await stage.does(number, "messages", { text: "Not solved at all.", as: "requester" });
    await stage.does(number, "resolution");
    await stage.requesterSays(number, "reject");
    await stage.does(number, "resolution");
    await stage.requesterSays(number, "confirm");
    return [number];
  },

  async "follow-up"(stage) {
    const first = await stage.opensAndGetsSomebody();
    await stage.does(first, "resolution");
    await stage.does(first, "closure");
    await stage.does(first, "messages", { text: "It is back.", as: "requester" });
    const { followedUpBy } = await stage.reads(first);
    if (followedUpBy === null) throw new Error("A closed ticket was answered, and nothing follows it up.");
    await stage.sees(followedUpBy, "assigned");
    await stage.does(followedUpBy, "resolution");
    await stage.does(followedUpBy, "closure");
    return [followedUpBy];
  },

  async "queued-until-somebody-is-free"(stage) {
    await stage.promise({ acknowledgeAfterMs: 300 });
    const { prisma } = stage.product.database;
    await prisma.agent.updateMany({ data: { present: false } });
    await prisma.agent.update({ where: { id: "amara" }, data: { present: true, capacity: 1 } });
    const first = await stage.opensAndGetsSomebody();
    const second = await stage.opens();
    await stage.sees(second, "acknowledged");
    await stage.does(first, "resolution");
    await stage.sees(second, "assigned");
    await stage.does(first, "closure");
    await stage.does(second, "resolution");
    await stage.does(second, "closure");
    await prisma.agent.update({ where: { id: "amara" }, data: { capacity: 20 } });
    await prisma.agent.updateMany({ data: { present: true } });
    return [second];
  },

  async "transferred-taken-over-unassigned"(stage) {
    const number = await stage.opensAndGetsSomebody();
    await stage.command("PUT", `/tickets/${number}/assignee`, { team: "technical" });
    await stage.sees(number, "assigned", 2);
    await stage.command("PUT", `/tickets/${number}/assignee`, { agent: "mina" });
    await stage.command("DELETE", `/tickets/${number}/assignee`, {});
    await stage.command("PUT", `/tickets/${number}/assignee`, { agent: "lihua" }, "lead");
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    return [number];
  },

  async "classified-by-hand"(stage) {
    const number = await stage.opensAndGetsSomebody({ impact: "high", urgency: "high" });
    await stage.command("PUT", `/tickets/${number}/category`, { category: "wish", type: "feature" });
    await stage.command("PUT", `/tickets/${number}/priority`, { priority: "low", reason: "Nobody waits for it." });
    await stage.does(number, "messages", { text: "Seen this twice now.", visibility: "internal" });
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    return [number];
  },

  async "opened-by-phone"(stage) {
    const number = await stage.opens({ channel: "phone", onBehalf: { assignee: "amara", notify: true } }, "agent");
    await stage.sees(number, "assigned");
    await stage.does(number, "resolution", { text: "As we said on the phone." });
    await stage.does(number, "closure");
    return [number];
  },

  async "reminded-and-escalated"(stage) {
    const soon = { urgent: 600, high: 600, normal: 600, low: 600 };
    await stage.promise({ firstResponseMs: soon, managerAfterMs: 300 });
    const number = await stage.opensAndGetsSomebody();
    await stage.sees(number, "escalated", 2);
    await stage.does(number, "messages", { text: "Sorry for the wait." });
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    return [number];
  },

  async "closed-by-itself"(stage) {
    await stage.promise({ autoCloseMs: 500 });
    const number = await stage.opensAndGetsSomebody();
    await stage.does(number, "resolution", { text: "Here they are." });
    await stage.sees(number, "closed");
    return [number];
  },

  async "reopened-after-closure"(stage) {
    const number = await stage.opensAndGetsSomebody();
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    await stage.workflow(number).result();
    await stage.does(number, "reopening", { reason: "Closed the wrong one." }, "lead");
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    return [number];
  },

  async "merged-and-parted"(stage) {
    const [source, target] = [await stage.opensAndGetsSomebody(), await stage.opensAndGetsSomebody()];
    await stage.does(source, "merge", { into: target });
    await stage.workflow(source).result();
    await stage.command("DELETE", `/tickets/${source}/merge`, { reason: "They were two after all." });
    await stage.does(source, "resolution");
    await stage.does(source, "closure");
    return [source];
  },

  async "goes-on-with-another"(stage) {
    const [source, target] = [await stage.opensAndGetsSomebody(), await stage.opensAndGetsSomebody()];
    await stage.does(target, "messages", { text: "We look into it." });
    await stage.does(source, "merge", { into: target });
    await stage.does(source, "messages", { text: "And this, too.", as: "requester" });
    await stage.does(target, "messages", { text: "Both are done." });
    await stage.command("DELETE", `/tickets/${source}/merge`, {});
    await stage.does(target, "resolution");
    await stage.does(target, "closure");
    return [target];
  },

  async "spam-and-none-after-all"(stage) {
    const number = await stage.opensAndGetsSomebody();
    await stage.command("PUT", `/tickets/${number}/spam`, { reason: "It advertises." });
    await stage.workflow(number).result();
    await stage.command("DELETE", `/tickets/${number}/spam`, {});
    await stage.sees(number, "assigned", 2);
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    return [number];
  },

  async "given-to-another-requester"(stage) {
    const number = await stage.opensAndGetsSomebody();
    const requester = { email: "another@customer.example", language: "de" };
    await stage.command("PUT", `/tickets/${number}/requester`, { requester, reason: "She wrote for him." });
    await stage.sees(number, "policyApplied", 2);
    await stage.does(number, "resolution", { text: "Here it is." });
    await stage.does(number, "messages", { text: "Vielen Dank!", as: "requester" });
    await stage.does(number, "closure");
    return [number];
  },

  async "many-at-once"(stage) {
    const number = await stage.opensAndGetsSomebody();
    const notes = Array.from({ length: 9 }, (_, index) => ({ text: `Note ${index}`, visibility: "internal" }));
    await Promise.all(notes.map((note) => stage.does(number, "messages", note)));
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    return [number];
  },

  async "by-mail"(stage) {
    const { messageId, number } = await stage.mails("Hvor er de?");
    await stage.sees(number, "assigned");
    await stage.does(number, "messages", { text: "They left this morning." });
    await stage.mails("De er ikke her.", messageId);
    await stage.sees(number, "requesterReplied");
    await stage.does(number, "resolution");
    await stage.mails("Jeg venter ennå.", messageId);
    await stage.sees(number, "requesterReplied", 2);
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    return [number];
  },

  async "replies-that-may-be-taken-back"(stage) {
    const { prisma } = stage.product.database;
    await prisma.team.updateMany({ data: { undoMs: 700 } });
    const number = await stage.opensAndGetsSomebody();
    await stage.does(number, "messages", { text: "It leaves by itself." });
    await stage.sees(number, "replied");
    await prisma.team.updateMany({ data: { undoMs: 60_000 } });
    const { id } = (await stage.does(number, "messages", { text: "It never leaves." })) as unknown as { id: string };
    await stage.does(number, `messages/${id}/withdrawal`);
    await stage.does(number, "messages", { text: "It leaves before the solution." });
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    await prisma.team.updateMany({ data: { undoMs: 0 } });
    return [number];
  },
};
