-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "raw_mail_id" UUID;

-- CreateTable
CREATE TABLE "mailboxes" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "addresses" TEXT[],
    "type" TEXT,
    "language" TEXT NOT NULL DEFAULT 'en',
    "trust_reply_to" BOOLEAN NOT NULL DEFAULT false,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "imap" JSONB,
    "imap_secret" TEXT,
    "http_secret" TEXT,
    "uid_validity" BIGINT,
    "last_uid" BIGINT,
    "connected_at" TIMESTAMPTZ(3),
    "fetched_at" TIMESTAMPTZ(3),
    "failing_since" TIMESTAMPTZ(3),
    "error_code" TEXT,
    "error_text" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "mailboxes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "raw_mails" (
    "id" UUID NOT NULL,
    "mailbox_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "uid_validity" BIGINT,
    "uid" BIGINT,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "raw" BYTEA,
    "envelope" JSONB NOT NULL DEFAULT '{}',
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'accepted',
    "verdict" JSONB,
    "reading" JSONB,
    "message_id" TEXT,
    "text" TEXT,
    "new_text" TEXT,
    "html" TEXT,
    "quarantine" TEXT,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "ticket" INTEGER,
    "done_at" TIMESTAMPTZ(3),
    "marked_at" TIMESTAMPTZ(3),

    CONSTRAINT "raw_mails_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachments" (
    "id" UUID NOT NULL,
    "raw_mail_id" UUID,
    "message_id" UUID,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "content_id" TEXT,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "files" (
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "files_pkey" PRIMARY KEY ("sha256")
);

-- CreateIndex
CREATE INDEX "raw_mails_state_received_at_idx" ON "raw_mails"("state", "received_at");

-- CreateIndex
CREATE INDEX "raw_mails_message_id_idx" ON "raw_mails"("message_id");

-- CreateIndex
CREATE INDEX "raw_mails_ticket_idx" ON "raw_mails"("ticket");

-- CreateIndex
CREATE UNIQUE INDEX "raw_mails_mailbox_id_uid_validity_uid_key" ON "raw_mails"("mailbox_id", "uid_validity", "uid");

-- CreateIndex
CREATE UNIQUE INDEX "raw_mails_mailbox_id_sha256_key" ON "raw_mails"("mailbox_id", "sha256");

-- CreateIndex
CREATE INDEX "attachments_message_id_idx" ON "attachments"("message_id");

-- CreateIndex
CREATE INDEX "attachments_sha256_idx" ON "attachments"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "attachments_raw_mail_id_position_key" ON "attachments"("raw_mail_id", "position");

-- CreateIndex
CREATE INDEX "messages_raw_mail_id_idx" ON "messages"("raw_mail_id");

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_raw_mail_id_fkey" FOREIGN KEY ("raw_mail_id") REFERENCES "raw_mails"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "raw_mails" ADD CONSTRAINT "raw_mails_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_raw_mail_id_fkey" FOREIGN KEY ("raw_mail_id") REFERENCES "raw_mails"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "files"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;
