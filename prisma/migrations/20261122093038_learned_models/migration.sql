-- CreateTable
CREATE TABLE "category_decisions" (
    "ticket" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "rule" TEXT,
    "model" INTEGER,
    "category" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "team" TEXT NOT NULL,
    "confidence" DOUBLE PRECISION,
    "words" JSONB NOT NULL,
    "others" JSONB NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "category_decisions_pkey" PRIMARY KEY ("ticket")
);

-- CreateTable
CREATE TABLE "models" (
    "edition" SERIAL NOT NULL,
    "run" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "examples" INTEGER NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "outcomes" JSONB NOT NULL,
    "bytes" BYTEA NOT NULL,
    "quality" JSONB NOT NULL,
    "former" INTEGER,
    "former_quality" JSONB,

    CONSTRAINT "models_pkey" PRIMARY KEY ("edition")
);

-- CreateTable
CREATE TABLE "model_promotions" (
    "id" SERIAL NOT NULL,
    "edition" INTEGER,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_promotions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "category_decisions_rule_idx" ON "category_decisions"("rule");

-- CreateIndex
CREATE UNIQUE INDEX "models_run_key" ON "models"("run");
