// Who works at a new desk, so that the first ticket finds somebody. All of them are invented.

/** Languages that a person reads; roles are those of the access table. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly language: "en" | "de" | "nb" | "ko" | "zh";
  readonly role: "agent" | "lead" | "admin" | "auditor";
  /** How many open tickets dispatch gives to them at most. */
  readonly capacity: number;
  readonly teams: readonly string[];
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly lead: string;
  readonly manager: string;
  /** Whether it takes what no rule knows; one team does. */
  readonly triage: boolean;
  /** In which calendar windows that wait for requesters count. */
  readonly calendarId: string;
  /** How its tickets find somebody: `TeamRules` of domain/dispatch/rules.ts; left out: as usual. */
  readonly dispatch?: { readonly offers: { readonly answerWithinMs: number; readonly mostDeclines: number } };
}

export const teams: readonly Team[] = [
  { id: "support", name: "Front desk", lead: "ingrid", manager: "sofia", triage: true, calendarId: "oslo" },
  { id: "billing", name: "Billing and payments", lead: "tariq", manager: "sofia", triage: false, calendarId: "oslo" },
  { id: "accounts", name: "Accounts and cards", lead: "ingrid", manager: "sofia", triage: false, calendarId: "oslo" },
  { id: "technical", name: "Technical", lead: "jonas", manager: "sofia", triage: false, calendarId: "oslo" },
  { id: "operations", name: "Orders and delivery", lead: "tariq", manager: "sofia", triage: false, calendarId: "oslo" },
  {
    id: "field",
    name: "Field service",
    lead: "ingrid",
    manager: "sofia",
    triage: false,
    calendarId: "oslo",
    // Whoever drives there is asked first.
    dispatch: { offers: { answerWithinMs: 180_000, mostDeclines: 3 } },
  },
];

const everyTeam = teams.map(({ id }) => id);

export const people: readonly Person[] = [
  { id: "amara", name: "Amara Okafor", language: "en", role: "agent", capacity: 20, teams: everyTeam },
  { id: "mina", name: "박민아", language: "ko", role: "agent", capacity: 20, teams: ["support", "accounts"] },
  { id: "lihua", name: "李华", language: "zh", role: "agent", capacity: 20, teams: ["billing", "operations"] },
  { id: "henrik", name: "Henrik Dahl", language: "nb", role: "agent", capacity: 20, teams: ["billing", "operations"] },
  { id: "lotte", name: "Lotte Brandt", language: "de", role: "agent", capacity: 20, teams: ["accounts", "technical"] },
  { id: "ingrid", name: "Ingrid Solberg", language: "nb", role: "lead", capacity: 10, teams: ["support", "accounts", "field"] },
  { id: "jonas", name: "Jonas Weber", language: "de", role: "lead", capacity: 10, teams: ["technical"] },
  { id: "pilar", name: "Pilar Ortega", language: "en", role: "agent", capacity: 20, teams: ["billing", "operations"] },
  { id: "tariq", name: "Tariq Haddad", language: "en", role: "lead", capacity: 10, teams: ["billing", "operations"] },
  { id: "sofia", name: "Sofía Marín", language: "en", role: "admin", capacity: 0, teams: [] },
  { id: "greta", name: "Greta Baumann", language: "de", role: "auditor", capacity: 0, teams: [] },
];

/** From the first start on, so that a new desk shows why somebody who is on leave is given nothing. */
export const leaves = [{ agentId: "pilar", substituteId: "henrik", days: 14 }] as const;

/** Whose the demo keys are. */
export const demoKeyHolders = { agent: "amara", lead: "ingrid", admin: "sofia", auditor: "greta" } as const;
export type DemoKey = keyof typeof demoKeyHolders;
