-- What staff are told of mails themselves stands beside what they are told of the event that such a mail was about.
DROP INDEX "notices_once";
CREATE UNIQUE INDEX "notices_once" ON "notices" ("ticket", "version", "recipient")
  WHERE "template" NOT IN ('new-link', 'mail-loop', 'template-broken', 'address-suspended');
