-- AlterTable
ALTER TABLE "mailboxes" ADD COLUMN     "smtp" JSONB,
ADD COLUMN     "smtp_secret" TEXT;

-- AlterTable
ALTER TABLE "notices" ADD COLUMN     "gate" TEXT;
