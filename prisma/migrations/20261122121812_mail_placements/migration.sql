-- AlterTable
ALTER TABLE "teams" ADD COLUMN     "lets_colleagues_in" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "lets_copied_in" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "placements" (
    "mail" UUID NOT NULL,
    "identity" TEXT,
    "outcome" TEXT NOT NULL,
    "because" TEXT NOT NULL,
    "trace" TEXT,
    "ticket" INTEGER,
    "related" INTEGER,
    "hint" INTEGER,
    "sender" TEXT,
    "written_to" TEXT,
    "writer" JSONB,
    "means" TEXT,
    "copied" TEXT[],
    "proposed" JSONB,
    "placed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "placements_pkey" PRIMARY KEY ("mail")
);

-- CreateTable
CREATE TABLE "participants" (
    "id" UUID NOT NULL,
    "ticket" INTEGER NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "state" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "participants_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "placements_identity_key" ON "placements"("identity");

-- CreateIndex
CREATE INDEX "placements_ticket_idx" ON "placements"("ticket");

-- CreateIndex
CREATE INDEX "placements_related_idx" ON "placements"("related");

-- CreateIndex
CREATE UNIQUE INDEX "participants_ticket_email_key" ON "participants"("ticket", "email");

-- AddForeignKey
ALTER TABLE "placements" ADD CONSTRAINT "placements_mail_fkey" FOREIGN KEY ("mail") REFERENCES "raw_mails"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
