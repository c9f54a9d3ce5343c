// Why a ticket has its category: kept in a row, for it quotes the customer.
import type { TicketType } from "../../domain/words";
import type { Prisma, PrismaClient } from "../../prisma/client";

export interface Reasons {
  readonly source: "rule" | "model" | "assistant" | "triage";
  readonly category: string;
  readonly type: TicketType;
  readonly team: string;
  /** The edition of the rule that decided. */
  readonly rule: string | null;
  /** The edition of the model that was asked, also when it was not sure enough. */
  readonly model: number | null;
  readonly confidence: number | null;
  /** Parts of the text that spoke for what the model said, with their shares. */
  readonly words: readonly { readonly text: string; readonly share: number }[];
  /** What else the model thought of; its first thought, too, when it was not sure enough. */
  readonly others: readonly { readonly label: string; readonly confidence: number }[];
}

/** What the assistant said of a ticket that nobody else knew; what our own model thought stays beside it. */
export async function replaceTriage(
  prisma: PrismaClient,
  ticket: number,
  { category, team, type }: Pick<Reasons, "category" | "team" | "type">,
): Promise<void> {
  const data = { source: "assistant", category, team, type };
  await prisma.categoryDecision.updateMany({ where: { ticket, source: "triage" }, data });
}

/** The first decision stands: two that run at once get the same. */
export async function keep(prisma: PrismaClient, ticket: number, reasons: Reasons): Promise<Reasons> {
  const { words, others, ...rest } = reasons;
  const data = { ticket, ...rest, words: words as unknown as Prisma.InputJsonValue, others: others as unknown as Prisma.InputJsonValue };
  const { count } = await prisma.categoryDecision.createMany({ data: [data], skipDuplicates: true });
  if (count === 1) return reasons;
  return (await prisma.categoryDecision.findUniqueOrThrow({ where: { ticket } })) as unknown as Reasons;
}
