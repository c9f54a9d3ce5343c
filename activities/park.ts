// A ticket that can't be recorded says so in its row: lists and /health/ready show it until it is repaired.
import type { PrismaClient } from "../prisma/client";

export function createPark(prisma: PrismaClient) {
  return async ({ number, reason }: { number: number; reason: string | null }): Promise<void> => {
    await prisma.ticket.updateMany({ where: { number }, data: { stuck: reason } });
  };
}
