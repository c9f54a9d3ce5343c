// `npm run mail:read`: one line a mail, in the order of names; what can't be read is told, and the others are still printed.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../support/sources";
import { basics, mail } from "./fixtures/fixture";

const folder = mkdtempSync(join(tmpdir(), "perdura-mail-read-"));
afterAll(() => rmSync(folder, { recursive: true }));

function read(...paths: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--require", "./bin/typescript.cjs", "bin/mail-read.ts", ...paths], { cwd: ROOT, encoding: "utf8" });
  const lines = stdout.split("\n").filter((line) => line !== "");
  return { lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>), stderr, status };
}

test("a folder is read with all below it; a file that isn't there is told and ends with 1", () => {
  mkdirSync(join(folder, "b"));
  writeFileSync(join(folder, "b", "one.eml"), mail(basics, "It has arrived.\n\n> Has it?"));
  writeFileSync(join(folder, "a.txt"), "Yes.\n\nOn 3 Mar 2026 at 09:14, Support <s@desk.example> wrote:\n> Has it?");
  writeFileSync(join(folder, "c.json"), "{}");
  const { lines, stderr, status } = read(folder, join(folder, "missing.eml"));
  expect(lines).toEqual([
    expect.objectContaining({ file: join(folder, "a.txt"), kind: "message", from: { name: null, address: null }, newText: "Yes." }),
    {
      file: join(folder, "b", "one.eml"),
      kind: "message",
      from: { name: "Ada Byron", address: "ada@example.com" },
      to: [{ name: null, address: "support@desk.example" }],
      cc: [],
      subject: "Parcel",
      date: "2026-03-03T08:14:00.000Z",
      messageId: "1@example.com",
      inReplyTo: null,
      references: [],
      text: "It has arrived.\n\n> Has it?",
      newText: "It has arrived.",
      html: null,
      attachments: [],
    },
  ]);
  expect(stderr).toContain("missing.eml");
  expect(status).toBe(1);
});
