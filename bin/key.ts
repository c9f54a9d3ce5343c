// `npm run key -- AGENT [LABEL]`: mints an API key for somebody of staff, and shows it this once; only its hash is kept.
import { createHash, randomBytes } from "node:crypto";
import { readMigrateConfig } from "../config";
import { createPrisma } from "../prisma/client";
import { CannotStart } from "../stack/cannot-start";
import { main } from "./main";

void main(async () => {
  const { databaseUrl } = readMigrateConfig(process.env);
  const [agentId, label = "minted by hand"] = process.argv.slice(2);
  if (agentId === undefined) throw new CannotStart("Whose key? npm run key -- AGENT [LABEL]");
  const prisma = createPrisma(databaseUrl, { max: 1, name: "perdura key" });
  try {
    const agent = await prisma.agent.findUnique({ where: { id: agentId } });
    if (agent === null) throw new CannotStart(`There is no agent ${agentId}: GET /api/v1/agents lists them.`);
    const key = `pk_${randomBytes(32).toString("base64url")}`;
    await prisma.apiKey.create({ data: { hash: createHash("sha256").update(key).digest("hex"), agentId, label } });
    console.log(key);
  } finally {
    await prisma.$disconnect();
  }
});
