// Who else takes part in a ticket: strangers who are held, people in Cc, the organisation; and what they are sent.
import { randomUUID } from "node:crypto";
import { addressOf, api, desk, heldOn, opened, send, somebody, words } from "./a-journey";

export function participants(): void {
  test("a stranger with the signed address is held inside the ticket; accepted once, they take part, and it counts from its arrival", async () => {
    const { number } = await opened();
    await api.call("POST", `/tickets/${number}/messages`, { body: { text: "Answered." } });
    const [stranger, receivedAt] = [somebody(), new Date()];
    await send({ from: `Uma <${stranger}>`, to: addressOf(number), text: "Me too", receivedAt });
    await desk.until(number, ({ heldMessages }) => heldMessages.length === 1);
    expect(await words(number)).toHaveLength(2);
    const [held] = await heldOn(number);
    expect(held).toMatchObject({ because: "unknown-sender", text: "Me too", sender: stranger });
    const notices = await desk.prisma.notice.findMany({ where: { ticket: number, template: "message-held" } });
    expect(notices).toHaveLength(1);
    const accepted = await api.call("POST", `/tickets/${number}/held-messages/${held?.id}/acceptance`);
    expect(accepted.status).toBe(200);
    const ticket = await desk.until(number, ({ heldMessages }) => heldMessages.length === 0);
    expect(ticket.clocks.nextResponse.ongoing?.startedAt).toBeGreaterThanOrEqual(receivedAt.getTime());
    expect((await words(number)).at(-1)).toBe("participant public: Me too");
    expect((await api.call("GET", `/tickets/${number}/participants`)).body["items"]).toMatchObject([{ email: stranger, name: "Uma", state: "member", via: "accepted" }]);
    expect((await api.call("POST", `/tickets/${number}/held-messages/${held?.id}/rejection`)).body).toMatchObject({ code: "no_such_message", status: 409 });
    const again = await send({ from: stranger, to: addressOf(number), text: "And this" });
    expect(again.placement).toMatchObject({ outcome: "ticket", because: "participant" });
    await desk.until(number, ({ requesterWroteAt, version }) => requesterWroteAt === version);
  });

  test("a rejected message leaves no trace in the conversation, and its sender no part", async () => {
    const { number } = await opened();
    await send({ from: somebody(), to: addressOf(number), text: "Buy this" });
    await desk.until(number, ({ heldMessages }) => heldMessages.length === 1);
    const [held] = await heldOn(number);
    expect((await api.call("POST", `/tickets/${number}/held-messages/${held?.id}/rejection`)).status).toBe(200);
    expect(await words(number)).toHaveLength(1);
    expect((await api.call("GET", `/tickets/${number}/participants`)).body["items"]).toMatchObject([{ state: "offered", via: "held" }]);
  });

  test("people in Cc of the requester's own domain speak where the team lets them; whom staff put out never do", async () => {
    const domain = `org-${randomUUID().slice(0, 6)}.test`;
    const [from, copied] = [somebody(domain), somebody(domain)];
    const { number, id } = await opened(from, { cc: copied });
    expect((await api.call("GET", `/tickets/${number}/participants`)).body).toMatchObject({ items: [], copied: [copied] });
    const before = await send({ from: copied, answers: id });
    expect(before.placement).toMatchObject({ outcome: "new", related: number });
    const { team } = await desk.state(number);
    expect((await api.call("PUT", `/teams/${team}/mail`, { as: "agent", body: { letsCopiedIn: true, letsColleaguesIn: false } })).status).toBe(403);
    expect((await api.call("PUT", `/teams/${team}/mail`, { as: "admin", body: { letsCopiedIn: true, letsColleaguesIn: false } })).status).toBe(200);
    const after = await send({ from: copied, answers: id, text: "Me too" });
    expect(after.placement).toMatchObject({ outcome: "ticket", because: "copied" });
    const { body } = await api.call("GET", `/tickets/${number}/participants`);
    const [participant] = body["items"] as { id: string }[];
    expect((await api.call("DELETE", `/tickets/${number}/participants/${participant?.id}`)).status).toBe(204);
    expect((await send({ from: copied, answers: id })).placement).toMatchObject({ outcome: "new" });
    expect((await api.call("DELETE", `/tickets/${number}/participants/${participant?.id}`)).status).toBe(404);
  });

  test("people of the requester's organisation speak where the team lets them", async () => {
    const [one, other] = ["a", "b"].map((name) => `${name}-${randomUUID().slice(0, 6)}.test`);
    const organisation = { id: `org-${one}`, name: "Org", domains: [one ?? "", other ?? ""] };
    await desk.prisma.organisation.create({ data: organisation });
    const { number, id } = await opened(somebody(one));
    const { team } = await desk.state(number);
    await api.call("PUT", `/teams/${team}/mail`, { as: "admin", body: { letsCopiedIn: false, letsColleaguesIn: false } });
    expect((await send({ from: somebody(other), answers: id })).placement).toMatchObject({ outcome: "new", because: "no-part-in-it" });
    await api.call("PUT", `/teams/${team}/mail`, { as: "admin", body: { letsCopiedIn: false, letsColleaguesIn: true } });
    expect((await send({ from: somebody(other), answers: id })).placement).toMatchObject({ outcome: "ticket", because: "colleague" });
    expect((await send({ from: somebody(), answers: id })).placement).toMatchObject({ outcome: "new", because: "no-part-in-it" });
  });

  test("whoever takes part gets a copy of what staff say to the requester: a mail of their own, without the requester's link", async () => {
    const [from, partner, copied] = [somebody(), somebody(), somebody()];
    const { number } = await opened(from, { cc: copied });
    await api.call("POST", `/tickets/${number}/participants`, { body: { email: partner, name: "Pat" } });
    await api.call("POST", `/tickets/${number}/messages`, { body: { text: "Among ourselves.", visibility: "internal" } });
    await api.call("POST", `/tickets/${number}/messages`, { body: { text: "It left this morning." } });
    const [copy] = await desk.mail.waitForMailsTo(partner);
    expect(copy?.to).toEqual([partner]);
    expect(copy?.text).toContain("It left this morning.");
    expect(`${copy?.text} ${copy?.html}`).not.toMatch(/\/r\//);
    expect(`${copy?.text} ${JSON.stringify(copy?.headers)}`).not.toContain(from);
    const requester = (await desk.mail.waitForMailsTo(from)).find(({ text }) => text.includes("It left this morning.")) ?? (await desk.mail.waitForMailsTo(from, 2)).at(-1);
    expect(requester?.text).toMatch(/\/r\//);
    expect(copy?.headers["message-id"]).not.toBe(requester?.headers["message-id"]);
    expect(copy?.headers["auto-submitted"]).toBeUndefined();
    const answer = await send({ from: partner, to: addressOf(number), text: "Thank you both" });
    expect(answer.placement).toMatchObject({ outcome: "ticket", because: "participant" });
    await api.call("POST", `/tickets/${number}/resolution`, { body: { text: "Solved it is." } });
    expect((await desk.mail.waitForMailsTo(partner, 2)).at(-1)?.text).toContain("Solved it is.");
    const { body } = await api.call("GET", `/tickets/${number}/notices`);
    const copies = (body["items"] as { template: string; recipient: object }[]).filter(({ template }) => template === "copy");
    expect(copies.map(({ recipient }) => recipient)).toMatchObject([{ kind: "participant", email: partner, name: "Pat" }, { kind: "participant", email: partner }]);
    expect(desk.mail.to(copied)).toEqual([]);
  });
}
