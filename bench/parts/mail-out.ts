// Mails that leave, on a Postgres of their own.
import { join } from "node:path";
import { migrate } from "../../prisma/migrate";
import { freePort } from "../../stack/ports";
import { startPostgres } from "../../stack/postgres";
import { columns } from "../columns";
import { measureMailsOut } from "../mail/out";
import type { MailsOut } from "../mail/out";
import { one } from "../part";
import type { Part, Settings, Stage } from "../part";

export const mailOut: Part = {
  name: "mail-out",
  about: "mails a second that leave, one at a time and 16 at once, to a server that takes all; half a minute",
  settings: { lanes: [1, 16], mails: [1_000] },
  run: async ({ home, say }: Stage, settings: Settings) => {
    const postgres = await startPostgres({ dir: join(home, "postgres"), port: await freePort(), durable: true });
    try {
      await migrate(postgres.url);
      const measured: MailsOut[] = [];
      for (const lanes of settings["lanes"] ?? []) {
        say(`Mails, ${lanes} at once …`);
        measured.push(await measureMailsOut(postgres.url, lanes, one(settings, "mails")));
      }
      return { figures: { mailsOut: measured }, text: asText(measured) };
    } finally {
      await postgres.stop();
    }
  },
};

function asText(measured: readonly MailsOut[]): string {
  const rows = measured.map(({ lanes, mails, perSecond, p50Ms, p99Ms }) => [lanes, mails, perSecond, p50Ms, p99Ms].map(String));
  return columns([["at once", "mails", "per second", "p50 ms", "p99 ms"], ...rows]);
}
