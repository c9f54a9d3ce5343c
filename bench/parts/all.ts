// Every part of the bench, in the order in which they run.
import type { Part } from "../part";
import { lives } from "./lives";

export const parts: readonly Part[] = [lives];
