// A mail to a member of staff: what happened, what was written, and how the ticket stands. Plain text, quick to read; times
// where the reader is.
import { replyMeans } from "../../domain/audience";
import type { Rendered } from "./letter";
import type { Material } from "./material";
import { list, localTime } from "./text";
import { mailWords } from "./words/all";
import type { Memo, StaffTemplate } from "./words/shape";

/**
 * `link` leads to the ticket itself. `answers`: whether a reply to the mail reaches the ticket; its first line then says as
 * what.
 */
export function renderMemo(template: StaffTemplate, material: Material, link: string, answers = false): Rendered {
  const { labels, answering } = mailWords[material.language];
  const { what, says } = memoOf(template, material);
  const { text, subject } = material;
  const standing = [`${labels.subject}: ${subject}`, ...standingOf(material), `${labels.ticket}: ${link}`].join("\n");
  const first = answers ? answering[replyMeans(template)] : null;
  const parts = [first, says, text === null ? null : quoted(text), standing].filter((part) => part !== null);
  return { subject: what, text: `${parts.join("\n\n")}\n`, html: null, personal: false };
}

/** One event in the reader's words. */
export function memoOf(template: StaffTemplate, material: Material): Memo {
  const { memos, metrics } = mailWords[material.language];
  const { facts, by, language } = material;
  const isByPeople = template === "escalation" && facts.metric === null;
  return memos[isByPeople ? "escalated" : template]({
    by,
    metric: facts.metric === undefined || facts.metric === null ? "–" : metrics[facts.metric],
    percent: facts.percent ?? null,
    level: facts.level ?? 0,
    due: dueOf(template, material),
    also: facts.also === undefined || facts.also.length === 0 ? null : list(facts.also, language),
    source: facts.source ?? 0,
  });
}

/** How the ticket stands now, a line each. */
export function standingOf({ status, priority, deadline, language, timeZone }: Material): readonly string[] {
  const { labels, statuses, priorities } = mailWords[language];
  return [
    `${labels.status}: ${statuses[status]}`,
    `${labels.priority}: ${priorities[priority]}`,
    `${labels.deadline}: ${deadline === null ? "–" : localTime(deadline, language, timeZone)}`,
  ];
}

/** Set off, so that no words of a requester pass for ours. */
export function quoted(text: string): string {
  return text
    .split(/\r\n|[\r\n]/)
    .map((line) => `> ${line}`)
    .join("\n");
}

/** The target that it is about: a reminder comes before it, the first level of an escalation at it. */
function dueOf(template: StaffTemplate, { facts, deadline, language, timeZone }: Material): string | null {
  const { targetAt, level, dueAt } = facts;
  const known = targetAt ?? (template === "reminder" ? deadline : level === 1 ? dueAt : null) ?? null;
  return known === null ? null : localTime(known, language, timeZone);
}
