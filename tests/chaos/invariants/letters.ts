// Mails that came in: accepted = stored = threaded as expected, whatever died meanwhile.
import { factCause } from "../../../workflows/messages";
import { acceptedOf } from "../clients/letters";
import type { Expected, Letter } from "../clients/letters";
import { intakeOf, journals } from "../ledgers/rows";
import type { Rows } from "../ledgers/rows";
import { grouped, where } from "./invariant";
import type { Invariant } from "./invariant";

type RawMail = Rows["rawMails"][number];

export const takenIsStored: Invariant = {
  law: "every mail that was taken is stored once, byte for byte, and nothing else is",
  offences: ({ calls, rows }) => {
    const stored = grouped(rows.rawMails, ({ sha256 }) => sha256);
    const written = new Set(calls.letters.map(({ letter }) => letter.sha256));
    return [
      ...where(
        acceptedOf(calls.letters),
        ({ sha256 }) => stored.get(sha256)?.length !== 1,
        (letter) => `${nameOf(letter)} was taken, and is stored ${stored.get(letter.sha256)?.length ?? 0} times`,
      ),
      ...where(
        rows.rawMails,
        ({ sha256 }) => !written.has(sha256),
        ({ id, source }) => `the mail ${id} (${source}) is stored, and nobody wrote it`,
      ),
    ];
  },
};

export const storedHasAnEnd: Invariant = {
  law: "every stored mail is exactly one thing: a ticket, words on one, set aside, or in quarantine",
  offences: ({ rows }) => {
    const opened = grouped(rows.intakes.filter(({ key }) => key.startsWith("mail:")), ({ key }) => key);
    const heard = grouped(rows.events, ({ cause }) => cause);
    const drafts = grouped(rows.messages.filter(({ rawMailId }) => rawMailId !== null), ({ rawMailId }) => rawMailId);
    return rows.rawMails.flatMap((mail) => {
      const { id, state, outcome } = mail;
      if (state !== "done" && state !== "quarantined") return [`the mail ${id} is still ${state}`];
      const is = [opened.get(`mail:${id}`), heard.get(factCause(id)), drafts.get(id)].map((found) => found?.length ?? 0).join(" ");
      const should = outcome === "opened" ? "1 0 1" : outcome === "added" ? "0 1 1" : "0 0 0";
      return is === should ? [] : [`the mail ${id}, ${outcome ?? state}: tickets, events and messages are ${is}, and should be ${should}`];
    });
  },
};

export const threadedAsExpected: Invariant = {
  law: "every mail has joined the ticket it belongs to, unless what it answers came minutes later, and no other; one that came by two routes is one",
  offences: ({ calls, rows }) => {
    const mails = grouped(acceptedOf(calls.letters), (letter) => letter.copyOf ?? letter);
    const desk = new Desk(rows, mails);
    return [...mails.values()].flatMap((copies) => {
      const [letter, ...others] = copies.filter((copy) => !desk.isRepeated(copy));
      if (letter === undefined || others.length > 0) return [`${nameOf(copies[0] as Letter)} counts ${others.length + (letter === undefined ? 0 : 1)} times`];
      const [is, should] = [desk.placeOf(letter), desk.placesFor(letter.expected)];
      return should.includes(is) || desk.hasWaitedEnough(letter) ? [] : [`${nameOf(letter)} is ${is}, and should be ${should.join(" or ")}`];
    });
  },
};

export const settledIsMarked: Invariant = {
  law: "what was fetched is marked as seen on its server, once it has become what it is; what lies there twice, twice",
  offences: ({ calls, folder, rows }) => {
    const noted = new Set(rows.rawMails.flatMap(({ uid, markedAt }) => (uid === null || markedAt === null ? [] : [Number(uid)])));
    const laid = calls.letters.filter(({ letter, reception }) => letter.route === "imap" && reception !== "refused").map(({ letter }) => letter.sha256);
    const copies = laid.length - new Set(laid).size;
    const unnoted = folder.filter(({ uid, seen }) => seen && !noted.has(uid));
    return [
      ...where(
        folder,
        ({ seen }) => !seen,
        ({ uid }) => `the mail ${uid} on the IMAP server is not seen`,
      ),
      ...(unnoted.length > copies ? [`on the IMAP server ${unnoted.length} are seen of which nothing is noted, and ${copies} can be copies`] : []),
    ];
  },
};

