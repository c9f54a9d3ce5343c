// The same lives on a Temporal server over Postgres, which is what production runs.
import { compare } from "../lives/compare";
import type { Part } from "../part";
import { withProduct } from "../product";
import { areBuilt } from "../temporal-server/programs";
import { startTemporalOnPostgres } from "../temporal-server/start";

export const temporalOnPostgres: Part = {
  name: "temporal-on-postgres",
  about: "whole lives beside the floor on a Temporal server over Postgres; about 3 minutes, more when Go must build it",
  // Building it takes minutes and 2 GB: nobody who merely asks for the bench is surprised by that.
  byHand: !areBuilt(),
  settings: { lanes: [1, 8, 16], seconds: [12] },
  run: async (stage, settings) => {
    const temporal = await startTemporalOnPostgres(stage);
    try {
      const env = { TEMPORAL_ADDRESS: temporal.address };
      return await withProduct(
        stage,
        (product) => compare(stage, { ...product, pids: new Map([...product.pids, ...temporal.pids]) }, settings),
        env,
      );
    } finally {
      await temporal.stop();
    }
  },
};
