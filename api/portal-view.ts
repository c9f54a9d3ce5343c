// What the requester's page shows: the public conversation of one ticket and what may be done now.
import type { Request } from "express";
import { abilities } from "../domain/access";
import type { Actor } from "../domain/actor";
import { inLanguage } from "../domain/forms/form";
import type { Field } from "../domain/forms/form";
import type { Language, Status } from "../domain/words";
import { attachmentsOf } from "./attachments";
import { lackingFields } from "./forms/ask-back";
import type { LackingField, PortalView } from "../web/portal-view";
import { threadOf } from "../prisma/merged";
import { readThread } from "./messages";
import { mayRate } from "./ratings";
import type { Db } from "./parts";
import { stateOf } from "./present-ticket";
import type { TicketRow } from "./present-ticket";

export interface Opened {
  readonly token: string;
  readonly row: TicketRow;
  readonly expired: boolean;
  readonly actor: Extract<Actor, { kind: "requester" }>;
}

type Flash = NonNullable<PortalView["flash"]>;

const done = ["reply-received", "closed-thanks", "reopened", "follow-up", "rated"] as const satisfies readonly Flash[];

/** What the page says first after a redirect; a made-up address says nothing. */
export function flashOf(request: Request): Flash | undefined {
  return done.find((flash) => flash === request.query["done"]);
}

type Shown = Partial<Pick<PortalView, "flash" | "draft">>;

export async function viewOf(prisma: Db, opened: Opened, shown: Shown): Promise<PortalView> {
  const { row, token, actor } = opened;
  const may = abilities(actor, stateOf(row));
  const [messages, lacking, followUp, isToRate] = await Promise.all([
    publicMessages(prisma, row),
    stateOf(row).askBack === "waiting" ? lackingFields(prisma, row.number) : [],
    prisma.ticket.findFirst({ where: { followUpOf: row.number }, select: { number: true } }),
    mayRate(prisma, stateOf(row)),
  ]);
  return {
    language: row.language as Language,
    number: row.number,
    subject: row.subject,
    status: row.status as Status,
    messages,
    // Also on a closed ticket: it opens a follow-up, or goes to the one there is.
    mayReply: true,
    mayConfirm: may.includes("confirm"),
    mayReject: may.includes("reject"),
    mayRate: isToRate,
    ...(followUp === null ? {} : { followUp: followUp.number }),
    lacking: lacking.map((field) => presentLacking(field, row.language as Language)),
    ...shown,
    token,
  };
}

function presentLacking(field: Field, language: Language): LackingField {
  const { key, label, help, type } = field;
  const choices = type === "choice" ? field.choices.map((choice) => inLanguage(choice.label, language)) : null;
  const lines = type === "paragraph" ? "several" : "one";
  return { key, label: inLanguage(label, language), help: help === null ? null : inLanguage(help, language), choices, lines };
}

/** The version of staff's last public words; 0 before any. */
export async function lastStaffWord(prisma: Db, ticket: number): Promise<number> {
  const { _max } = await prisma.message.aggregate({
    where: { ticket, visibility: "public", authorKind: "staff" },
    _max: { version: true },
  });
  return _max.version ?? 0;
}

/** Also of what was merged into it, as far as it was theirs: nobody reads another requester's words. */
async function publicMessages(prisma: Db, row: TicketRow): Promise<PortalView["messages"]> {
  const rows = await readThread(prisma, await theirs(prisma, row), { visible: ["public"], beyond: null, take: null });
  const files = await attachmentsOf(prisma, rows.map(({ id }) => id));
  return rows.map(({ id, authorKind, name, createdAt, text }) => ({
    author: authorKind === "staff" ? "staff" : authorKind === "participant" ? "another" : "you",
    name,
    at: createdAt.toISOString(),
    text,
    files: files.get(id) ?? [],
  }));
}

/** A file of a public message that the page shows; null: there is none of that id. */
export async function publicFile(prisma: Db, row: TicketRow, id: string) {
  return await prisma.attachment.findFirst({
    where: { id, message: { ticket: { in: [...(await theirs(prisma, row))] }, version: { not: null }, visibility: "public" } },
    select: { name: true, type: true, sha256: true },
  });
}

/** The ticket and what was merged into it, as far as it is this requester's. */
async function theirs(prisma: Db, { number, requesterId }: TicketRow): Promise<readonly number[]> {
  const thread = await threadOf(prisma, number);
  const rows = await prisma.ticket.findMany({ where: { number: { in: [...thread] }, requesterId }, select: { number: true } });
  return rows.map((ticket) => ticket.number);
}
