// One ticket's life by mail, as its requester, strangers, colleagues and machines bring it about. Nobody in it knows anything
// of the desk but what stands in the mails that it sends.
import { setTimeout as sleep } from "node:timers/promises";
import { deliveryReport } from "../../support/delivery-report";
import type { MailEntry } from "../ledgers/mails";
import type { Doors } from "../stage/doors";
import { Inbox } from "./inbox";
import { routes } from "./letters";
import type { Expected, Letter, Route } from "./letters";
import { live } from "./life";
import type { Life, Live } from "./life";
import { command } from "./orders";
import type { VerbName } from "./orders";
import { Post } from "./post";
import { copied, tooDeep, written } from "./writing";
import type { Written } from "./writing";

/** How long somebody waits for an answer before they go on without it, ms. */
const answerWithinMs = 45_000;
const noticeWithinMs = 4_000;

/** A ticket of which its requester has had a mail. */
interface Thread {
  readonly number: number;
  readonly opening: Letter;
  /** The first mail about it: an answer to it leads back. */
  readonly answer: MailEntry;
  readonly requester: string;
}

/** Lives by mail; one in so many is led by HTTP, as in other scenarios. */
const ordinary = 6;

export function correspondence(doors: Doors, mailLedger: string): Live {
  const inbox = new Inbox(mailLedger);
  return async (life) => {
    if (life.first === null && life.writer.random.oneIn(ordinary)) return await live(life);
    await new Correspondence(doors, inbox, life).run();
  };
}

type Kind = (by: Correspondence, thread: Thread) => Promise<readonly Letter[]> | readonly Letter[];

