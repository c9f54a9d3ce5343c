-- AlterTable
ALTER TABLE "teams" ADD COLUMN     "ask_back" TEXT[] DEFAULT ARRAY[]::TEXT[];
