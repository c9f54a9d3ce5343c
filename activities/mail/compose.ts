// A notice as a mail: its words, its envelope, and the headers that thread it and keep robots from answering it.
import type { SendMailOptions } from "nodemailer";
import { requesterTemplates, staffTemplates } from "../../domain/audience";
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
  /** A fresh link for the requester of a ticket; `now` in epoch ms. */
  readonly linkTo: (number: number, now: number) => string;
}

/**
 * The mail for one notice; the same notice always has the same Message-ID. Throws on a template that this release
 * doesn't know, which is then left for one that does.
 */
export function compose(
  sender: Sender,
  notice: { readonly id: string; readonly template: string },
  material: Material & { readonly address: string },
  now: number,
): SendMailOptions {
  const { subject, text, html, personal } = render(sender, notice.template, material, now);
  const thread = messageId(`ticket-${material.number}`, sender);
  return {
    from: sender.from,
    // Never a name: whoever fills in the open form chooses it, and anybody's address.
    to: { name: "", address: material.address },
    envelope: { from: sender.from, to: material.address },
    subject: oneLine(`[#${material.number}] ${subject}`),
    text,
    ...(html === null ? {} : { html }),
    messageId: messageId(notice.id, sender),
    inReplyTo: thread,
    references: thread,
    headers: {
      ...(personal
        ? {}
        : { "Auto-Submitted": notice.template === "acknowledgement" ? "auto-replied" : "auto-generated" }),
      // Everything but the report that a mail could not be delivered.
      "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
    },
  };
}

function render(sender: Sender, template: string, material: Material, now: number): Rendered {
  if (isFor(requesterMails, template)) return renderLetter(template, material, sender.linkTo(material.number, now));
  if (isFor(staffTemplates, template)) {
    return renderMemo(template, material, `${sender.publicUrl.replace(/\/+$/u, "")}/api/v1/tickets/${material.number}`);
  }
  throw new Error("A template that this release doesn't know.");
}

const requesterMails: readonly RequesterTemplate[] = [...requesterTemplates, "new-link"];

function isFor<T extends RequesterTemplate | StaffTemplate>(templates: readonly T[], template: string): template is T {
  return (templates as readonly string[]).includes(template);
}

/** Whatever may not stand in a Message-ID becomes a dash. */
function messageId(local: string, { messageIdDomain }: Sender): string {
  return `<${local.replace(/[^A-Za-z0-9._+=-]/g, "-")}@${messageIdDomain}>`;
}
