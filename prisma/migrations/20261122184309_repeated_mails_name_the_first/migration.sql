-- AlterTable
ALTER TABLE "placements" ADD COLUMN     "same_as" UUID;

-- CreateIndex
CREATE INDEX "placements_same_as_idx" ON "placements"("same_as");

-- AddForeignKey
ALTER TABLE "placements" ADD CONSTRAINT "placements_same_as_fkey" FOREIGN KEY ("same_as") REFERENCES "placements"("mail") ON DELETE SET NULL ON UPDATE CASCADE;
