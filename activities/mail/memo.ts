// A mail to a member of staff: what happened, what was written, and how the ticket stands. Plain text, quick to read.
import type { Rendered } from "./letter";
import type { Material } from "./load";
import { isoInstant } from "./text";
import { mailWords } from "./words/all";
import type { StaffTemplate } from "./words/shape";

/** `link` leads to the ticket itself. */
export function renderMemo(template: StaffTemplate, material: Material, link: string): Rendered {
  const { labels, memos, metrics, statuses, priorities } = mailWords[material.language];
  const { facts, by, text, subject, status, priority, deadline } = material;
  const { what, says } = memos[template]({
    by,
    metric: facts.metric === undefined ? "–" : metrics[facts.metric],
    percent: facts.percent ?? 0,
    level: facts.level ?? 0,
    dueAt: isoInstant(facts.dueAt),
  });
  const standing = [
    `${labels.subject}: ${subject}`,
    `${labels.status}: ${statuses[status]}`,
    `${labels.priority}: ${priorities[priority]}`,
    `${labels.deadline}: ${isoInstant(deadline)}`,
    `${labels.ticket}: ${link}`,
  ].join("\n");
  const parts = [says, text === null ? null : quoted(text), standing].filter((part) => part !== null);
  return { subject: what, text: `${parts.join("\n\n")}\n`, html: null, personal: false };
}

/** Set off, so that no words of a requester pass for ours. */
function quoted(text: string): string {
  return text
    .split(/\r\n|[\r\n]/)
    .map((line) => `> ${line}`)
    .join("\n");
}
