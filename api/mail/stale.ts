// Whether a mailbox that should be fetched counts as silent.
import { staleAfterMs } from "../../prisma/backlog";

interface Fetched {
  readonly fetchedAt: Date | null;
  readonly createdAt: Date;
}

export function isStale({ fetchedAt, createdAt }: Fetched, now: number): boolean {
  return now - (fetchedAt ?? createdAt).getTime() > staleAfterMs;
}
