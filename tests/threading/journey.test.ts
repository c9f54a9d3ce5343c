// Mails on their way to a ticket, on a real Postgres and Temporal: who joins, who is held, who opens a ticket of their own. One
// desk for all the subjects, each in a file of its own: to start one takes longer than most of them.
import { startsADesk } from "./a-journey";
import { closing } from "./closing";
import { colleagues } from "./colleagues";
import { joining } from "./joining";
import { participants } from "./participants";

startsADesk();

describe("finding its ticket", joining);
describe("people who take part", participants);
describe("colleagues", colleagues);
describe("a ticket that closes, a life that is led again", closing);
