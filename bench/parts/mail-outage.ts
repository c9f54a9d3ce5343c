// What waits for a mail server that comes back after a day, on a Postgres of its own.
import { join } from "node:path";
import { migrate } from "../../prisma/migrate";
import { freePort } from "../../stack/ports";
import { startPostgres } from "../../stack/postgres";
import { columns } from "../columns";
import { measureOutage } from "../mail/outage";
import type { Drained } from "../mail/outage";
import { one } from "../part";
import type { Part, Settings, Stage } from "../part";

export const mailOutage: Part = {
  name: "mail-outage",
  about: "notices of a day that wait for a mail server which comes back: at what rate they leave, in which order; about ten minutes",
  byHand: true,
  settings: { mails: [10_000], rate: [40], leave: [10_000] },
  run: async ({ home, say }: Stage, settings: Settings) => {
    const postgres = await startPostgres({ dir: join(home, "postgres"), port: await freePort(), durable: true });
    try {
      await migrate(postgres.url);
      const outage = { mails: one(settings, "mails"), rate: one(settings, "rate"), leave: one(settings, "leave") };
      const drained = await measureOutage(postgres.url, outage, say);
      return { figures: { ...drained }, text: asText(drained) };
    } finally {
      await postgres.stop();
    }
  },
};

function asText(drained: Drained): string {
  const round = (value: number): string => String(Math.round(value * 10) / 10);
  return columns([
    ["what", "value"],
    ["notices that waited", String(drained.mails)],
    ["tries that reached for the server while it was away", String(drained.askedWhileAway)],
    ["configured rate, mails/s", String(drained.ratePerSecond)],
    ["left after it was back, mails/s", round(drained.perSecond)],
    ["most in any one second", String(drained.mostInASecond)],
    ["let out and measured", String(drained.left)],
    ["until they had left, s", round(drained.drainSeconds)],
    ["looks at the gate for each mail, the outage included", round(drained.looksPerMail)],
    ["from its place by age, p50, % of all", round(drained.displacedP50Percent)],
    ["from its place by age, most, % of all", round(drained.displacedMostPercent)],
    ["tickets told in the wrong order", String(drained.ticketsOutOfOrder)],
    ["mails that left twice", String(drained.twice)],
  ]);
}
