// What a requester was told on the page of a mail's link, and what has become of it. A form carries no key of ours:
// words are found by themselves, as no two are alike, and a yes or no by who gave it.
import type { Call, Verdict } from "../clients/ledger";
import { verdict } from "../clients/ledger";
import type { Evidence } from "../ledgers/evidence";
import type { Invariant } from "./invariant";

/** From the writing down of a text to its publication, at most; ms. */
const draftsLiveMs = 10_000;

const decisions = { confirm: "closed", reject: "reopened" } as const;

export const wordsOnThePage: Invariant = {
  law: "words that a requester's page took stand once (or once for each of staff's last words), refused ones nowhere",
  offences: (evidence) =>
    forms(evidence, "pageReply").flatMap((calls) => {
      const { order } = calls[0] as Call;
      const { text } = order.body as { text: string };
      const stand = evidence.rows.messages.filter((row) => row.text === text && row.version !== null);
      const most = 1 + staffWordsMeanwhile(evidence, calls);
      const [taken, refused] = [someAre(calls, "done"), !someAre(calls, "done") && !someAre(calls, "unknown")];
      if (taken && stand.length === 0) return [`${order.key}: taken, and stands nowhere`];
      if (refused && stand.length > 0) return [`${order.key}: refused, and stands`];
      return stand.length > most ? [`${order.key}: stands ${stand.length} times, and ${most} at most is right`] : [];
    }),
};

export const decidedOnThePage: Invariant = {
  law: "a requester's yes or no that the page took is an event by then; one only ever refused is none",
  offences: (evidence) =>
    (["confirm", "reject"] as const).flatMap((verb) =>
      forms(evidence, verb).flatMap((calls) => {
        const { order } = calls[0] as Call;
        const recorded = decidedAt(evidence, order.number, verb);
        const early = calls.filter((call) => verdict(call) === "done" && !recorded.some((at) => at <= call.answeredAt));
        const others = evidence.calls.calls.some(
          (call) => call.order.verb === verb && call.order.number === order.number && verdict(call) !== "refused",
        );
        return [
          ...early.map(() => `${order.key}: #${order.number} took it, and no such event was recorded by then`),
          ...(others || recorded.length === 0 ? [] : [`${order.key}: refused, and #${order.number} has such an event`]),
        ];
      }),
    ),
};

function someAre(calls: readonly Call[], what: Verdict): boolean {
  return calls.some((call) => verdict(call) === what);
}

/** Every call of each form of this verb. */
function forms({ calls }: Evidence, verb: string): readonly (readonly Call[])[] {
  return [...calls.byKey().values()].filter(([first]) => first?.order.isForm === true && first.order.verb === verb);
}

/** When the requester's own decisions on a ticket were recorded, epoch ms. */
function decidedAt({ rows }: Evidence, number: number | null, verb: keyof typeof decisions): readonly number[] {
  return rows.events
    .filter(({ ticket, kind, cause }) => ticket === number && kind === decisions[verb] && isFromPage(cause))
    .map(({ recordedAt }) => recordedAt.getTime());
}

function isFromPage(cause: string): boolean {
  return /^command:requester:[^:]+:page:/u.test(cause);
}

/** The page's key stands for words after staff's last ones: sent again after newer ones they are said again. */
function staffWordsMeanwhile({ rows }: Evidence, calls: readonly Call[]): number {
  const number = calls[0]?.order.number;
  const from = Math.min(...calls.map(({ sentAt }) => sentAt)) - draftsLiveMs;
  const to = Math.max(...calls.map(({ answeredAt }) => answeredAt));
  const theirs = rows.messages.filter(
    ({ ticket, authorKind, visibility }) => ticket === number && authorKind === "staff" && visibility === "public",
  );
  return theirs.filter(({ createdAt }) => createdAt.getTime() >= from && createdAt.getTime() <= to).length;
}
