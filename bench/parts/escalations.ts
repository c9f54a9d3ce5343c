// Many escalations within one minute, and a worker that is killed in the middle of it.
import { measureEscalations } from "../clocks/escalations";
import type { Part } from "../part";
import { withProduct } from "../product";

export const escalations: Part = {
  name: "escalations",
  about: "open tickets whose escalations fall due within one minute, the worker killed with -9 in the middle; ten minutes",
  byHand: true,
  settings: { tickets: [1_000], seconds: [60], workers: [1] },
  run: async (stage, settings) => await withProduct(stage, (product) => measureEscalations(stage, product, settings)),
};
