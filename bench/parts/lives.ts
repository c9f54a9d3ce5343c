// Lives per second, latencies, CPU and history per life, beside the floor in the same run on the same Temporal.
import type { Part } from "../part";
import { withProduct } from "../product";
import { compare } from "../lives/compare";

export const lives: Part = {
  name: "lives",
  about: "whole lives beside the least that a life of that shape can cost; about 2 minutes",
  settings: { lanes: [1, 8, 16], seconds: [12] },
  run: async (stage, settings) => await withProduct(stage, (product) => compare(stage, product, settings)),
};
