// Levels by skill, as rows and as told.
import type { Db } from "../parts";
import { invalid } from "../problem";

export function levelsOf(rows: readonly { readonly skillId: string; readonly level: number }[]): Record<string, number> {
  return Object.fromEntries(rows.map(({ skillId, level }) => [skillId, level]));
}

export async function mustBeSkills(prisma: Db, skills: Readonly<Record<string, number>>): Promise<void> {
  const ids = Object.keys(skills);
  const known = new Set((await prisma.skill.findMany({ where: { id: { in: ids } }, select: { id: true } })).map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) throw invalid(`skills.${unknown}`, "There is no such skill.");
}
