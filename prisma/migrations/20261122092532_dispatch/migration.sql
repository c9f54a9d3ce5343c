-- DropIndex
DROP INDEX "waiters_team_id_priority_rank_since_ticket_idx";

-- AlterTable
ALTER TABLE "agents" ADD COLUMN     "calendar_id" TEXT,
ADD COLUMN     "languages" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "latitude" DOUBLE PRECISION,
ADD COLUMN     "longitude" DOUBLE PRECISION,
ADD COLUMN     "present_since" TIMESTAMPTZ(3),
ADD COLUMN     "paced_since" TIMESTAMPTZ(3),
ADD COLUMN     "paced_given" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "radius_km" DOUBLE PRECISION,
ADD COLUMN     "regions" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "dispatch_decisions" ADD COLUMN     "asked" TEXT NOT NULL DEFAULT 'all',
ADD COLUMN     "need" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "rules" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "reservations" ADD COLUMN     "offered" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "places" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "teams" ADD COLUMN     "dispatch" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "tickets" ADD COLUMN     "site" JSONB;

-- AlterTable
ALTER TABLE "waiters" ADD COLUMN     "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "sought" JSONB,
ADD COLUMN     "turn" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- Whoever waits keeps their turn: a step of priority is worth four hours, as where nothing is set.
UPDATE "waiters" w SET "turn" = w.since - w.priority_rank * interval '4 hours',
  "sought" = jsonb_build_object('category', t.category, 'type', t.type, 'priority', t.priority, 'declined', '[]'::jsonb, 'relaxed', false)
FROM "tickets" t WHERE t.number = w.ticket;
DELETE FROM "waiters" WHERE "sought" IS NULL;
ALTER TABLE "waiters" ALTER COLUMN "sought" SET NOT NULL;

ALTER TABLE "waiters" DROP COLUMN "priority_rank";

-- CreateTable
CREATE TABLE "skills" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "skills_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent_skills" (
    "agent_id" TEXT NOT NULL,
    "skill_id" TEXT NOT NULL,
    "level" INTEGER NOT NULL,

    CONSTRAINT "agent_skills_pkey" PRIMARY KEY ("agent_id","skill_id")
);

-- CreateTable
CREATE TABLE "category_skills" (
    "category_id" TEXT NOT NULL,
    "skill_id" TEXT NOT NULL,
    "level" INTEGER NOT NULL,

    CONSTRAINT "category_skills_pkey" PRIMARY KEY ("category_id","skill_id")
);

-- CreateTable
CREATE TABLE "leaves" (
    "id" UUID NOT NULL,
    "agent_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "substitute_id" TEXT,
    "by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "leaves_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "results" (
    "agent_id" TEXT NOT NULL,
    "category_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "resolved" DOUBLE PRECISION NOT NULL,
    "log_ms" DOUBLE PRECISION NOT NULL,
    "reopened" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "results_pkey" PRIMARY KEY ("agent_id","category_id")
);

-- CreateIndex
CREATE INDEX "leaves_agent_id_until_idx" ON "leaves"("agent_id", "until");

-- CreateIndex
CREATE INDEX "waiters_team_id_turn_ticket_idx" ON "waiters"("team_id", "turn", "ticket");

-- AddForeignKey
ALTER TABLE "agent_skills" ADD CONSTRAINT "agent_skills_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_skills" ADD CONSTRAINT "agent_skills_skill_id_fkey" FOREIGN KEY ("skill_id") REFERENCES "skills"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "category_skills" ADD CONSTRAINT "category_skills_skill_id_fkey" FOREIGN KEY ("skill_id") REFERENCES "skills"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leaves" ADD CONSTRAINT "leaves_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
