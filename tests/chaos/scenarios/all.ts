// Every scenario, by the name that `--only` takes.
import type { Scenario } from "../play";
import { kills, stumbles } from "./kills";
import { postgresAway, proxy, smtpAway } from "./network";
import { pairs, signals, twoOfEverything } from "./processes";
import { longLife } from "./long-life";
import { terminateAndReset, zombie } from "./other-run";
import { commands, intakeKills, late, mailKills, rush, small } from "./small";
import { queue } from "./queue";
import { stuck } from "./stuck";
import { postgresOlder, temporalEmpty, temporalOlder } from "./stores";

export const scenarios: Readonly<Record<string, Scenario>> = {
  kills,
  stumbles,
  pairs,
  proxy,
  signals,
  "smtp-away": smtpAway,
  "postgres-away": postgresAway,
  "two-of-everything": twoOfEverything,
  zombie,
  "terminate-and-reset": terminateAndReset,
  "temporal-older": temporalOlder,
  "temporal-empty": temporalEmpty,
  "postgres-older": postgresOlder,
  stuck,
  "long-life": longLife,
  commands,
  small,
  "mail-kills": mailKills,
  "intake-kills": intakeKills,
  late,
  rush,
  queue,
};
