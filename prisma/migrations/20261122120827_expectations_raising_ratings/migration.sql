-- AlterTable
ALTER TABLE "organisations" ADD COLUMN     "vip" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "requesters" ADD COLUMN     "vip" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "results" ADD COLUMN     "rated" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "stars" DOUBLE PRECISION NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "waiters" ADD COLUMN     "overflow_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "raising_editions" (
    "edition" INTEGER NOT NULL,
    "rules" JSONB NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "raising_editions_pkey" PRIMARY KEY ("edition")
);

-- CreateTable
CREATE TABLE "ratings" (
    "ticket" INTEGER NOT NULL,
    "cycle" INTEGER NOT NULL,
    "agent_id" TEXT,
    "category" TEXT,
    "stars" INTEGER NOT NULL,
    "comment" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ratings_pkey" PRIMARY KEY ("ticket","cycle")
);

-- CreateTable
CREATE TABLE "expectations" (
    "ticket" INTEGER NOT NULL,
    "team_id" TEXT NOT NULL,
    "category" TEXT,
    "priority" TEXT NOT NULL,
    "turn" TIMESTAMPTZ(3) NOT NULL,
    "ahead" INTEGER NOT NULL,
    "people" INTEGER NOT NULL,
    "calendar" TEXT,
    "until" TIMESTAMPTZ(3),
    "silence" TEXT,
    "opens_at" TIMESTAMPTZ(3),
    "position" INTEGER,
    "solved_by" TIMESTAMPTZ(3),
    "look_at" TIMESTAMPTZ(3),
    "over" BOOLEAN NOT NULL DEFAULT false,
    "answered_at" TIMESTAMPTZ(3),
    "waited_ms" DOUBLE PRECISION,
    "solved_at" TIMESTAMPTZ(3),
    "solved_ms" DOUBLE PRECISION,

    CONSTRAINT "expectations_pkey" PRIMARY KEY ("ticket")
);

-- CreateIndex
CREATE INDEX "expectations_team_id_over_turn_idx" ON "expectations"("team_id", "over", "turn");

-- CreateIndex
CREATE INDEX "expectations_team_id_category_priority_answered_at_idx" ON "expectations"("team_id", "category", "priority", "answered_at");

-- CreateIndex
CREATE INDEX "expectations_look_at_idx" ON "expectations"("look_at");
