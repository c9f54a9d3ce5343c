-- AlterTable
ALTER TABLE "agents" ADD COLUMN     "lapses" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "dispatch_decisions" ADD COLUMN     "offer" JSONB;

-- One outstanding offer per person, whatever anybody does
CREATE UNIQUE INDEX "reservations_offered_key" ON "reservations"("agent_id") WHERE "offered";
