-- AlterTable
ALTER TABLE "agents" ADD COLUMN     "quiet_hours" JSONB,
ADD COLUMN     "time_zone" TEXT;

-- AlterTable
ALTER TABLE "notices" ADD COLUMN     "held_because" TEXT,
ADD COLUMN     "held_until" TIMESTAMPTZ(3),
ADD COLUMN     "mail" TEXT,
ADD COLUMN     "wake" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "contacts" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'en',
    "time_zone" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "contacts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhooks" (
    "id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhooks_pkey" PRIMARY KEY ("id")
);

-- What the schema language cannot say.

-- What a person's own workflow looks through: what waits for them, and when they were last sent something.
CREATE INDEX "notices_waiting" ON "notices" ("recipient") WHERE "state" = 'queued' AND "recipient" <> 'requester';
CREATE INDEX "notices_sent_to" ON "notices" ("recipient", "sent_at") WHERE "state" = 'sent' AND "recipient" <> 'requester';
