// Rules as rows: `name:edition`, one edition of each name in force. A change retires one and adds the next; nothing is
// overwritten, for decisions name the edition that made them.
import type { NewRule, RuleView } from "../../contract/categorisation";
import { noteChange } from "../changes";
import type { Staff } from "../auth";
import type { Db } from "../parts";
import { invalid, notFound, Problem } from "../problem";

/** In the order of trial. */
export async function presentRules(prisma: Db): Promise<RuleView[]> {
  const rows = await prisma.rule.findMany({ where: { retiredAt: null }, orderBy: [{ position: "asc" }, { id: "asc" }] });
  const counted = await prisma.$queryRaw<{ name: string; hits: number; last: Date }[]>`
    SELECT split_part(rule, ':', 1) AS name, count(*)::int AS hits, max(decided_at) AS last
    FROM category_decisions WHERE rule IS NOT NULL GROUP BY 1`;
  const hits = new Map(counted.map(({ name, ...rest }) => [name, rest]));
  return rows.map((row) => {
    const { name, edition } = nameAndEdition(row.id);
    const { position, words, channel, requesterDomain, categoryId, type, teamId } = row;
    const counts = hits.get(name);
    return {
      id: name,
      edition,
      position,
      words,
      channel: channel as RuleView["channel"],
      requesterDomain,
      category: categoryId,
      type: type as RuleView["type"],
      team: teamId,
      hits: counts?.hits ?? 0,
      lastHitAt: counts?.last.toISOString() ?? null,
    };
  });
}

/** 409 when the name was ever used: decisions of old may name it. */
export async function addRule(tx: Db, by: Staff, rule: NewRule): Promise<RuleView> {
  await lock(tx);
  const used = await tx.rule.count({ where: { OR: [{ id: rule.id }, { id: { startsWith: `${rule.id}:` } }] } });
  if (used > 0) throw new Problem("exists", "There is, or was, a rule of that id.");
  return await write(tx, by, rule, 1, rule.position ?? (await afterAll(tx)));
}

/** The next edition; keeps its position unless another is given. */
export async function replaceRule(tx: Db, by: Staff, rule: NewRule, basedOn: number): Promise<RuleView> {
  await lock(tx);
  const now = await inForce(tx, rule.id);
  const { edition } = nameAndEdition(now.id);
  if (edition !== basedOn) throw new Problem("outdated", `Edition ${edition} is in force.`, { facts: { edition } });
  await tx.rule.update({ where: { id: now.id }, data: { retiredAt: new Date() } });
  return await write(tx, by, rule, edition + 1, rule.position ?? now.position);
}

export async function retireRule(tx: Db, by: Staff, name: string): Promise<void> {
  await lock(tx);
  const now = await inForce(tx, name);
  await tx.rule.update({ where: { id: now.id }, data: { retiredAt: new Date() } });
  await noteChange(tx, by, { kind: "rule", subject: name, action: "deleted" });
}

/** Where a rule sends its tickets: 422 for a category or a team that isn't there. */
export async function teamOf(tx: Db, { category, team }: Pick<NewRule, "category" | "team">): Promise<string> {
  const row = await tx.category.findUnique({ where: { id: category } });
  if (row === null) throw invalid("category", "There is no such category.");
  const sent = team ?? row.teamId;
  if (sent === null) throw invalid("team", "The category has no team of its own: name one.", "required");
  if ((await tx.team.count({ where: { id: sent } })) === 0) throw invalid("team", "There is no such team.");
  return sent;
}

/** A position after all that are in force. */
export async function afterAll(tx: Db): Promise<number> {
  const { _max } = await tx.rule.aggregate({ where: { retiredAt: null }, _max: { position: true } });
  return (_max.position ?? 0) + 10;
}

export function nameAndEdition(id: string): { name: string; edition: number } {
  const [name = id, edition = "1"] = id.split(":");
  return { name, edition: Number(edition) };
}

async function write(tx: Db, by: Staff, rule: NewRule, edition: number, position: number): Promise<RuleView> {
  const { words, channel, requesterDomain, category, type } = rule;
  const teamId = await teamOf(tx, rule);
  const id = `${rule.id}:${edition}`;
  await tx.rule.create({ data: { id, position, words, channel, requesterDomain, categoryId: category, type, teamId } });
  await noteChange(tx, by, { kind: "rule", subject: rule.id, action: edition === 1 ? "created" : "changed", edition });
  return (await presentRules(tx)).find((each) => each.id === rule.id) as RuleView;
}

async function inForce(tx: Db, name: string) {
  const rows = await tx.rule.findMany({ where: { retiredAt: null, id: { startsWith: name } } });
  const row = rows.find(({ id }) => nameAndEdition(id).name === name);
  if (row === undefined) throw notFound("rule");
  return row;
}

/** Two who change rules at once take turns. */
async function lock(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('perdura rules'))`;
}
