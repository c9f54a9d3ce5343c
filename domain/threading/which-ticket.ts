// Which ticket a mail belongs to, and why. Knows proofs, parts and what teams allow; refuses to know headers, signatures, rows
// and addresses. Nobody is let in by a number in a subject, nor by the name in From alone.
import type { HeldBecause } from "../ticket";

/** How a mail names a ticket, the surest first: only what we signed proves that its sender had it from us. */
export const traceKinds = ["signed-address", "signed-message-id", "reference"] as const;
export type TraceKind = (typeof traceKinds)[number];

/** What a colleague's answer to a mail becomes: the requester wrote, so the requester is answered; else it is for colleagues. */
export type Meaning = "reply" | "note";

export interface Trace {
  readonly by: TraceKind;
  readonly ticket: number;
  /** Of a signed address made for a member of staff: whose, and what an answer to that mail becomes. */
  readonly agent?: { readonly id: string; readonly means: Meaning };
}

/** How the sender's address stands to a ticket that the mail names. */
export interface Standing {
  readonly ticket: number;
  readonly isClosed: boolean;
  /** It was closed when the mail arrived, which may be a while ago. */
  readonly wasClosed: boolean;
  readonly isRequester: boolean;
  /** Let in by staff. */
  readonly isParticipant: boolean;
  /** Once in Cc of a mail of the requester's, of the same domain; and whether the team lets such people in. */
  readonly wasCopied: boolean;
  readonly lettingCopied: boolean;
  /** Of the requester's organisation; and whether the team lets such people in. */
  readonly isColleague: boolean;
  readonly lettingColleagues: boolean;
}

export interface Evidence {
  readonly traces: readonly Trace[];
  readonly standings: readonly Standing[];
  /** The member of staff whose address it was sent from. */
  readonly agent: string | null;
  /** Whether a check of SPF, DKIM or ARC proves the domain in From. */
  readonly isAuthentic: boolean;
  /** A machine of the sender's wrote it. */
  readonly isAutomatic: boolean;
  /** It says that no person sent it, or that nobody wants to hear of it; what it is has not been recognised. */
  readonly isUnattended: boolean;
  /** A colleague passes on what somebody else has written. */
  readonly isForward: boolean;
}

/** As what the sender speaks on a ticket. */
export type Part = "requester" | "participant" | "copied" | "colleague";

/** A reason is a stable code: it is stored and shown to staff (docs/mail.md says each in words). */
export type Placement =
  | { readonly to: "ticket"; readonly ticket: number; readonly trace: TraceKind; readonly because: Part }
  /** Closed by then: it goes on in a ticket that follows it up. */
  | { readonly to: "follow-up"; readonly ticket: number; readonly trace: TraceKind; readonly because: "requester" }
  | { readonly to: "staff"; readonly ticket: number; readonly trace: TraceKind; readonly because: "proven-staff"; readonly means: Meaning }
  /** Inside the ticket, until staff say. */
  | { readonly to: "held"; readonly ticket: number; readonly trace: TraceKind; readonly because: HeldBecause; readonly means: Meaning | null }
  /** On the ticket for staff to see, and nothing else. */
  | { readonly to: "kept"; readonly ticket: number; readonly trace: TraceKind; readonly because: "automatic" }
  | { readonly to: "nobody"; readonly because: "automatic" }
  /** `related`: a ticket that it names, and that its sender has no part in. */
  | {
      readonly to: "new";
      readonly because: "names-none" | "forwarded" | "no-part-in-it" | "closed-to-it";
      readonly related: number | null;
    };

/** Total: every mail has exactly one place. */
export function whichTicket(evidence: Evidence): Placement {
  const { agent, isAutomatic } = evidence;
  const trace = surest(evidence.traces);
  if (trace === null) return unnamed(evidence);
  const standing = evidence.standings.find(({ ticket }) => ticket === trace.ticket);
  if (standing === undefined) return unnamed(evidence);
  const part = partOf(standing);
  const isSigned = trace.by !== "reference";
  if (isAutomatic) return agent === null && (part !== null || isSigned) ? kept(trace, standing) : { to: "nobody", because: "automatic" };
  // A colleague may have asked something for themselves; what was sent to them as staff they answer as staff.
  if (agent !== null && (part === null || trace.agent !== undefined)) return byStaff(trace, standing, evidence);
  const { ticket, by } = trace;
  if (part === null && !isSigned) return { to: "new", because: "no-part-in-it", related: ticket };
  if (part === null && !standing.isClosed) return { to: "held", ticket, trace: by, because: "unknown-sender", means: null };
  // What arrived before the closing is an answer to a ticket that was not closed, and reopens it.
  if (part !== null && !standing.wasClosed) return { to: "ticket", ticket, trace: by, because: part };
  // Only the requester's own matter goes on; whoever else writes then has one of their own.
  return part === "requester"
    ? { to: "follow-up", ticket, trace: by, because: part }
    : { to: "new", because: "closed-to-it", related: ticket };
}

/** As what somebody may speak on a ticket; null: not at all. */
export function partOf(standing: Standing): Part | null {
  if (standing.isRequester) return "requester";
  if (standing.isParticipant) return "participant";
  if (standing.wasCopied && standing.lettingCopied) return "copied";
  return standing.isColleague && standing.lettingColleagues ? "colleague" : null;
}

/** Of equally sure ones the first. */
function surest(traces: readonly Trace[]): Trace | null {
  for (const kind of traceKinds) {
    const found = traces.find(({ by }) => by === kind);
    if (found !== undefined) return found;
  }
  return null;
}

function unnamed({ isAutomatic, isForward, agent }: Evidence): Placement {
  if (isAutomatic) return { to: "nobody", because: "automatic" };
  return { to: "new", because: agent !== null && isForward ? "forwarded" : "names-none", related: null };
}

function kept({ by, ticket }: Trace, { isClosed }: Standing): Placement {
  return isClosed ? { to: "nobody", because: "automatic" } : { to: "kept", ticket, trace: by, because: "automatic" };
}

/**
 * Proven twice: by the address that only they were given, and by their domain's word that it sent the mail. Their own auto-responder
 * has both; what it says is nobody's answer.
 */
function byStaff(trace: Trace, { isClosed }: Standing, { agent, isAuthentic, isUnattended }: Evidence): Placement {
  const { ticket, by } = trace;
  if (isClosed) return { to: "new", because: "closed-to-it", related: ticket };
  const means = trace.agent?.means ?? "note";
  return trace.agent?.id === agent && by === "signed-address" && isAuthentic && !isUnattended
    ? { to: "staff", ticket, trace: by, because: "proven-staff", means }
    : { to: "held", ticket, trace: by, because: "unproven-staff", means };
}

/** Numbers of tickets in a subject, as people and we write them: a hint for staff, and nothing more. */
export function numbersIn(subject: string): readonly number[] {
  const found = [...subject.matchAll(/(?:#|\b(?:ticket|case|request|sak|anfrage|티켓|工单)\s*(?:no\.?|nr\.?|:)?\s*#?)(\d{3,9})\b/giu)];
  return [...new Set(found.map(([, digits]) => Number(digits)))];
}
