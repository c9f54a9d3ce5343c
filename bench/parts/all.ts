// Every part of the bench, in the order in which they run.
import type { Part } from "../part";
import { clocks } from "./clocks";
import { dispatch } from "./dispatch";
import { dues } from "./dues";
import { escalations } from "./escalations";
import { lives } from "./lives";
import { mailIn } from "./mail-in";
import { mailOut } from "./mail-out";
import { mailOutage } from "./mail-outage";
import { sleeping } from "./sleeping";
import { temporalOnPostgres } from "./temporal-on-postgres";

export const parts: readonly Part[] = [lives, dispatch, clocks, mailIn, mailOut, temporalOnPostgres, sleeping, escalations, dues, mailOutage];
