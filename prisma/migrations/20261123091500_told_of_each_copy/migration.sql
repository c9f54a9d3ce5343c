-- Two copies of one reply that can't be delivered are told each, and beside what was told of the reply itself.
DROP INDEX "notices_once";
CREATE UNIQUE INDEX "notices_once" ON "notices" ("ticket", "version", "recipient")
  WHERE "template" NOT IN ('new-link', 'mail-loop', 'template-broken', 'address-suspended', 'copy-undelivered', 'staff-undelivered');
