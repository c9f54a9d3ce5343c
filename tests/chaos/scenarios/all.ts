// Every scenario, by the name that `--only` takes.
import type { Scenario } from "../play";
import { chains } from "./chains";
import { kills, stumbles } from "./kills";
import { postgresAway, proxy, smtpAway } from "./network";
import { pairs, signals, twoOfEverything } from "./processes";
import { connections, deadlock } from "./locks";
import { mail } from "./mail";
import { longLife } from "./long-life";
import { closing, dark, lateAdmission } from "./moments";
import { terminateAndReset, zombie } from "./other-run";
import { commands, intakeKills, late, mailKills, rush, small } from "./small";
import { offers } from "./offers";
import { peaks } from "./peaks";
import { queue } from "./queue";
import { postgresFull, postgresReadOnly } from "./refusals";
import { stuck } from "./stuck";
import { postgresOlder, temporalEmpty, temporalOlder, temporalOlderUnnoticed } from "./stores";

export const scenarios: Readonly<Record<string, Scenario>> = {
  kills,
  chains,
  stumbles,
  pairs,
  proxy,
  signals,
  "smtp-away": smtpAway,
  "postgres-away": postgresAway,
  "postgres-full": postgresFull,
  "postgres-read-only": postgresReadOnly,
  connections,
  deadlock,
  "late-admission": lateAdmission,
  closing,
  dark,
  "two-of-everything": twoOfEverything,
  zombie,
  "terminate-and-reset": terminateAndReset,
  "temporal-older": temporalOlder,
  "temporal-older-unnoticed": temporalOlderUnnoticed,
  "temporal-empty": temporalEmpty,
  "postgres-older": postgresOlder,
  stuck,
  "long-life": longLife,
  commands,
  small,
  mail,
  "mail-kills": mailKills,
  "intake-kills": intakeKills,
  late,
  rush,
  queue,
  offers,
  peaks,
};
