// Which tickets belong together since one was merged into another.
import type { PrismaClient } from "./client";

type Db = Pick<PrismaClient, "$queryRaw">;

/** The ticket that stands for this one: itself unless it was merged; the last one where that was merged on. */
export async function endOfMerges(db: Db, number: number): Promise<number> {
  const [row] = await db.$queryRaw<{ number: number }[]>`
    WITH RECURSIVE chain AS (
      SELECT number, merged_into FROM tickets WHERE number = ${number}
      UNION SELECT t.number, t.merged_into FROM chain c JOIN tickets t ON t.number = c.merged_into)
    SELECT number FROM chain WHERE merged_into IS NULL`;
  return row?.number ?? number;
}

/** The ticket and all whose conversation goes on in it. */
export async function threadOf(db: Db, number: number): Promise<readonly number[]> {
  const rows = await db.$queryRaw<{ number: number }[]>`
    WITH RECURSIVE thread AS (
      SELECT ${number}::int AS number
      UNION SELECT t.number FROM thread JOIN tickets t ON t.merged_into = thread.number)
    SELECT number FROM thread ORDER BY number`;
  return rows.map((row) => row.number);
}
