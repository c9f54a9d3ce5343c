// Brings every file to where new ones are kept, by the variables that the desk has: into the object store, or (FILES_KEPT_IN is
// postgres) out of it. Safe while the desk works, and again after an interruption.
//   npm run files:move
import { readFilesConfig } from "../config";
import { createPrisma } from "../prisma/client";
import { CannotStart } from "../stack/cannot-start";
import { databaseOf } from "./mail/database";
import { main } from "./main";
import { wireFiles } from "./wire-files";

void main(async () => {
  const { objectStore } = readFilesConfig(process.env);
  if (objectStore === undefined) throw new CannotStart("No object store is configured: set FILES_S3_URL and the variables that belong to it.");
  const prisma = createPrisma(databaseOf(process.env), { max: 2, name: "perdura files" });
  try {
    let moved = 0;
    const left: string[] = [];
    for await (const { sha256, trouble } of wireFiles(prisma, objectStore).bringHome()) {
      if (trouble === null) moved += 1;
      else left.push(`  ${sha256}: ${trouble}`);
    }
    console.log(`${moved} moved to ${objectStore.takesNew ? objectStore.bucket : "Postgres"}, ${left.length} not`);
    if (left.length > 0) throw new CannotStart(left.join("\n"));
  } finally {
    await prisma.$disconnect();
  }
});
