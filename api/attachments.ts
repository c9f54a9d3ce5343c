// The files that messages have, as lists of them show them.
import type { AttachmentView } from "../contract/attachment";
import type { Db } from "./parts";

/** By the message's id, in their order; of a message without any, nothing. */
export async function attachmentsOf(prisma: Db, messages: readonly string[]): Promise<ReadonlyMap<string, readonly AttachmentView[]>> {
  if (messages.length === 0) return new Map();
  const rows = await prisma.attachment.findMany({
    where: { messageId: { in: [...messages] } },
    orderBy: { position: "asc" },
    select: { id: true, name: true, type: true, size: true, contentId: true, messageId: true },
  });
  const files = new Map<string, AttachmentView[]>();
  for (const { messageId, ...row } of rows) {
    const key = messageId ?? "";
    files.set(key, [...(files.get(key) ?? []), presentAttachment(row)]);
  }
  return files;
}

export function presentAttachment({ id, name, type, size, contentId }: Omit<AttachmentView, "inline"> & { readonly contentId: string | null }): AttachmentView {
  return { id, name, type, size, inline: contentId !== null };
}
