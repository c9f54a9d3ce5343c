// Why something is not done. A closed union: the API maps each code to one HTTP status, and nothing else refuses.

export const refusalCodes = [
  "not_allowed_now",
  "ticket_closed",
  "nobody_assigned",
  "not_on_offer",
  "requester_wrote",
  "instant_passed",
  "nothing_to_acknowledge",
  "no_such_level",
  "no_such_cycle",
  "no_such_message",
  "merge_into_itself",
  "target_closed",
  "target_merged",
  "other_requester",
  "expired",
  "key_reused",
  "stuck",
  "superseded",
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** A refused decision: nothing has changed. `message` is one English sentence for a person; `details` holds facts only. */
export interface Refusal {
  readonly refused: RefusalCode;
  readonly message: string;
  readonly details: Readonly<Record<string, string | number | null>>;
}

export function refuse(
  refused: RefusalCode,
  message: string,
  details: Refusal["details"] = {},
): Refusal {
  return { refused, message, details };
}

export function isRefusal(value: object): value is Refusal {
  return "refused" in value;
}
