// A ticket that is given to another requester: who is told then that it has arrived.
import { nextDue } from "../../domain/due";
import type { Ticket } from "../../domain/ticket";
import { aSortedTicket, aTicket, does, requester, staff, text } from "./a-ticket";

const given = (ticket: Ticket): Ticket => does(ticket, "changeRequester", { requester: "ada", reason: text() }).ticket;
const passedOn = { channel: "mail", acknowledge: false } as const;

test("of a mail that a colleague passed on its writer hears once staff have said whose it is", () => {
  const confirmed = given(aSortedTicket(passedOn));
  expect(confirmed).toMatchObject({ requester: "ada", acknowledgement: "due" });
  expect(nextDue(confirmed)?.command.verb).toBe("acknowledge");
});

test.each([
  ["one that staff opened by phone", aSortedTicket({ channel: "phone", acknowledge: false, openedBy: staff() })],
  ["one of which somebody was told", does(aSortedTicket({ channel: "mail" }), "acknowledge", {}).ticket],
  ["one that staff have answered", does(aSortedTicket(passedOn), "reply", { message: text() }).ticket],
  ["one that is solved", does(aTicket({}, passedOn), "resolve", { message: null }).ticket],
  ["one in which its requester waits for an answer by the form", does(aSortedTicket({ acknowledge: false }), "requesterReply", { message: text() }, requester).ticket],
])("nobody is told anew of %s", (_, ticket) => {
  expect(given(ticket).acknowledgement).toBe(ticket.acknowledgement);
});
