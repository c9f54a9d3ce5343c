// Every part of the bench, in the order in which they run.
import type { Part } from "../part";
import { dispatch } from "./dispatch";
import { lives } from "./lives";
import { sleeping } from "./sleeping";
import { temporalOnPostgres } from "./temporal-on-postgres";

export const parts: readonly Part[] = [lives, dispatch, temporalOnPostgres, sleeping];
