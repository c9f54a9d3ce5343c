-- What is there stays readable: short JSON is kept as it is (prisma/as-bytes.ts).
ALTER TABLE "dispatch_decisions" ALTER COLUMN "considered" TYPE BYTEA USING convert_to("considered"::text, 'UTF8');

-- It comes compressed: tried once more by Postgres it only takes time.
ALTER TABLE "dispatch_decisions" ALTER COLUMN "considered" SET STORAGE EXTERNAL;
