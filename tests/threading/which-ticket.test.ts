// Which ticket a mail belongs to: the table, then laws that hold for whatever a mail may claim.
import fc from "fast-check";
import { numbersIn, partOf, whichTicket } from "../../domain/threading/which-ticket";
import type { Evidence, Standing, Trace } from "../../domain/threading/which-ticket";

const stranger: Standing = {
  ticket: 7,
  isClosed: false,
  wasClosed: false,
  isRequester: false,
  isParticipant: false,
  wasCopied: false,
  lettingCopied: false,
  isColleague: false,
  lettingColleagues: false,
};
const address: Trace = { by: "signed-address", ticket: 7 };
const messageId: Trace = { by: "signed-message-id", ticket: 7 };
const reference: Trace = { by: "reference", ticket: 7 };
const toIngrid = (means: "reply" | "note"): Trace => ({ ...address, agent: { id: "ingrid", means } });

const evidence = (traces: readonly Trace[], standing: Partial<Standing> = {}, more: Partial<Evidence> = {}): Evidence => ({
  traces,
  standings: [{ ...stranger, ...standing }],
  agent: null,
  isAuthentic: false,
  isAutomatic: false,
  isUnattended: false,
  isForward: false,
  ...more,
});
const requester = { isRequester: true };
const closed = { isClosed: true, wasClosed: true };
/** It came in time, and is read only now. */
const closedMeanwhile = { isClosed: true, wasClosed: false };
const ingrid = { agent: "ingrid", isAuthentic: true };

test.each([
  ["its requester, by the signed address", evidence([address], requester), { to: "ticket", trace: "signed-address", because: "requester" }],
  ["its requester, by our Message-ID", evidence([messageId], requester), { to: "ticket", trace: "signed-message-id" }],
  ["its requester, by a mail that we hold", evidence([reference], requester), { to: "ticket", trace: "reference" }],
  ["somebody whom staff let in", evidence([reference], { isParticipant: true }), { to: "ticket", because: "participant" }],
  ["somebody whom the requester put in Cc, where the team lets them in", evidence([reference], { wasCopied: true, lettingCopied: true }), { to: "ticket", because: "copied" }],
  ["… and where it does not", evidence([reference], { wasCopied: true }), { to: "new", because: "no-part-in-it", related: 7 }],
  ["a colleague of the requester's, where the team lets them in", evidence([reference], { isColleague: true, lettingColleagues: true }), { to: "ticket", because: "colleague" }],
  ["… and where it does not", evidence([messageId], { isColleague: true }), { to: "held", because: "unknown-sender" }],
  ["a stranger with the signed address", evidence([address]), { to: "held", ticket: 7, because: "unknown-sender" }],
  ["a stranger with our Message-ID", evidence([messageId]), { to: "held", because: "unknown-sender" }],
  ["a stranger who answers a mail that we hold", evidence([reference]), { to: "new", because: "no-part-in-it", related: 7 }],
  ["a stranger with the address of a closed ticket", evidence([address], closed), { to: "new", because: "closed-to-it", related: 7 }],
  ["the requester of a closed ticket", evidence([address], { ...requester, ...closed }), { to: "follow-up", ticket: 7 }],
  ["a participant of a closed ticket", evidence([address], { isParticipant: true, ...closed }), { to: "new", because: "closed-to-it", related: 7 }],
  ["its requester, where it closed before anybody read it", evidence([address], { ...requester, ...closedMeanwhile }), { to: "ticket", because: "requester" }],
  ["… a participant", evidence([address], { isParticipant: true, ...closedMeanwhile }), { to: "ticket", because: "participant" }],
  ["… a stranger, for nobody could let them in any more", evidence([address], closedMeanwhile), { to: "new", because: "closed-to-it", related: 7 }],
  ["… staff, for nobody is answered there any more", evidence([toIngrid("reply")], closedMeanwhile, ingrid), { to: "new", because: "closed-to-it", related: 7 }],
  ["… an absence notice", evidence([address], { ...requester, ...closedMeanwhile }, { isAutomatic: true }), { to: "nobody" }],
  ["anybody who names no ticket", evidence([]), { to: "new", because: "names-none", related: null }],
  ["a ticket that is not there", { ...evidence([address]), standings: [] }, { to: "new", because: "names-none" }],
  ["staff who answer what was sent to them, proven", evidence([toIngrid("reply")], {}, ingrid), { to: "staff", means: "reply" }],
  ["… a note where that is what the notice said", evidence([toIngrid("note")], {}, ingrid), { to: "staff", means: "note" }],
  ["… not proven by their domain", evidence([toIngrid("reply")], {}, { ...ingrid, isAuthentic: false }), { to: "held", because: "unproven-staff", means: "reply" }],
  ["… with a colleague's address", evidence([toIngrid("reply")], {}, { agent: "ola", isAuthentic: true }), { to: "held", because: "unproven-staff" }],
  ["… with the requester's address", evidence([address], {}, ingrid), { to: "held", because: "unproven-staff", means: "note" }],
  ["… by a Message-ID alone", evidence([messageId], {}, ingrid), { to: "held", because: "unproven-staff", means: "note" }],
  ["… to a closed ticket", evidence([toIngrid("reply")], closed, ingrid), { to: "new", because: "closed-to-it", related: 7 }],
  ["staff who asked something for themselves", evidence([address], requester, ingrid), { to: "ticket", because: "requester" }],
  ["… and answer what was sent to them as staff", evidence([toIngrid("note")], requester, ingrid), { to: "staff" }],
  ["staff who pass a mail on", evidence([], {}, { ...ingrid, isForward: true }), { to: "new", because: "forwarded" }],
  ["anybody else who does", evidence([], {}, { isForward: true }), { to: "new", because: "names-none" }],
  ["the requester's absence notice", evidence([messageId], requester, { isAutomatic: true }), { to: "kept", ticket: 7 }],
  ["an absence notice to a signed address", evidence([address], {}, { isAutomatic: true }), { to: "kept" }],
  ["… to a closed ticket", evidence([address], closed, { isAutomatic: true }), { to: "nobody" }],
  ["… a colleague's", evidence([toIngrid("note")], {}, { ...ingrid, isAutomatic: true }), { to: "nobody" }],
  ["… that was not recognised as one", evidence([toIngrid("reply")], {}, { ...ingrid, isUnattended: true }), { to: "held", because: "unproven-staff" }],
  ["… that names no ticket", evidence([], {}, { isAutomatic: true }), { to: "nobody" }],
])("%s", (_, given, expected) => {
  expect(whichTicket(given)).toMatchObject(expected);
});

