// Who did something. Knows kinds and roles; refuses to know names, addresses or how somebody proved who they are.

export const roles = ["agent", "lead", "admin", "auditor"] as const;
export type Role = (typeof roles)[number];

/** A member of staff, the ticket's requester, somebody else who takes part in it by mail, or Perdura itself. */
export type Actor =
  | { readonly kind: "staff"; readonly id: string; readonly role: Role }
  | { readonly kind: "requester"; readonly id: string }
  | { readonly kind: "participant"; readonly id: string }
  | { readonly kind: "system"; readonly id: SystemPart };

/** The part of Perdura that acted, as the journal names it. */
export type SystemPart = "intake" | "rules" | "dispatch" | "clock" | "mail";

/** `staff:ingrid`, `requester:42`, `system:clock`: one text for logs, command scopes and the Temporal UI. */
export function actorId(actor: Actor): string {
  return `${actor.kind}:${actor.id}`;
}

export function system(part: SystemPart): Actor {
  return { kind: "system", id: part };
}
