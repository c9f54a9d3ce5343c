-- AlterTable
ALTER TABLE "tickets" ADD COLUMN     "aside" TEXT,
ADD COLUMN     "merged_into" INTEGER;

-- CreateIndex
CREATE INDEX "tickets_merged_into_idx" ON "tickets"("merged_into");
