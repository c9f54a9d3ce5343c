// What tickets are about, and which team they belong to.

export const categories = {
  uncategorised: { name: "Uncategorised", team: "support" },
  "how-to": { name: "How to", team: "support" },
  complaint: { name: "Complaints", team: "support" },
  login: { name: "Login and passwords", team: "accounts" },
  account: { name: "Account and personal details", team: "accounts" },
  card: { name: "Cards", team: "accounts" },
  security: { name: "Loss, theft and fraud", team: "accounts" },
  invoice: { name: "Invoices", team: "billing" },
  refund: { name: "Refunds", team: "billing" },
  payment: { name: "Payments and charges", team: "billing" },
  transfer: { name: "Transfers and top-ups", team: "billing" },
  cash: { name: "Cash", team: "billing" },
  exchange: { name: "Currencies and exchange", team: "billing" },
  subscription: { name: "Subscriptions", team: "billing" },
  order: { name: "Orders and delivery", team: "operations" },
  malfunction: { name: "Malfunctions", team: "technical" },
  equipment: { name: "Equipment and software", team: "technical" },
  wish: { name: "Wishes", team: "technical" },
} as const;

export type CategoryId = keyof typeof categories;
