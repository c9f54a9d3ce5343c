// Joins the lines of format=flowed (RFC 3676): one that ends with a space goes on in the next of its quote depth.

export function unflow(text: string, isDelSp: boolean): string {
  const out: string[] = [];
  let open: string | null = null;
  for (const line of text.split("\n")) {
    const depth = /^>*/.exec(line)?.[0] ?? "";
    const body = line.slice(depth.length).replace(/^ /, "");
    const goesOn = open === depth && out.length > 0;
    if (goesOn) out.push(`${out.pop() ?? ""}${body}`);
    else out.push(depth === "" ? body : `${depth} ${body}`);
    const isOpen = body.endsWith(" ") && body !== "-- ";
    if (isOpen && isDelSp) out.push((out.pop() ?? "").slice(0, -1));
    open = isOpen ? depth : null;
  }
  return out.join("\n");
}
