// What a template is tried with: examples, or what is known of a ticket.
import type { Language } from "../../domain/words";
import type { View } from "../../mail/template/render";
import type { Db } from "../parts";
import { notFound } from "../problem";

export function examples(language: Language): View {
  return {
    number: "1042",
    link: "https://desk.example/r/an-example",
    team: "Support",
    subject: "The card has not come <yet> & more",
    assignee: "Amara Okafor",
    words: "It left us on Monday.\n\n<b>Not bold</b> & \"quoted\".",
    author: "Amara Okafor",
    missing: ["Order number", "Date of delivery"],
    closesIn: new Intl.RelativeTimeFormat(language, { numeric: "always" }).format(3, "day"),
  };
}

/** Its facts; what a mail would make of them, the examples stand for. 404 when there is none. */
export async function viewOfTicket(prisma: Db, number: number): Promise<View> {
  const select = { subject: true, language: true, assigneeId: true } as const;
  const ticket = await prisma.ticket.findUnique({ where: { number }, select });
  if (ticket === null) throw notFound("ticket");
  const assignee = ticket.assigneeId === null ? null : await prisma.agent.findUnique({ where: { id: ticket.assigneeId }, select: { name: true } });
  const written = await prisma.message.findFirst({
    where: { ticket: number, authorKind: "staff", visibility: "public", version: { not: null } },
    orderBy: { version: "desc" },
    select: { text: true },
  });
  const example = examples(ticket.language as Language);
  return { ...example, number: String(number), subject: ticket.subject, assignee: assignee?.name ?? null, words: written?.text ?? example["words"] ?? null };
}
