// A notice as a mail: its words, its envelope, and the headers that thread it and keep robots from answering it.
import type { SendMailOptions } from "nodemailer";
import { copyTemplate, requesterTemplates, staffTemplates } from "../../domain/audience";
import { isNoticeOf } from "../../mail/signed/addresses";
import { attachmentsOf } from "./attachments";
import type { MailDeps } from "./deps";
import { renderDigest } from "./digest";
import type { Item } from "./digest";
import { renderCopy, renderLetter } from "./letter";
import type { Rendered } from "./letter";
import type { Material } from "./material";
import { renderMemo } from "./memo";
import { mailName, senderAddress, threadOf } from "./sender";
import type { Sender } from "./sender";
import { ownLetter } from "./templates";
import { oneLine } from "./text";
import { usualWay } from "./way-out";
import type { WayOut } from "./way-out";
import type { RequesterTemplate, StaffTemplate } from "./words/shape";

/** Which mail it is: the name of a notice or a digest, and the Message-ID that it has however often it is tried. */
export interface MailName {
  readonly id: string;
  readonly messageId: string;
}

type Addressed = Material & { readonly address: string };

/** The mail to the requester for one notice, by the desk's own template where there is one that can be used. */
export async function compose(
  deps: Pick<MailDeps, "prisma" | "files"> & Sender,
  notice: { readonly id: string; readonly version: number; readonly template: string },
  material: Addressed & { readonly messageId: string },
  now: number,
): Promise<SendMailOptions> {
  const own = isForRequester(notice.template) ? await ownLetter(deps, notice, material, deps.linkTo(material.number, now, material.formerRequesters)) : null;
  const mail = composeLetter(deps, notice, material, now, own);
  return { ...mail, attachments: await attachmentsOf(deps.files, material.attachments) };
}

/** The same without Postgres; `own` is what the desk's own template has given. */
export function composeLetter(
  sender: Sender,
  { id, template }: { readonly id: string; readonly template: string },
  material: Addressed & { readonly messageId: string },
  now: number,
  own: Rendered | null = null,
): SendMailOptions {
  if (!isForRequester(template)) throw new Error("A template that this release doesn't know.");
  const rendered = own ?? renderLetter(template, material, sender.linkTo(material.number, now, material.formerRequesters));
  // An answer to a mail must not be answered, nor come back: two machines would talk to each other (RFC 3834).
  const answersMail = template === "acknowledgement" && material.beganByMail;
  const submitted = template === "acknowledgement" ? "auto-replied" : "auto-generated";
  return addressed(sender, { id, messageId: material.messageId }, rendered, {
    ...material,
    replyTo: { ticket: material.number, notice: null },
    returns: !answersMail,
    submitted: rendered.personal ? null : submitted,
  });
}

/**
 * The mail to a member of staff or a contact for one notice or several, all to the same reader. Null: they have no address.
 */
export function composeForStaff(
  sender: Sender,
  name: MailName,
  items: readonly (Material & { readonly template: string; readonly notice: string; readonly answers: boolean })[],
): SendMailOptions | null {
  const [first, ...others] = items.map(asItem);
  const [source] = items;
  if (first === undefined || source === undefined || first.address === null) return null;
  const linkTo = (number: number): string => `${sender.publicUrl.replace(/\/+$/u, "")}/api/v1/tickets/${number}`;
  const rendered =
    others.length === 0 ? renderMemo(first.template, first, linkTo(first.number), source.answers && first.readsReplies) : renderDigest([first, ...others], linkTo);
  const isOne = isAboutOne(items);
  return addressed(sender, name, rendered, {
    number: isOne ? first.number : null,
    address: first.address,
    writtenTo: isOne ? first.writtenTo : null,
    received: [],
    // A digest of several tickets answers to none; a contact has no say on tickets.
    replyTo: isOne && source.answers && isNoticeOf(first.number, source.notice) ? { ticket: first.number, notice: source.notice } : null,
    returns: true,
    submitted: "auto-generated",
  });
}

