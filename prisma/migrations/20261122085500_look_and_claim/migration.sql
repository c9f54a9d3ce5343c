-- When the relay looks at a ticket's run: after a record, after something due, after a command without an answer.
DROP INDEX "tickets_uncompared";
ALTER TABLE "tickets" DROP COLUMN "compared_version",
ADD COLUMN     "look_at" TIMESTAMPTZ(3);
CREATE INDEX "tickets_look_at_idx" ON "tickets"("look_at");
UPDATE "tickets" SET "look_at" = now() WHERE "status" <> 'closed' AND "started";

-- Whose attempt at a mail is under way, and since when: nobody else tries in the meantime.
ALTER TABLE "notices" ADD COLUMN     "claimed_at" TIMESTAMPTZ(3),
ADD COLUMN     "holder" TEXT;
