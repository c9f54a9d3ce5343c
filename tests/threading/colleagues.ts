// What colleagues send: their answers and notes, and what they pass on.
import { ingrid } from "../support/desk";
import { addressOf, api, desk, journalHas, opened, send, signed, somebody, words } from "./a-journey";

export function colleagues(): void {
  describe("a colleague's mail", () => {
    const quote = "\n\nOn Sun, 22 Nov 2026 at 10:00, Support <support@perdura.localhost> wrote:\n> Are you there?";

    /** Amara has the ticket and was told that its requester wrote: the address that she may answer to. */
    async function asked() {
      const { number, from } = await opened();
      await desk.command(number, "assign", { agent: "amara", overCapacity: false }, { by: ingrid });
      await send({ from, to: addressOf(number), text: "Are you there?" });
      await desk.until(number, ({ requesterWroteAt, version }) => requesterWroteAt === version && version > 1);
      const notice = await desk.prisma.notice.findFirstOrThrow({ where: { ticket: number, template: "requester-wrote" } });
      const { email } = await desk.prisma.agent.findUniqueOrThrow({ where: { id: "amara" } });
      return { number, from, email, to: addressOf(number, notice.id) };
    }

    test("is their answer, less what it quotes, when it comes to their own address and their domain says it sent it; whom they put in Cc take part", async () => {
      const { number, email, to } = await asked();
      const [receivedAt, copied] = [new Date(), somebody("other.test")];
      // It came to another mailbox of ours as well: we take no part in our own tickets.
      const { teamId } = await desk.prisma.mailbox.findUniqueOrThrow({ where: { id: "support" } });
      await desk.prisma.mailbox.create({ data: { id: "web", name: "Web", teamId, addresses: ["web@perdura.localhost"] } });
      const cc = `${copied}, ${signed.replyTo("web@perdura.localhost", { ticket: number, notice: null })}`;
      await send({ from: email, to, cc, text: `I am.${quote}`, isProven: true, receivedAt });
      const ticket = await desk.until(number, ({ answeredAt }) => answeredAt !== null);
      expect(ticket).toMatchObject({ answeredAt: receivedAt.getTime(), heldMessages: [] });
      expect((await words(number)).at(-1)).toBe("staff public: I am.");
      expect(await desk.prisma.notice.count({ where: { ticket: number, template: "public-reply", recipient: "requester" } })).toBe(1);
      expect((await api.call("GET", `/tickets/${number}/participants`)).body["items"]).toMatchObject([{ email: copied, via: "staff", state: "member" }]);
      expect((await send({ from: copied, to: addressOf(number), text: "Thanks" })).placement).toMatchObject({ because: "participant" });
    });

    test("is a note where the notice was not about the requester's words", async () => {
      const { number, email } = await asked();
      const assigned = await desk.prisma.notice.findFirstOrThrow({ where: { ticket: number, template: "assigned", recipient: "agent:amara" } });
      await send({ from: email, to: addressOf(number, assigned.id), text: "I take it", isProven: true });
      await journalHas(number, "noted");
      expect((await words(number)).at(-1)).toBe("staff internal: I take it");
    });

    test("is held when the proof is another's: of a domain that From doesn't name, or of a form's whose answers go to them", async () => {
      const { number, email, to } = await asked();
      const proof = (domain: string) => `Authentication-Results: mx.perdura.test; dmarc=pass header.from=${domain}`;
      expect((await send({ from: email, to, headers: proof("evil.test") })).placement).toMatchObject({ because: "unproven-staff" });
      await desk.prisma.mailbox.update({ where: { id: "support" }, data: { trustReplyTo: true } });
      const byForm = await send({ from: "form@evil.test", to, headers: `Reply-To: ${email}`, isProven: true });
      await desk.prisma.mailbox.update({ where: { id: "support" }, data: { trustReplyTo: false } });
      expect(byForm.placement).toMatchObject({ because: "unproven-staff", sender: email });
      expect((await desk.until(number, ({ heldMessages }) => heldMessages.length === 2)).answeredAt).toBeNull();
    });

    test("is held when it says that no person sent it: their auto-responder has the same proof", async () => {
      const { number, email, to } = await asked();
      await send({ from: email, to, text: "I answer within a day.", isProven: true, headers: "X-Auto-Response-Suppress: DR, AutoReply" });
      await send({ from: email, to, text: "Received.", isProven: true, headers: "Auto-Submitted: auto-generated" });
      const held = await desk.until(number, ({ heldMessages }) => heldMessages.length === 2);
      expect(held.answeredAt).toBeNull();
      expect((await desk.journal(number)).filter((kind) => kind === "replied")).toEqual([]);
    });

    test("is held when its domain does not say so, and they are told at once that it was not sent; accepted by them it counts from its arrival", async () => {
      const { number, email, to } = await asked();
      const receivedAt = new Date();
      await send({ from: email, to, text: `I am.${quote}`, receivedAt });
      const { heldMessages, answeredAt } = await desk.until(number, ({ heldMessages: held }) => held.length === 1);
      expect(answeredAt).toBeNull();
      expect(heldMessages).toMatchObject([{ because: "unproven-staff", as: "reply", writer: { id: "amara" } }]);
      expect(await desk.prisma.notice.findFirst({ where: { ticket: number, template: "not-sent" } })).toMatchObject({ recipient: "agent:amara", wake: true });
      await desk.startedWorkflow("notices:agent:amara:urgent");
      expect(await desk.prisma.notice.count({ where: { ticket: number, template: "public-reply" } })).toBe(0);
      const accept = async (as: "agent" | "admin") => await api.call("POST", `/tickets/${number}/held-messages/${heldMessages[0]?.id}/acceptance`, { as });
      expect((await accept("admin")).body).toMatchObject({ code: "not_allowed_now", status: 409 });
      expect((await accept("agent")).status).toBe(200);
      expect(await desk.until(number, ({ answeredAt: at }) => at !== null)).toMatchObject({ answeredAt: receivedAt.getTime() });
      expect((await words(number)).at(-1)).toBe("staff public: I am.");
    });
  });

  test("what a colleague passes on proposes its writer as requester, and nobody is told", async () => {
    const { email } = await desk.prisma.agent.findFirstOrThrow({ where: { active: true } });
    const text = "Please take this.\n\n---------- Forwarded message ---------\nFrom: Ada <ada@customer.test>\nDate: Mon, 2 Nov 2026\nSubject: Broken\nTo: me\n\nIt broke.";
    const { number } = await send({ from: email, subject: "Fwd: Broken", text });
    const ticket = await desk.until(number, ({ version }) => version > 0);
    expect(ticket.acknowledgement).toBe("none");
    // What the colleague says above it was not meant for its writer, who is going to read the ticket.
    expect(await words(number)).toEqual(["requester public: It broke."]);
    const { body } = await api.call("GET", `/tickets/${number}/mails`);
    expect(body["items"]).toMatchObject([{ because: "forwarded", proposedRequester: { name: "Ada", email: "ada@customer.test" } }]);
  });
}