test("what was signed goes before what anybody may write, and an address before a Message-ID", () => {
  const standings = [1, 2, 3].map((ticket) => ({ ...stranger, ...requester, ticket }));
  const traces: Trace[] = [{ by: "reference", ticket: 1 }, { by: "signed-message-id", ticket: 2 }, { by: "signed-address", ticket: 3 }];
  expect(whichTicket({ ...evidence(traces), standings })).toMatchObject({ ticket: 3 });
  expect(whichTicket({ ...evidence(traces.slice(0, 2)), standings })).toMatchObject({ ticket: 2 });
});

const anyStanding: fc.Arbitrary<Standing> = fc
  .record({
    ticket: fc.constantFrom(1, 2),
    closing: fc.constantFrom({ isClosed: false, wasClosed: false }, closedMeanwhile, closed),
    isRequester: fc.boolean(),
    isParticipant: fc.boolean(),
    wasCopied: fc.boolean(),
    lettingCopied: fc.boolean(),
    isColleague: fc.boolean(),
    lettingColleagues: fc.boolean(),
  })
  .map(({ closing, ...standing }) => ({ ...standing, ...closing }));
const anyTrace: fc.Arbitrary<Trace> = fc.record(
  {
    by: fc.constantFrom("signed-address", "signed-message-id", "reference"),
    ticket: fc.constantFrom(1, 2, 3),
    agent: fc.record({ id: fc.constantFrom("ingrid", "ola"), means: fc.constantFrom("reply", "note") }),
  },
  { requiredKeys: ["by", "ticket"] },
) as fc.Arbitrary<Trace>;
const anyEvidence: fc.Arbitrary<Evidence> = fc.record({
  traces: fc.array(anyTrace, { maxLength: 4 }),
  standings: fc.uniqueArray(anyStanding, { selector: ({ ticket }) => ticket, maxLength: 2 }),
  agent: fc.option(fc.constantFrom("ingrid", "ola")),
  isAuthentic: fc.boolean(),
  isAutomatic: fc.boolean(),
  isUnattended: fc.boolean(),
  isForward: fc.boolean(),
});

test("nobody joins a ticket without a trace of it and a part in it", () => {
  fc.assert(
    fc.property(anyEvidence, (given) => {
      const placement = whichTicket(given);
      if (placement.to !== "ticket" && placement.to !== "follow-up") return;
      const standing = given.standings.find(({ ticket }) => ticket === placement.ticket);
      expect(given.traces.some(({ by, ticket }) => by === placement.trace && ticket === placement.ticket)).toBe(true);
      expect(standing !== undefined && partOf(standing)).not.toBeNull();
      expect(standing?.wasClosed).toBe(placement.to === "follow-up");
    }),
    { numRuns: 5_000 },
  );
});

test("nobody speaks for staff without an address signed for them and their domain's word", () => {
  fc.assert(
    fc.property(anyEvidence, (given) => {
      const placement = whichTicket(given);
      if (placement.to !== "staff") return;
      expect(given.isAuthentic).toBe(true);
      expect(given.traces).toContainEqual(expect.objectContaining({ by: "signed-address", ticket: placement.ticket, agent: { id: given.agent, means: placement.means } }));
    }),
    { numRuns: 5_000 },
  );
});

test("a closed ticket takes only what its own people wrote in time", () => {
  fc.assert(
    fc.property(anyEvidence, (given) => {
      const placement = whichTicket(given);
      if (placement.to !== "held" && placement.to !== "staff" && placement.to !== "kept") return;
      expect(given.standings.find(({ ticket }) => ticket === placement.ticket)?.isClosed).toBe(false);
    }),
    { numRuns: 5_000 },
  );
});

test("nothing is held on a mere reference by a stranger", () => {
  fc.assert(
    fc.property(anyEvidence, (given) => {
      const placement = whichTicket(given);
      if (placement.to === "held" && placement.because === "unknown-sender") expect(placement.trace).not.toBe("reference");
    }),
    { numRuns: 5_000 },
  );
});

test.each([
  ["Re: [#1042] Invoice", [1042]],
  ["AW: Ticket 1042: Rechnung", [1042]],
  ["Case no. 88123 and #1042", [88123, 1042]],
  ["Invoice 1042 of 2026", []],
  ["#12", []],
  ["#1042abc", []],
])("a number in the subject is a hint: %s", (subject, expected) => {
  expect(numbersIn(subject)).toEqual(expected);
});
