// Gives a new installation people, teams, rules and a policy to begin with. Adds what is missing and changes nothing that
// is there, so that it may run at every start.
import { createHash, randomUUID } from "node:crypto";
import type { PrismaClient } from "./client";
import { calendars } from "./seed/calendars";
import { categories } from "./seed/categories";
import { mailboxes } from "./seed/mailboxes";
import { forms } from "./seed/forms/all";
import { demoKeyHolders, leaves, people, teams } from "./seed/people";
import type { DemoKey } from "./seed/people";
import { organisations, policies } from "./seed/policy";
import { raising } from "./seed/raising";
import { rules } from "./seed/rules";

export interface SeedOptions {
  /** API keys in clear for one person of each role; only their hashes are kept. */
  readonly demoKeys?: Readonly<Record<DemoKey, string>>;
}

/** In ms: two starters at once take turns at the first row. */
const patience = { maxWait: 10_000, timeout: 30_000 };

type Transaction = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

/** All or nothing. A row that an admin has changed, retired or revoked stays as they left it. */
export async function seed(prisma: PrismaClient, { demoKeys }: SeedOptions = {}): Promise<void> {
  await prisma.$transaction(async (tx) => {
    await addPeople(tx);
    await addSorting(tx);
    await addCalendars(tx);
    await addForms(tx);
    await addPolicies(tx);
    await addRaising(tx);
    await addMailboxes(tx);
    if (demoKeys !== undefined) await addKeys(tx, demoKeys);
  }, patience);
}

async function addPeople(tx: Transaction): Promise<void> {
  const data = people.map(({ id, name, language, role, capacity }) => {
    return { id, name, language, role, capacity, email: `${id}@desk.example`, present: true };
  });
  const added = await tx.agent.createManyAndReturn({
    data,
    select: { id: true },
    skipDuplicates: true,
  });
  await tx.team.createMany({
    data: teams.map(({ lead, manager, ...team }) => ({ ...team, leadId: lead, managerId: manager })),
    skipDuplicates: true,
  });
  // Only for people who are new: somebody taken out of a team since stays out of it.
  const isNew = new Set(added.map(({ id }) => id));
  const members = people
    .filter(({ id }) => isNew.has(id))
    .flatMap((person) => person.teams.map((teamId) => ({ teamId, agentId: person.id })));
  await tx.teamMember.createMany({ data: members, skipDuplicates: true });
  await addLeaves(tx, isNew);
}

const dayMs = 86_400_000;

/** Dispatch is told to look when each ends. */
async function addLeaves(tx: Transaction, isNew: ReadonlySet<string>): Promise<void> {
  const added = leaves.filter(({ agentId }) => isNew.has(agentId));
  const since = new Date();
  await tx.leave.createMany({
    data: added.map(({ days, ...who }) => ({ ...who, id: randomUUID(), since, until: new Date(since.getTime() + days * dayMs), by: "seed" })),
  });
  await tx.agent.updateMany({ where: { id: { in: added.map(({ agentId }) => agentId) } }, data: { onDutySince: null } });
  await tx.outbox.createMany({ data: added.map(({ agentId }) => ({ kind: "presence", subject: agentId, payload: {} })) });
}

async function addSorting(tx: Transaction): Promise<void> {
  await tx.category.createMany({
    data: Object.entries(categories).map(([id, { name, team }]) => ({ id, name, teamId: team })),
    skipDuplicates: true,
  });
  await tx.rule.createMany({
    data: rules.map(({ id, category, type, words }, index) => ({
      // The number is the edition: a changed rule is a new row under the next one.
      id: `${id}:1`,
      // Room for rules in between.
      position: (index + 1) * 10,
      words: Object.values(words).flat(),
      categoryId: category,
      type,
      teamId: categories[category].team,
    })),
    skipDuplicates: true,
  });
}

/** Only those that are new: one that was changed, moved or deleted stays so. */
async function addPolicies(tx: Transaction): Promise<void> {
  await tx.organisation.createMany({ data: organisations.map((one) => ({ ...one, domains: [...one.domains] })), skipDuplicates: true });
  // Room for policies in between.
  const data = policies.map(({ id }, index) => ({ id, position: (index + 1) * 10 }));
  const added = await tx.slaPolicy.createManyAndReturn({ data, select: { id: true }, skipDuplicates: true });
  const isNew = new Set(added.map(({ id }) => id));
  const editions = policies.filter(({ id }) => isNew.has(id));
  await tx.slaPolicyEdition.createMany({
    data: editions.map(({ id, name, match, promise }) => ({ policyId: id, edition: 1, name, match: match as unknown as object, promise: promise as unknown as object, by: "seed" })),
  });
  await tx.change.createMany({
    data: editions.map(({ id }) => ({ kind: "policy", subject: id, action: "created", edition: 1, by: "seed" })),
  });
}

/** Only where none were ever set. */
async function addRaising(tx: Transaction): Promise<void> {
  const { count } = await tx.raisingEdition.createMany({ data: [{ edition: 1, rules: raising as unknown as object, by: "seed" }], skipDuplicates: true });
  if (count > 0) await tx.change.create({ data: { kind: "raising", subject: "rules", action: "created", edition: 1, by: "seed" } });
}

/** Only for calendars that are new: one that was changed, or deleted, stays so. */
async function addCalendars(tx: Transaction): Promise<void> {
  const data = calendars.map(({ id }) => ({ id }));
  const added = await tx.calendar.createManyAndReturn({ data, select: { id: true }, skipDuplicates: true });
  const isNew = new Set(added.map(({ id }) => id));
  const editions = calendars.filter(({ id }) => isNew.has(id));
  await tx.calendarEdition.createMany({
    data: editions.map(({ id, name, ...rules }) => ({ calendarId: id, edition: 1, name, rules: rules as unknown as object, by: "seed" })),
  });
  await tx.change.createMany({
    data: editions.map(({ id }) => ({ kind: "calendar", subject: id, action: "created", edition: 1, by: "seed" })),
  });
}

/** Only for types that never had one. */
async function addForms(tx: Transaction): Promise<void> {
  const added = await tx.form.createManyAndReturn({ data: forms.map(({ type }) => ({ type })), select: { type: true }, skipDuplicates: true });
  const isNew = new Set(added.map(({ type }) => type));
  const editions = forms.filter(({ type }) => isNew.has(type));
  await tx.formEdition.createMany({
    data: editions.map(({ type, ...definition }) => ({ type, edition: 1, definition: definition as unknown as object, by: "seed" })),
  });
  await tx.change.createMany({ data: editions.map(({ type }) => ({ kind: "form", subject: type, action: "created", edition: 1, by: "seed" })) });
}

/** Only those that are new: one that was changed, or deleted, stays so. */
async function addMailboxes(tx: Transaction): Promise<void> {
  await tx.mailbox.createMany({ data: mailboxes.map((one) => ({ ...one, addresses: [...one.addresses] })), skipDuplicates: true });
}

async function addKeys(tx: Transaction, keys: Readonly<Record<DemoKey, string>>): Promise<void> {
  await tx.apiKey.createMany({
    data: Object.entries(demoKeyHolders).map(([role, agentId]) => ({
      hash: createHash("sha256").update(keys[role as DemoKey]).digest("hex"),
      agentId,
      label: `demo ${role}`,
    })),
    skipDuplicates: true,
  });
}
