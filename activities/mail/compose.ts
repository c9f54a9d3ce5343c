// A notice as a mail: its words, its envelope, and the headers that thread it and keep robots from answering it.
import type { SendMailOptions } from "nodemailer";
import { requesterTemplates, staffTemplates } from "../../domain/audience";
import { renderDigest } from "./digest";
import type { Item } from "./digest";
import { renderLetter } from "./letter";
import type { Rendered } from "./letter";
import type { Material } from "./load";
import { renderMemo } from "./memo";
import { oneLine } from "./text";
import type { RequesterTemplate, StaffTemplate } from "./words/shape";

/** Who we are to those we write to. */
export interface Sender {
  /** `Support <support@desk.example>` or a plain address. */
  readonly from: string;
  readonly messageIdDomain: string;
  /** Where people find the API, e.g. `https://desk.example`. */
  readonly publicUrl: string;
  /** A fresh link for the requester of a ticket, who has had so many before them; `now` in epoch ms. */
  readonly linkTo: (number: number, now: number, former: number) => string;
}

/** The mail to the requester for one notice; the same notice always has the same Message-ID. */
export function compose(
  sender: Sender,
  notice: { readonly id: string; readonly template: string },
  material: Material & { readonly address: string },
  now: number,
): SendMailOptions {
  const { template, id } = notice;
  if (!isForRequester(template)) throw new Error("A template that this release doesn't know.");
  const rendered = renderLetter(template, material, sender.linkTo(material.number, now, material.formerRequesters));
  const submitted = template === "acknowledgement" ? "auto-replied" : "auto-generated";
  return addressed(sender, id, rendered, material, rendered.personal ? null : submitted);
}

/**
 * The mail to a member of staff or a contact for one notice or several, all to the same reader; `id` makes its Message-ID.
 * Null: they have no address.
 */
export function composeForStaff(sender: Sender, id: string, items: readonly (Material & { readonly template: string })[]) {
  const [first, ...others] = items.map(asItem);
  if (first === undefined || first.address === null) return null;
  const linkTo = (number: number): string => `${sender.publicUrl.replace(/\/+$/u, "")}/api/v1/tickets/${number}`;
  const rendered =
    others.length === 0 ? renderMemo(first.template, first, linkTo(first.number)) : renderDigest([first, ...others], linkTo);
  const about = new Set(items.map(({ number }) => number)).size === 1 ? first.number : null;
  return addressed(sender, id, rendered, { number: about, address: first.address }, "auto-generated");
}

/** Whether this release can make such a mail. */
export function isForStaff(template: string): template is StaffTemplate {
  return (staffTemplates as readonly string[]).includes(template);
}

function asItem(material: Material & { readonly template: string }): Item {
  const { template } = material;
  if (!isForStaff(template)) throw new Error("A template that this release doesn't know.");
  return { ...material, template };
}

/** `number` is the ticket that all of it is about; null: several. */
function addressed(
  sender: Sender,
  id: string,
  { subject, text, html }: Rendered,
  { number, address }: { readonly number: number | null; readonly address: string },
  submitted: string | null,
): SendMailOptions {
  const thread = number === null ? null : messageId(`ticket-${number}`, sender);
  return {
    from: sender.from,
    // Never a name: whoever fills in the open form chooses it, and anybody's address.
    to: { name: "", address },
    envelope: { from: sender.from, to: address },
    subject: oneLine(number === null || subject.startsWith(`#${number}:`) ? subject : `[#${number}] ${subject}`),
    text,
    ...(html === null ? {} : { html }),
    messageId: messageId(id, sender),
    ...(thread === null ? {} : { inReplyTo: thread, references: thread }),
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

/** Whatever may not stand in a Message-ID becomes a dash. */
function messageId(local: string, { messageIdDomain }: Sender): string {
  return `<${local.replace(/[^A-Za-z0-9._+=-]/g, "-")}@${messageIdDomain}>`;
}
