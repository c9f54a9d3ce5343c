// Where files are kept, put together from the configuration.
import type { PrismaClient } from "../prisma/client";
import { createFiles } from "../prisma/files";
import type { Files } from "../prisma/files";
import { createObjects } from "../prisma/objects";
import type { ObjectStoreSettings } from "../prisma/objects";

/** @param store undefined: all are in Postgres */
export function wireFiles(prisma: PrismaClient, store: (ObjectStoreSettings & { readonly takesNew: boolean }) | undefined): Files {
  return store === undefined ? createFiles(prisma, null) : createFiles(prisma, createObjects(store), store.takesNew);
}
