// Every law, by the name under which it is reported.
import * as clocks from "./clocks";
import * as commands from "./commands";
import * as intakes from "./intakes";
import type { Invariant } from "./invariant";
import * as journal from "./journal";
import * as letters from "./letters";
import * as forms from "./forms";
import * as lives from "./lives";
import * as mails from "./mails";
import * as places from "./places";
import * as privacy from "./privacy";
import * as waits from "./waits";

export const invariants: Readonly<Record<string, Invariant>> = {
  ...intakes,
  ...commands,
  ...forms,
  ...journal,
  ...clocks,
  ...mails,
  ...letters,
  ...places,
  ...waits,
  ...lives,
  ...privacy,
};
