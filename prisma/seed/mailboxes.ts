// Where customers of a new desk may write to. Mails are brought to it (SMTP, HTTP, files) until an admin says where to fetch
// them from.

export interface SeedMailbox {
  readonly id: string;
  readonly name: string;
  readonly teamId: string;
  readonly addresses: readonly string[];
  readonly language: string;
}

export const mailboxes: readonly SeedMailbox[] = [
  { id: "support", name: "Support", teamId: "support", addresses: ["support@perdura.localhost"], language: "en" },
];
