// Reads the fields of machine-readable reports (RFC 3464, RFC 5965), tidy or not.

/** By name in small letters; of a repeated field the first. */
export type Fields = Readonly<Record<string, string>>;

/** Groups of fields, between blank lines or from one recipient to the next, where a server forgot the blank line. */
export function groupsIn(text: string): Fields[] {
  const groups: Record<string, string>[] = [{}];
  for (const line of text.replace(/\n[ \t]+/g, " ").split("\n")) {
    const found = /^(?<name>[A-Za-z][A-Za-z-]+)\s*:\s*(?<value>.*)$/.exec(line)?.groups;
    const current = groups.at(-1) ?? {};
    const name = found?.["name"]?.toLowerCase() ?? "";
    const isNext = line.trim() === "" || (name in current && ["final-recipient", "original-recipient", "action"].includes(name));
    if (isNext && Object.keys(current).length > 0) groups.push({});
    const group = groups.at(-1);
    if (found !== undefined && group !== undefined && !(name in group)) group[name] = (found["value"] ?? "").trim();
  }
  return groups.filter((group) => Object.keys(group).length > 0);
}
