// Many open tickets of which nobody speaks: what they take, and how one of them is woken.
import type { Part } from "../part";
import { withProduct } from "../product";
import { measureSleeping } from "../sleeping/measure";

export const sleeping: Part = {
  name: "sleeping",
  about: "many open tickets asleep: memory, a worker's start, a command among them; 25 minutes at most, or --minutes",
  byHand: true,
  settings: { tickets: [100_000], minutes: [25] },
  run: async (stage, settings) => await withProduct(stage, (product) => measureSleeping(stage, product, settings)),
};
