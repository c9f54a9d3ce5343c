// What people ask of a desk, by verb. Every text, name and address holds the run's canary: it must turn up nowhere
// else.
import { createHash } from "node:crypto";
import { createLinks } from "../../../contract/link";
import { people, teams } from "../../../prisma/seed/people";
import { categories } from "../../../prisma/seed/categories";
import { TEST_KEYS } from "../../support/keys";
import type { Random } from "../random";
import { SECRET } from "../stage/desk-data";
import type { Order } from "./ledger";

export const holders = { agent: "amara", lead: "ingrid" } as const;
const links = createLinks({ secret: SECRET, publicUrl: "http://desk.example" });
const workers = people.filter(({ role }) => role === "agent" || role === "lead").map(({ id }) => id);

/** Words that some rules know, and some that none does. */
const topics = [
  "refund for a payment",
  "my card was lost",
  "the parcel is late",
  "an error in the app",
  "something else",
];

export interface Writer {
  readonly life: number;
  /** Begins every key: that of another run is another key. */
  readonly run: string;
  /** Personal data of this run. */
  readonly canary: string;
  readonly random: Random;
}

type Ask = Pick<Order, "method" | "body" | "isForm"> & { readonly path: string; readonly role?: keyof typeof holders };

const asks = {
  assign: ({ random }) => put("assignee", { agent: random.pick(workers) }),
  transfer: ({ random }) => put("assignee", { team: random.pick(teams).id }),
  unassign: () => ({ method: "DELETE", path: "assignee", body: {} }),
  reply: (writer) => post("messages", { text: words(writer, "We look into it") }),
  acceptOffer: () => post("offer/acceptance", {}),
  declineOffer: (writer) => post("offer/decline", { reason: words(writer, "Not now") }),
  note: (writer) => post("messages", { text: words(writer, "Sounds upset"), visibility: "internal" }),
  requesterReply: (writer) => post("messages", { text: words(writer, "One more thing"), as: "requester" }),
  categorise: ({ random }) => put("category", { category: random.pick(Object.keys(categories)) }),
  prioritise: (writer) =>
    put("priority", {
      priority: writer.random.pick(["low", "normal", "high", "urgent"]),
      reason: words(writer, "It seems so"),
    }),
  wait: (writer) =>
    post("wait", {
      text: words(writer, "Which one is it?"),
      ...(writer.random.oneIn(2) ? { until: soon(writer.random) } : {}),
    }),
  hold: (writer) => post("hold", { reason: words(writer, "The bank has to answer") }),
  resume: () => post("resumption", {}),
  resolve: (writer) => post("resolution", writer.random.oneIn(2) ? { text: words(writer, "Done") } : {}),
  close: () => post("closure", {}),
  reopen: (writer) => ({ ...post("reopening", { reason: words(writer, "It was not") }), role: "lead" }),
  // By the requester, on the page that a mail's link opens.
  pageReply: (writer) => form("reply", { text: words(writer, "And on the page") }),
  confirm: () => form("solved"),
  reject: () => form("not-solved"),
} as const satisfies Readonly<Record<string, (writer: Writer) => Ask>>;

export type VerbName = keyof typeof asks;
/** Said only to what is on offer to them. */
const answers: ReadonlySet<string> = new Set<VerbName>(["acceptOffer", "declineOffer"]);
/** What anybody may think of at any time. */
export const verbNames: readonly VerbName[] = (Object.keys(asks) as VerbName[]).filter((verb) => !answers.has(verb));
/** By the names under which they are recorded. */
export const recordedVerbs: readonly VerbName[] = verbNames.filter((verb) => verb !== "pageReply");

/** `count` tells this order's key from the life's others; `as`: somebody else than usual gives it. */
export function command(writer: Writer, verb: VerbName, number: number, count: number, as?: keyof typeof holders): Order {
  const { method, path, body, isForm = false, role: usual = "agent" } = asks[verb](writer) as Ask;
  const role = as ?? usual;
  const key = `${writer.run}/life-${writer.life}/${count}/${verb}`;
  const common = { life: writer.life, verb, method, body, number, key };
  if (isForm) return { ...common, path: `${pageOf(number)}/${path}`, scope: `page:${number}`, apiKey: null, isForm };
  const by = { scope: `staff:${holders[role]}`, apiKey: TEST_KEYS[role] };
  return { ...common, ...by, path: `/api/v1/tickets/${number}/${path}` };
}

/** As a mail's link has it. */
function pageOf(number: number): string {
  return new URL(links.linkTo(number, Date.now())).pathname;
}

/** By a stranger, or by staff on somebody's behalf. */
export function opening(writer: Writer): Order {
  const { life, run, random } = writer;
  const email = `c${life}-${writer.canary}@customer.example`;
  const isOnBehalf = random.oneIn(4);
  const body = {
    subject: words(writer, random.pick(topics)),
    text: words(writer, random.pick(topics)),
    requester: { email, name: `Kari ${writer.canary}` },
    ...(random.oneIn(3)
      ? { impact: random.pick(["low", "medium", "high"]), urgency: random.pick(["low", "medium", "high"]) }
      : {}),
    ...(isOnBehalf ? { onBehalf: { notify: true } } : {}),
  };
  const scope = isOnBehalf ? "staff:amara" : `requester:${createHash("sha256").update(email).digest("hex")}`;
  const key = `${run}/life-${life}/open`;
  return {
    life,
    verb: "open",
    method: "POST",
    path: "/api/v1/tickets",
    body,
    key,
    scope,
    apiKey: isOnBehalf ? TEST_KEYS.agent : null,
    number: null,
  };
}

function post(path: string, body: object): Ask {
  return { method: "POST", path, body };
}

function form(path: string, body: Readonly<Record<string, string>> = {}): Ask {
  return { ...post(path, body), isForm: true };
}

function put(path: string, body: object): Ask {
  return { method: "PUT", path, body };
}

function words({ canary, random, life }: Writer, text: string): string {
  return `${text} (${life}.${random.between(1, 1_000_000)}), ${canary}.`;
}

function soon(random: Random): string {
  return new Date(Date.now() + random.between(1_500, 4_000)).toISOString();
}
