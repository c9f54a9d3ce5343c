-- AlterTable
ALTER TABLE "notices" ADD COLUMN     "answers" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "doubts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "message_id" TEXT,
ADD COLUMN     "retry_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "teams" ADD COLUMN     "brand" TEXT;

-- CreateTable
CREATE TABLE "suppressions" (
    "id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "code" TEXT,
    "notice" TEXT,
    "ticket" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lifted_by" TEXT,
    "lifted_at" TIMESTAMPTZ(3),

    CONSTRAINT "suppressions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_templates" (
    "template" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "brand" TEXT NOT NULL,
    "edition" INTEGER NOT NULL,
    "content" JSONB,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mail_templates_pkey" PRIMARY KEY ("template","language","brand","edition")
);

-- CreateTable
CREATE TABLE "mail_gates" (
    "name" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "open_until" TIMESTAMPTZ(3),
    "trial_until" TIMESTAMPTZ(3),
    "failing_since" TIMESTAMPTZ(3),
    "drained_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "next_slot" TIMESTAMPTZ(3),

    CONSTRAINT "mail_gates_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "suppressions_address_idx" ON "suppressions"("address");

-- CreateIndex
CREATE INDEX "notices_state_created_at_idx" ON "notices"("state", "created_at");

-- CreateIndex
CREATE INDEX "notices_mail_idx" ON "notices"("mail");

-- An address is suspended once at a time.
CREATE UNIQUE INDEX "suppressions_standing" ON "suppressions" ("address") WHERE "lifted_at" IS NULL;

-- What is owed: waiting, under way, or in doubt and to be tried again.
DROP INDEX "notices_queued";
DROP INDEX "notices_waiting";
CREATE INDEX "notices_owed" ON "notices" ("ticket") WHERE "state" IN ('queued', 'sending', 'unknown');
CREATE INDEX "notices_waiting" ON "notices" ("recipient") WHERE "state" IN ('queued', 'sending', 'unknown') AND "recipient" <> 'requester';
