-- AlterTable
ALTER TABLE "teams" ADD COLUMN     "undo_ms" INTEGER NOT NULL DEFAULT 0;
