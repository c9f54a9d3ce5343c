// People at work while a thousand clocks fall due at once.
import { measureMeanwhile } from "../clocks/meanwhile";
import type { Part } from "../part";
import { withProduct } from "../product";

export const dues: Part = {
  name: "dues",
  about: "how long commands take while a thousand tickets' escalations fall due in one second; ten minutes",
  byHand: true,
  settings: { tickets: [1_000], seconds: [1] },
  run: async (stage, settings) => await withProduct(stage, (product) => measureMeanwhile(stage, product, settings)),
};