/** What has become of mails, and of the tickets they are about. */
class Desk {
  private readonly mails: ReadonlyMap<string, RawMail>;
  private readonly placements: ReadonlyMap<string, Rows["placements"][number]>;
  /** By number, the ticket that one follows up. */
  private readonly before: ReadonlyMap<number, number | null>;
  private readonly hadClosed: ReadonlySet<number>;

  /** `copies`: of every mail, by its first. */
  constructor(
    rows: Rows,
    private readonly copies: ReadonlyMap<Letter, readonly Letter[]>,
  ) {
    this.mails = new Map(rows.rawMails.map((mail) => [mail.sha256, mail]));
    this.placements = new Map(rows.placements.map((placement) => [placement.mail, placement]));
    this.before = new Map(rows.intakes.map((row) => [row.number, intakeOf(row).followUpOf]));
    this.hadClosed = new Set([...journals(rows)].flatMap(([number, events]) => (events.some(({ kind }) => kind === "closed") ? [number] : [])));
  }

  isRepeated({ sha256 }: Letter): boolean {
    return this.placements.get(this.mails.get(sha256)?.id ?? "")?.outcome === "repeated";
  }

  /** Nothing holds up a mail for ever that answers what is not there yet: after two minutes it opens a ticket. */
  hasWaitedEnough({ sha256 }: Letter): boolean {
    const mail = this.mails.get(sha256);
    const waitedMs = (mail?.doneAt?.getTime() ?? 0) - (mail?.receivedAt.getTime() ?? 0);
    return waitedMs >= 120_000 && this.placements.get(mail?.id ?? "")?.because === "names-none";
  }

  /** In words: what it is, why, and where. */
  placeOf({ sha256 }: Letter): string {
    const mail = this.mails.get(sha256);
    if (mail === undefined) return "nowhere";
    if (mail.state === "quarantined") return `quarantined ${mail.quarantine}`;
    const placement = this.placements.get(mail.id);
    if (placement === undefined) return mail.outcome ?? mail.state;
    const { outcome, because, ticket, related } = placement;
    const at = outcome === "new" ? (related === null ? "" : ` near #${this.root(related)}`) : outcome === "nobody" ? "" : ` on #${this.root(ticket)}`;
    return `${outcome} ${because}${at}`;
  }

  /** All that is right; what was closed at some time may have been closed when it came. */
  placesFor(expected: Expected): readonly string[] {
    switch (expected.is) {
      case "quarantined":
        return [`quarantined ${expected.why}`];
      case "bounced":
      case "delayed":
        return [expected.is];
      case "apart": {
        if (expected.near === null) return ["new names-none"];
        return [`new no-part-in-it near #${this.ticketOf(expected.near)}`];
      }
      default: {
        const number = this.ticketOf(expected.on);
        const [open, closed] = placesOn[expected.is];
        const places = [open, ...(this.hadClosed.has(number) ? closed : [])];
        return places.map((place) => place.replace("#", `#${number}`));
      }
    }
  }

  /** The ticket that a letter opened, whichever of its copies counts; NaN: none. */
  private ticketOf(letter: Letter): number {
    const counted = this.copies.get(letter)?.find((copy) => !this.isRepeated(copy));
    const mail = this.mails.get(counted?.sha256 ?? "");
    return this.root(mail?.ticket ?? this.placements.get(mail?.id ?? "")?.ticket ?? null);
  }

  /** The first of those that follow up one another. */
  private root(number: number | null): number {
    let at = number;
    for (let earlier = at; earlier !== null; earlier = this.before.get(earlier) ?? null) at = earlier;
    return at ?? Number.NaN;
  }
}

/** While the ticket is open, and once it has closed; "#" stands for it. */
const placesOn: Readonly<Record<"heard" | "said" | "held" | "doubted" | "kept", readonly [string, readonly string[]]>> = {
  heard: ["ticket requester on #", ["follow-up requester on #"]],
  said: ["staff proven-staff on #", ["new closed-to-it near #"]],
  held: ["held unknown-sender on #", ["new closed-to-it near #"]],
  doubted: ["held unproven-staff on #", ["new closed-to-it near #"]],
  kept: ["kept automatic on #", ["nobody automatic"]],
};

function nameOf({ life, what, route, messageId }: Letter): string {
  return `${what} of life ${life} by ${route} (${messageId})`;
}
