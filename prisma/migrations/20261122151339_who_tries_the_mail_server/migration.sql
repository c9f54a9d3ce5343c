-- AlterTable
ALTER TABLE "mail_gates" ADD COLUMN     "trial_by" TEXT;
