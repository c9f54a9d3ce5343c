// What somebody achieved, as sums that fade: each new result is added to what is left of the earlier ones by then.
import type { Prisma } from "./generated/client";

/** Beside the sums of `results`: one solution (`logMs` of its time), one that came back, or one rating. */
export interface NewResult {
  readonly agent: string;
  readonly category: string;
  readonly at: Date;
  readonly resolved: number;
  readonly logMs: number;
  readonly reopened: number;
  readonly rated: number;
  readonly stars: number;
}

/** @param halfLifeMs after which a result counts half */
export async function addResult(tx: Prisma.TransactionClient, result: NewResult, halfLifeMs: number): Promise<void> {
  const { agent, category, at, resolved, logMs, reopened, rated, stars } = result;
  await tx.$executeRaw`
    INSERT INTO results AS r (agent_id, category_id, at, resolved, log_ms, reopened, rated, stars)
    VALUES (${agent}, ${category}, ${at}, ${resolved}, ${logMs}, ${reopened}, ${rated}, ${stars})
    ON CONFLICT (agent_id, category_id) DO UPDATE SET (at, resolved, log_ms, reopened, rated, stars) = (
      SELECT greatest(r.at, excluded.at), r.resolved * left_of + excluded.resolved, r.log_ms * left_of + excluded.log_ms,
             r.reopened * left_of + excluded.reopened, r.rated * left_of + excluded.rated, r.stars * left_of + excluded.stars
      FROM (SELECT power(0.5, extract(epoch FROM greatest(r.at, excluded.at) - r.at) * 1000 / ${halfLifeMs}::float8) AS left_of) f)`;
}
