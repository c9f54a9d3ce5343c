-- CreateTable
CREATE TABLE "moves" (
    "id" UUID NOT NULL,
    "agent_id" TEXT NOT NULL,
    "to_id" TEXT,
    "why" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "moves_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "move_items" (
    "move_id" UUID NOT NULL,
    "ticket" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'owed',
    "detail" TEXT,

    CONSTRAINT "move_items_pkey" PRIMARY KEY ("move_id","ticket")
);

-- CreateIndex
CREATE INDEX "moves_agent_id_created_at_idx" ON "moves"("agent_id", "created_at");

-- CreateIndex
CREATE INDEX "move_items_ticket_state_idx" ON "move_items"("ticket", "state");

-- AddForeignKey
ALTER TABLE "move_items" ADD CONSTRAINT "move_items_move_id_fkey" FOREIGN KEY ("move_id") REFERENCES "moves"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