/** The mail to a participant for one notice; null: they take no part any more. */
export async function composeCopy(
  deps: Pick<MailDeps, "prisma" | "files"> & Sender,
  name: MailName,
  material: Material,
): Promise<SendMailOptions | null> {
  const { number, address } = material;
  if (address === null) return null;
  const heading = { ...material, address, replyTo: { ticket: number, notice: null }, returns: true, submitted: null };
  return { ...addressed(deps, name, renderCopy(material), heading), attachments: await attachmentsOf(deps.files, material.attachments) };
}

/** The address that a mail about these leaves from, and by which server: of several tickets our own. */
export function leavesFrom(sender: Sender, items: readonly Material[]): { readonly from: string; readonly way: WayOut } {
  const [first] = items;
  const isOne = first !== undefined && isAboutOne(items);
  return { from: senderAddress(sender, isOne ? first.writtenTo : null), way: isOne ? first.way : usualWay };
}

function isAboutOne(items: readonly Pick<Material, "number">[]): boolean {
  return new Set(items.map(({ number }) => number)).size === 1;
}

/** Whether this release can make such a mail for anybody but requesters. */
export function isKnown(template: string): boolean {
  return template === copyTemplate || isForStaff(template);
}

function isForStaff(template: string): template is StaffTemplate {
  return (staffTemplates as readonly string[]).includes(template);
}

function asItem(material: Material & { readonly template: string }): Item {
  const { template } = material;
  if (!isForStaff(template)) throw new Error("A template that this release doesn't know.");
  return { ...material, template };
}

interface Heading {
  /** The ticket that all of it is about; null: several. */
  readonly number: number | null;
  readonly address: string;
  readonly writtenTo: string | null;
  /** The reader's own mails that it answers. */
  readonly received: readonly string[];
  /** Where an answer belongs; null: nowhere in particular. */
  readonly replyTo: Parameters<Sender["signed"]["replyTo"]>[1] | null;
  /** Whether we hear of it when it can't be delivered. */
  readonly returns: boolean;
  /** What it says of the machine that sends it; null: a person has written it. */
  readonly submitted: string | null;
}

/** References are shortened in the middle: a long conversation must not make a header that servers refuse. */
const referencesAtMost = 20;

function addressed(sender: Sender, { id, messageId }: MailName, { subject, text, html }: Rendered, heading: Heading): SendMailOptions {
  const { number, address, writtenTo, received, replyTo, returns, submitted } = heading;
  const from = senderAddress(sender, writtenTo);
  const thread = number === null ? [] : [threadOf(number, from), ...received];
  const [first, ...later] = thread;
  const references = first === undefined ? [] : [first, ...later.slice(-(referencesAtMost - 1))];
  const answered = references.at(-1);
  return {
    from: { name: sender.from.name, address: from },
    // Never a name: whoever fills in the open form chooses it, and anybody's address.
    to: { name: "", address },
    ...(replyTo === null ? {} : { replyTo: sender.signed.replyTo(from, replyTo) }),
    envelope: { from: returns ? sender.signed.returnPath(from, mailName(id)) : "", to: address },
    subject: oneLine(number === null || subject.startsWith(`#${number}:`) ? subject : `[#${number}] ${subject}`),
    text,
    ...(html === null ? {} : { html }),
    messageId: inBrackets(messageId),
    ...(answered === undefined ? {} : { inReplyTo: inBrackets(answered), references: references.map(inBrackets) }),
    headers: {
      ...(submitted === null ? {} : { "Auto-Submitted": submitted }),
      // Everything but the report that a mail could not be delivered.
      "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
    },
  };
}

function isForRequester(template: string): template is RequesterTemplate {
  return template === "new-link" || (requesterTemplates as readonly string[]).includes(template);
}

/** What others have called their mails is taken without what would break a header. */
function inBrackets(messageId: string): string {
  return `<${messageId.replace(/[^\x21-\x7e]|[<>]/g, "")}>`;
}
