// How well mails are read, measured on mails that others wrote.
//   npm run score:mail [-- FOLDER]   with reply/, mime/ and bounce/; usually ../shared/data/mail
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Reader } from "../mail/reader";
import { scoreFields } from "./mail/score-fields";
import { scoreMachines } from "./mail/score-machines";
import { scoreReplies } from "./mail/score-replies";
import { main } from "./main";

const share = (count: number, of: number): string => `${count} of ${of} (${of === 0 ? "–" : ((100 * count) / of).toFixed(1)} %)`;

void main(async () => {
  const folder = resolve(process.argv[2] ?? "../shared/data/mail");
  const [reply, mime, bounce] = ["reply", "mime", "bounce"].map((name) => join(folder, name)) as [string, string, string];
  if (![reply, mime, bounce].every(existsSync)) throw new Error(`${folder} must hold reply/, mime/ and bounce/.`);
  const reader = new Reader();
  const replies = await scoreReplies(reply, reader);
  console.log(`replies   exact ${share(replies.exact, replies.total)}, lines of new text lost ${replies.lost.length}`);
  show([...replies.inexact.map((name) => `not exact: ${name}`), ...replies.lost.map((line) => `lost: ${line}`)]);
  const fields = await scoreFields(mime, reader);
  const of = (count: number): string => share(count, fields.total);
  console.log(`fields    from ${of(fields.from)}, subject ${of(fields.subject)}, message-id ${of(fields.messageId)}`);
  show(fields.wrong);
  const machines = await scoreMachines(bounce, [mime, join(reply, "emails")], reader);
  const { kinds, bounces } = machines;
  console.log(`machines  found ${share(machines.found, machines.total)}: ${kinds.bounce} bounces, ${kinds.complaint} complaints, ${kinds["auto-reply"]} automatic answers`);
  console.log(`          of the bounces: recipient ${share(bounces.recipient, kinds.bounce)}, status ${share(bounces.status, kinds.bounce)}, permanent ${bounces.permanent}`);
  console.log(`          false alarms ${share(machines.falseAlarms.length, machines.people)}`);
  show([...machines.missed.map((file) => `missed: ${file}`), ...machines.falseAlarms.map((file) => `false alarm: ${file}`)]);
  await reader.close();
});

function show(lines: readonly string[]): void {
  for (const line of lines) console.log(`  ! ${line}`);
}
