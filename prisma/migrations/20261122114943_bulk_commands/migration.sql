-- DropForeignKey
ALTER TABLE "move_items" DROP CONSTRAINT "move_items_move_id_fkey";

-- DropTable
DROP TABLE "move_items";

-- DropTable
DROP TABLE "moves";

-- CreateTable
CREATE TABLE "bulk_commands" (
    "id" UUID NOT NULL,
    "about" JSONB NOT NULL,
    "by" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "reason" TEXT,
    "per_second" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stopped_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_commands_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bulk_items" (
    "bulk_id" UUID NOT NULL,
    "ticket" INTEGER NOT NULL,
    "verb" TEXT NOT NULL,
    "args" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "code" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_items_pkey" PRIMARY KEY ("bulk_id","ticket")
);

-- CreateIndex
CREATE INDEX "bulk_items_bulk_id_state_attempts_ticket_idx" ON "bulk_items"("bulk_id", "state", "attempts", "ticket");

-- CreateIndex
CREATE INDEX "bulk_items_ticket_state_idx" ON "bulk_items"("ticket", "state");

-- AddForeignKey
ALTER TABLE "bulk_items" ADD CONSTRAINT "bulk_items_bulk_id_fkey" FOREIGN KEY ("bulk_id") REFERENCES "bulk_commands"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
