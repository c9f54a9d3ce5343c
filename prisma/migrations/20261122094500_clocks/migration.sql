-- The clocks by policies with editions take the place of the simple ones; who requesters belong to, and in which calendar
-- windows count.
DROP TABLE "policies";

CREATE TABLE "organisations" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "domains" TEXT[],
  "calendar_id" TEXT,
  CONSTRAINT "organisations_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "teams" ADD COLUMN "calendar_id" TEXT;
