// Mails in and out under fire: killed before and after each side effect on their way, with every stretch of network between
// them broken, servers that are away or misbehave, and mailboxes that are numbered anew.
import { correspondence } from "../clients/correspondence";
import type { KindName } from "../clients/correspondence";
import type { Play, Scenario } from "../play";
import type { Weather } from "../stage/proxy";
import type { Link, Stage } from "../stage/stage";
import { troubled } from "./network";

/** Each with what leads there; left out: any mail does. A list: the first is armed to be hit because of the second. */
const points: readonly (readonly [point: string | readonly string[], first?: KindName])[] = [
  // In: the commit that accepts it, the answer behind that, and the word to Temporal.
  ["take.before"],
  ["take.after"],
  ["fetched.before"],
  ["fetched.after"],
  ["relay.start.before.mail"],
  ["relay.start.after.mail"],
  ["delivered.before"],
  // Its own life.
  ["readMail.before"],
  ["readMail.uncommitted"],
  ["readMail.after"],
  ["checkSender.before"],
  ["checkSender.after"],
  ["findTicket.before"],
  ["findTicket.uncommitted"],
  ["findTicket.after"],
  ["openTicket.before"],
  ["intake.after"],
  ["openTicket.uncommitted"],
  ["openTicket.after"],
  ["tellTicket.before", "toTheSignedAddress"],
  ["draft.after", "toTheSignedAddress"],
  ["relay.signal.before", "stranger"],
  ["relay.signal.after", "stranger"],
  ["tellTicket.uncommitted", "stranger"],
  ["tellTicket.after", "toTheSignedAddress"],
  ["record.uncommitted.requesterReplied", "toTheSignedAddress"],
  ["record.after.messageHeld", "stranger"],
  ["followUp.before", "afterTheEnd"],
  ["followUp.after", "afterTheEnd"],
  ["noteReturned.uncommitted", "bounce"],
  ["noteReturned.after", "bounce"],
  ["setAside.after", "delay"],
  ["markSeen.before"],
  ["markSeen.after"],
  ["marked.before"],
  ["marked.after"],
  // Out.
  ["send.before"],
  ["claim.after"],
  ["mail.before"],
  ["mail.taken"],
  ["note.before"],
  ["note.after"],
  ["send.after"],
  ["smtp.accepted"],
];

const weathers: readonly Weather[] = [
  { kind: "cut" },
  { kind: "silent" },
  { kind: "late", ms: 150 },
  { kind: "slow", bytesPerSecond: 5_000 },
];

/** A life brings about seven mails. For two thousand: --lives 330, some half an hour in which all faults come several times. */
export const mail: Scenario = {
  what: "mails by SMTP, HTTP and IMAP: killed at each step in and out, networks broken, servers away; each joins its ticket once",
  stage: { doors: true, haste: 2 },
  lanes: 12,
  lives: ({ doors, mailLedger }: Stage) => {
    if (doors === null) throw new Error("Mails have no way in on this stage.");
    return correspondence(doors, mailLedger);
  },
  play: async (play) => {
    if (play.stage.doors?.imap === null) play.say("NO IMAP: dovecot is not here and can't be installed; mails come by SMTP and HTTP");
    do {
      for (const fault of play.random.shuffled(faults(play))) {
        await fault();
        await play.progress(2, 5_000);
      }
    } while (play.crowd.lives < play.lives);
  },
};

type Fault = () => Promise<void>;

/** All of them where there are lives enough; else some of each sort. */
function faults(play: Play): readonly Fault[] {
  const { stage, random, lives } = play;
  const hasImap = stage.doors?.imap !== null;
  const some = <T>(all: readonly T[], most: number): readonly T[] => random.shuffled(all).slice(0, most);
  const kills = points
    .filter(([point]) => hasImap || !/^(?:fetched|marked)\b/u.test(String(point)))
    .map(([point, first]) => async () => await play.at([point].flat(), { kind: "kill" }, { first: first ?? null }));
  const links: readonly Link[] = ["smtpIn", "httpIn", "workerSmtp", ...(hasImap ? (["workerImap"] as const) : [])];
  const storms = links.flatMap((link) => [
    ...weathers.map((weather) => async () => await play.weather(link, weather, random.between(1_000, 4_000))),
    async () => await Promise.resolve(play.broken(link)),
  ]);
  const servers = [...outServer(play), ...(hasImap ? imapServer(play) : [])];
  return [...some(kills, lives), ...some(storms, Math.ceil(lives / 3)), ...some(servers, Math.ceil(lives / 4))];
}

function outServer(play: Play): Fault[] {
  const { smtp } = play.stage;
  return [
    async () => await play.away(smtp, 6_000),
    async () => await play.killed(smtp),
    async () => await troubled(play, "busy", { connect: 421 }, 4_000),
    async () => await troubled(play, "greylisting", { to: 450 }, 4_000),
    async () => await troubled(play, "in trouble after the text", { data: 452 }, 4_000),
    async () => await troubled(play, "drops before the text", { from: "drop" }, 3_000),
    async () => await troubled(play, "accept, then drop", { accepted: "drop" }, 1_500, [smtp.name]),
    async () => await troubled(play, "no answer", { data: "hang" }, 3_000),
  ];
}

function imapServer(play: Play): Fault[] {
  const imap = play.stage.doors?.imap;
  if (imap === null || imap === undefined) return [];
  const { server, user } = imap;
  return [
    async () => {
      await server.down();
      await play.lasting("the IMAP server is away", 5_000);
      await server.up();
    },
    async () => {
      await play.lasting("the IMAP folder is numbered anew", 1_100);
      await server.renumber(user);
    },
  ];
}
