// Lives so long that they are carried on by continue-as-new again and again, also while mails are still to be sent.
import type { VerbName } from "../clients/orders";
import { command } from "../clients/orders";
import { Client } from "../clients/client";
import { verdict } from "../clients/ledger";
import type { Play, Scenario } from "../play";
import { anAssignedTicket } from "./other-run";

/** Far below Temporal's own limit, so that a run is long soon. */
const longAfterEvents = 60;

export const longLife: Scenario = {
  what: "one ticket with hundreds of replies, and all others, through many continue-as-new, mail now and then away",
  stage: { temporalSettings: { "limit.historyCount.suggestContinueAsNew": longAfterEvents } },
  lanes: 3,
  play: async (play) => {
    const { stage } = play;
    const number = await anAssignedTicket(stage, play.random.between(1, 1e9));
    const writing = writeOften(play, number, play.lives * 5);
    for (let round = 0; round < 3; round += 1) {
      await play.progress(15);
      await play.away(stage.smtp, 5_000);
    }
    await writing;
    if (play.lives >= 10) await mustHaveBeenCarried(play, number);
  },
};

/** As one who writes and writes, and sees each word through. */
async function writeOften({ stage, crowd, random }: Play, number: number, count: number): Promise<void> {
  const manners = { thrice: 8, hangUp: 8, otherBody: 0, giveUp: 0 };
  const client = new Client(stage.urls, crowd.ledger, random.fork(7), manners, () => false);
  const writer = { life: 1_000_000 + number, canary: crowd.canary, run: crowd.run, random: random.fork(8) };
  const verbs: readonly VerbName[] = ["reply", "requesterReply", "note"];
  for (let at = 0; at < count; at += 1) {
    const call = await client.see(command(writer, verbs[at % verbs.length] ?? "note", number, at));
    if (call === null || verdict(call) !== "done")
      throw new Error(`Word ${at} of ${count} was not taken: ${call?.status}`);
  }
}

async function mustHaveBeenCarried({ stage: { client }, charges }: Play, number: number): Promise<void> {
  let runs = 0;
  for await (const _run of client.workflow.list({ query: `WorkflowId = "ticket:${number}"` })) runs += 1;
  if (runs < 3) charges.push(`#${number} was to be carried on several times, and had ${runs} runs`);
}
