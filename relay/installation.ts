// Which Temporal belongs to this Postgres. Two stores that don't know each other would give one ticket two lives.
import type { Connection } from "@temporalio/client";
import type { PrismaClient } from "../prisma/client";

/** The worker must not start: this Postgres belongs to another Temporal. */
export class ForeignTemporal extends Error {
  override readonly name = "ForeignTemporal";
}

interface Identity {
  readonly clusterId: string;
  readonly namespaceId: string;
}

/**
 * Joins Postgres and Temporal at the first start, and checks it at each later one. With `adopt` the present Temporal is taken
 * on purpose: every open ticket is then started there from its record. Throws `ForeignTemporal` otherwise.
 */
export async function join(prisma: PrismaClient, connection: Connection, namespace: string, adopt: boolean): Promise<void> {
  const present = await identify(connection, namespace);
  await prisma.installation.createMany({ data: [present], skipDuplicates: true });
  const known = await prisma.installation.findUniqueOrThrow({ where: { id: 1 } });
  if (known.clusterId === present.clusterId && known.namespaceId === present.namespaceId) return;
  if (!adopt) {
    throw new ForeignTemporal(
      "This database's tickets live in another Temporal (or in this one before its data was replaced). " +
        "Point TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE at the right one; or, if that one is gone for good, " +
        "start once with PERDURA_ADOPT=true: every open ticket then goes on here from what Postgres has recorded.",
    );
  }
  await prisma.installation.update({ where: { id: 1 }, data: { ...present, adoptedAt: new Date() } });
}

async function identify(connection: Connection, namespace: string): Promise<Identity> {
  const [{ clusterId }, { namespaceInfo }] = await Promise.all([
    connection.workflowService.getClusterInfo({}),
    connection.workflowService.describeNamespace({ namespace }),
  ]);
  return { clusterId: clusterId ?? "", namespaceId: namespaceInfo?.id ?? "" };
}
