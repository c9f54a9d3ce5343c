// Prepares Postgres and Temporal for this version of Perdura: `npm run migrate`. Run it before the parts of a new version start.
import { readMigrateConfig } from "../config";
import { prepareDatabase, prepareTemporal } from "../stack/stores";
import { main } from "./main";

void main(async () => {
  const config = readMigrateConfig(process.env);
  const applied = await prepareDatabase(config.databaseUrl);
  console.log(applied.length === 0 ? "Postgres: up to date" : `Postgres: applied ${applied.join(", ")}`);
  if (config.temporal === undefined) {
    console.log("Temporal: TEMPORAL_ADDRESS is not set, search attributes not registered");
    return;
  }
  await prepareTemporal(config.temporal);
  console.log(`Temporal: search attributes are registered in ${config.temporal.namespace}`);
});
