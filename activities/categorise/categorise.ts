// What a new ticket is about: a rule says so, or the model is sure enough, or people sort it. Reads the text and
// stores why; returns codes only, for what it returns enters Temporal's history.
import { ageingOf, raisesOf } from "../../domain/raising";
import type { Ageing, Because } from "../../domain/raising";
import { firstMatch } from "../../domain/rules";
import type { Instant } from "../../domain/ticket";
import type { TicketType } from "../../domain/words";
import type { PrismaClient } from "../../prisma/client";
import { measureFor } from "../policy/match-policy";
import type { Measure } from "../policy/match-policy";
import { consult } from "./consult";
import type { Consulted } from "./consult";
import { factsOf, textOf } from "./examples";
import { createModelShelf } from "./model-shelf";
import type { Shelved } from "./model-shelf";
import { keep } from "./reasons";
import type { Reasons } from "./reasons";

export interface Sorted {
  readonly category: string;
  readonly type: TicketType;
  readonly team: string;
  /** The rule that decided; null when none did. */
  readonly rule: string | null;
  /** The edition of the model that decided; null when none did. */
  readonly model: number | null;
  /** Whether a language model elsewhere decided. Left out: it did not. */
  readonly assistant?: boolean;
  /** Whether nobody knew, and there is one to ask. Left out: not so. */
  readonly mayAsk?: boolean;
  /** Whether some team asks requesters for what its forms lack. Left out: none does. */
  readonly asksBack?: boolean;
  /** The rules that raise its priority, the deciding one first. Left out: none does. */
  readonly raises?: readonly Because[];
  /** What its age will make of it. Left out: nothing. */
  readonly ageing?: Ageing;
  /** By what it is measured from here on. */
  readonly measure: Measure;
}

/** The category of what nobody knows; its team is the one that sorts by hand. */
export const uncategorised = "uncategorised";

/**
 * The category is decided once: asked again, it is the same, whatever rules and models there are by then. `hasAssistant`:
 * there is a language model to ask when nobody knows.
 */
export function createCategorise(prisma: PrismaClient, hasAssistant: boolean) {
  const shelf = createModelShelf(prisma);
  return async ({ number, from }: { number: number; from: Instant }): Promise<Sorted> => {
    const consulted = await consult(prisma, number);
    const { organisation, windows, request, model: edition } = consulted;
    const reasons = consulted.decided ?? (await keep(prisma, number, await decide(consulted, () => shelf.take(edition))));
    const { category, type, team, rule, source, model } = reasons;
    const placed = { team, organisation, type, category, channel: request.channel, windows: windows[team] ?? null };
    const measure = await measureFor(prisma, placed, null, from);
    const asking = consulted.asksBack ? { asksBack: true } : {};
    const sorted = { category, type, team, rule, model: source === "model" ? model : null, ...asking, ...raisedBy(consulted), measure };
    if (source === "assistant") return { ...sorted, assistant: true };
    return source === "triage" && hasAssistant ? { ...sorted, mayAsk: true } : sorted;
  };
}

function raisedBy({ raising, vip, request }: Consulted): Pick<Sorted, "raises" | "ageing"> {
  if (raising === null) return {};
  const raises = raisesOf(raising, { vip, text: `${request.subject}\n${request.text}` });
  const ageing = ageingOf(raising);
  return { ...(raises.length > 0 && { raises }), ...(ageing !== null && { ageing }) };
}

/** Whoever wrote to a team's own mailbox wants that team: only a rule leads elsewhere. */
async function decide(consulted: Consulted, take: () => Promise<Shelved | null>): Promise<Reasons> {
  const { request, rules, statedType, triageTeam, mailboxTeam, teams } = consulted;
  const nothing = { rule: null, model: null, confidence: null, words: [], others: [] };
  const rule = firstMatch(rules, request);
  if (rule !== null) {
    const { category, team } = rule;
    return { ...nothing, source: "rule", category, team, type: statedType ?? rule.type ?? "question", rule: rule.id };
  }
  const unsorted = { category: uncategorised, team: mailboxTeam ?? triageTeam, type: statedType ?? "question" } as const;
  const shelved = await take();
  if (shelved === null) return { ...nothing, ...unsorted, source: "triage" };
  const { label, confidence, given, words, others } = shelved.guess(textOf(request), factsOf(request));
  const said = { ...nothing, model: shelved.edition, confidence, words };
  // A category may have been taken away since the model was trained.
  const team = label in teams ? (teams[label] ?? shelved.outcomes[label]?.team ?? triageTeam) : null;
  if (!given || team === null) {
    return { ...said, ...unsorted, source: "triage", others: [{ label, confidence }, ...others] };
  }
  const type = statedType ?? shelved.outcomes[label]?.type ?? "question";
  return { ...said, source: "model", category: label, team: mailboxTeam ?? team, type, others };
}