/** What may come on a ticket that is there, by name. */
const kinds = {
  toTheSignedAddress: (by, { opening, answer, requester }) => [by.letter("a reply to the signed address", { is: "heard", on: opening }, { from: requester, to: answer.replyTo })],
  byOurMessageId: (by, { opening, answer, requester }) => [by.letter("a reply by our Message-ID", { is: "heard", on: opening }, { from: requester, answers: answer.messageId })],
  byTheirOwn: (by, { opening, requester }) => [by.letter("a reply to their own mail", { is: "heard", on: opening }, { from: requester, answers: opening.messageId })],
  byTwoRoutes: (by, { opening, answer, requester }) => by.twice(by.letter("a reply by two routes", { is: "heard", on: opening }, { from: requester, to: answer.replyTo })),
  stranger: (by, { opening, answer }) => [by.letter("a stranger at the signed address", { is: "held", on: opening }, { to: answer.replyTo })],
  bystander: (by, { opening }) => [by.letter("a stranger's reply to their mail", { is: "apart", near: opening }, { answers: opening.messageId })],
  forger: (by, { answer }) => [
    by.letter("a forged address", { is: "apart", near: null }, { to: forged(answer.replyTo) }),
    by.letter("a forged Message-ID", { is: "apart", near: null }, { answers: forged(answer.messageId) }),
  ],
  guesser: (by, { number }) => [by.letter("a number in the subject", { is: "apart", near: null }, { subject: `Re: [#${number}] Hello` })],
  absence: (by, { opening, answer, requester }) => [
    by.letter("an absence notice", { is: "kept", on: opening }, { from: requester, to: answer.replyTo, subject: "Out of office", headers: ["Auto-Submitted: auto-replied"] }),
  ],
  tooDeep: (by) => [by.letter("one that can't be read", { is: "quarantined", why: "too_deep" }, { body: tooDeep() })],
  unaligned: (by) => [
    by.letter("one whose domain disowns it", { is: "quarantined", why: "dmarc" }, { headers: [`Authentication-Results: ${by.authservId}; dmarc=fail (p=reject) header.from=customer.example`] }),
  ],
  bounce: (by, { answer }) => [by.report("failed", answer)],
  delay: (by, { answer }) => [by.report("delayed", answer)],
  colleague: (by, thread) => by.fromStaff("a colleague's answer", thread, true),
  impostor: (by, thread) => by.fromStaff("an answer in a colleague's name", thread, false),
  afterTheEnd: async (by, thread) => {
    await by.give("resolve", thread);
    await by.give("close", thread);
    return [by.letter("a reply after the end", { is: "heard", on: thread.opening }, { from: thread.requester, to: thread.answer.replyTo })];
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof kinds;

export class Correspondence {
  readonly authservId: string;
  private readonly post: Post;
  private readonly routes: readonly Route[];
  private letters = 0;

  constructor(
    private readonly doors: Doors,
    private readonly inbox: Inbox,
    private readonly life: Life,
  ) {
    this.authservId = doors.authservId;
    this.routes = routes.filter((route) => route !== "imap" || doors.imap !== null);
    this.post = new Post(doors, life.ledger, life.writer.random.fork(3), life.isOver);
  }

  async run(): Promise<void> {
    const { isOver, first, writer } = this.life;
    const { random } = writer;
    const thread = await this.opened();
    if (thread === null) return;
    const names = random.shuffled(Object.keys(kinds) as KindName[]).slice(0, random.between(4, 9));
    // What comes after the end comes last, for half of them.
    const usual = names.filter((name) => name !== "afterTheEnd");
    const plan = [...(isKind(first) ? [first] : []), ...usual, ...(random.oneIn(2) ? (["afterTheEnd", "toTheSignedAddress"] as const) : [])];
    for (let at = 0; at < plan.length && !isOver(); ) {
      // Now and then two mails are under way at once.
      const count = random.oneIn(4) ? 2 : 1;
      await Promise.all(plan.slice(at, at + count).map(async (name) => await this.send(await kinds[name](this, thread))));
      at += count;
      if (random.oneIn(5)) await this.give("reply", thread);
    }
  }

  /** Opens a ticket and waits for the first mail about it; null when that never comes. */
  private async opened(): Promise<Thread | null> {
    const { writer, isOver } = this.life;
    const requester = `c${writer.life}-${writer.canary}@customer.example`;
    const opening = this.letter("an opening", { is: "apart", near: null }, { from: requester });
    await this.send(writer.random.oneIn(4) ? this.twice(opening) : [opening]);
    // Some think of something else before anybody has read the first.
    if (writer.random.oneIn(3)) await this.send([this.letter("an afterthought", { is: "heard", on: opening }, { from: requester, answers: opening.messageId })]);
    const answer = await this.inbox.find((mail) => mail.to.includes(requester) && mail.replyTo.includes("+"), answerWithinMs, isOver);
    const number = Number(/\+(\d+)\./u.exec(answer?.replyTo ?? "")?.[1]);
    return answer === null || Number.isNaN(number) ? null : { number, opening, answer, requester };
  }

  /** Without `from` a stranger writes it, without `to` it is to the mailbox of its route. */
  letter(what: string, expected: Expected, given: Partial<Omit<Written, "what" | "expected">> = {}): Letter {
    const { life, run, canary, random } = this.life.writer;
    const at = ++this.letters;
    const route = given.route ?? random.pick(this.routes);
    return written({
      life,
      what,
      expected,
      route,
      from: `s${life}-${at}-${canary}@elsewhere.example`,
      to: this.doors.addresses[route],
      messageId: `${run}.${life}.${at}@customer.example`,
      subject: `About ${canary}`,
      text: `Words ${life}.${at}, ${canary}.`,
      ...given,
    });
  }

  twice(letter: Letter): readonly Letter[] {
    const other = this.routes.find((route) => route !== letter.route) ?? letter.route;
    return [letter, copied(letter, other)];
  }

  /** About one of our mails, which it knows by its Message-ID. */
  report(action: "failed" | "delayed", answer: MailEntry): Letter {
    const [is, status] = action === "failed" ? (["bounced", "4.4.7"] as const) : (["delayed", "4.4.1"] as const);
    const body = deliveryReport({ recipient: answer.to, action, status, copy: `Message-ID: <${answer.messageId}>` });
    return this.letter(`a report of a mail that ${is}`, { is }, { from: "MAILER-DAEMON@mx.example", envelopeFrom: null, subject: "Undelivered Mail Returned to Sender", body });
  }

  /** An answer to what the desk has told somebody who works there; none when it has told nobody yet. */
  async fromStaff(what: string, { number, opening }: Thread, isProven: boolean): Promise<readonly Letter[]> {
    const fits = ({ replyTo }: MailEntry): boolean => new RegExp(`\\+${number}\\.\\d+\\.\\d+\\.`, "u").test(replyTo);
    const notice = await this.inbox.find(fits, noticeWithinMs, this.life.isOver);
    if (notice === null) return [];
    const headers = isProven ? [`Authentication-Results: ${this.authservId}; dmarc=pass header.from=${notice.to.split("@")[1]}`] : [];
    return [this.letter(what, { is: isProven ? "said" : "doubted", on: opening }, { from: notice.to, to: notice.replyTo, headers })];
  }

  /** By staff, over HTTP. */
  async give(verb: VerbName, { number }: Thread): Promise<void> {
    await this.life.client.see(command(this.life.writer, verb, number, ++this.letters));
  }

  private async send(letters: readonly Letter[]): Promise<void> {
    await Promise.all(letters.map((letter) => this.post.bring(letter)));
    await sleep(this.life.writer.random.between(0, 200));
  }
}

function isKind(name: string | null): name is KindName {
  return name !== null && name in kinds;
}

/** Another last letter of the signature: it stands before the "@". */
function forged(text: string): string {
  return text.replace(/.(?=@)/u, (letter) => (letter.toLowerCase() === "a" ? "b" : "a"));
}
