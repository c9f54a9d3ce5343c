// The closed lists of the desk: types, statuses, priorities, channels. Knows their order; refuses to know any translation.

export const ticketTypes = ["question", "incident", "problem", "request", "bug", "feature", "change"] as const;
export type TicketType = (typeof ticketTypes)[number];

export const channels = ["web", "phone", "api", "chat", "mail"] as const;
export type Channel = (typeof channels)[number];

export const statuses = ["new", "open", "pending", "on-hold", "solved", "closed"] as const;
export type Status = (typeof statuses)[number];

/** What a status means to the clocks and to an agent's load. */
export type StatusCategory = "open" | "paused" | "resolved";

export const categoryOfStatus: Readonly<Record<Status, StatusCategory>> = {
  new: "open",
  open: "open",
  pending: "paused",
  "on-hold": "paused",
  solved: "resolved",
  closed: "resolved",
};

/** From the least to the most pressing; the index is the rank. */
export const priorities = ["low", "normal", "high", "urgent"] as const;
export type Priority = (typeof priorities)[number];

export function priorityRank(priority: Priority): number {
  return priorities.indexOf(priority);
}

export const degrees = ["low", "medium", "high"] as const;
/** How far an impact or an urgency goes. */
export type Degree = (typeof degrees)[number];

export const languages = ["en", "de", "nb", "ko", "zh"] as const;
export type Language = (typeof languages)[number];
