-- AlterTable
ALTER TABLE "intakes" ADD COLUMN     "form_edition" INTEGER;

-- CreateTable
CREATE TABLE "forms" (
    "type" TEXT NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "forms_pkey" PRIMARY KEY ("type")
);

-- CreateTable
CREATE TABLE "form_editions" (
    "type" TEXT NOT NULL,
    "edition" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "form_editions_pkey" PRIMARY KEY ("type","edition")
);

-- AddForeignKey
ALTER TABLE "form_editions" ADD CONSTRAINT "form_editions_type_fkey" FOREIGN KEY ("type") REFERENCES "forms"("type") ON DELETE RESTRICT ON UPDATE CASCADE;
