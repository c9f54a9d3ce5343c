// The paths of a ticket's life when something goes wrong around it.
import { setTimeout as sleep } from "node:timers/promises";
import type { NoticeView } from "../../contract/journal";
import type { List } from "../../contract/lists";
import { repair } from "../../workflows/messages";
import { TEST_KEYS } from "../support/keys";
import type { Path } from "./lives";

export const troubles: Readonly<Record<string, Path>> = {
  async "solution-undelivered-then-retried"(stage) {
    await stage.promise({ autoCloseMs: 500 });
    const number = await stage.opensAndGetsSomebody();
    stage.product.mail.fault = (at, about) => (at === "to" && about.endsWith("example.test") ? 550 : undefined);
    await stage.does(number, "resolution");
    await stage.sees(number, "undelivered");
    stage.product.mail.fault = () => undefined;
    const path = `/tickets/${number}/notices?limit=200`;
    const { items } = await stage.product.desk.call<List<NoticeView>>("GET", path, { key: TEST_KEYS.agent });
    const failed = items.find(({ template, state }) => template === "solved" && state === "failed");
    await stage.command("POST", `/notices/${failed?.id}/retry`, {});
    await stage.sees(number, "closed");
    return [number];
  },

  async "mail-server-away"(stage) {
    stage.product.mail.fault = () => "drop";
    const number = await stage.opensAndGetsSomebody();
    await stage.does(number, "messages", { text: "Can you read this?" });
    await stage.does(number, "resolution");
    stage.product.mail.fault = () => undefined;
    await stage.does(number, "closure");
    return [number];
  },

  async "commanded-before-anything-else"(stage) {
    await stage.product.worker.stop();
    const number = await stage.opens();
    const reply = stage.does(number, "messages", { text: "Before anybody has looked." });
    const isTaken = async (): Promise<boolean> => (await stage.product.database.prisma.message.count({ where: { ticket: number, authorKind: "staff" } })) > 0;
    await stage.waits(`#${number} is written to`, isTaken);
    await stage.product.startWorker();
    await reply;
    const [first] = await stage.journal(number);
    if (first?.kind !== "opened") throw new Error(`A journal begins with the opening, not with ${first?.kind}.`);
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    return [number];
  },

  async "command-refused"(stage) {
    const number = await stage.opensAndGetsSomebody();
    await refused(stage.does(number, "closure"));
    await refused(stage.does(number, "resumption"));
    await stage.does(number, "resolution");
    await refused(stage.does(number, "resolution"));
    await stage.does(number, "closure");
    return [number];
  },

  async "database-away"(stage) {
    const number = await stage.opensAndGetsSomebody();
    const { prisma } = stage.product.database;
    let isHeld = (): void => undefined;
    const held = new Promise<void>((resolve) => (isHeld = resolve));
    // Longer than the short try: the record goes on as a visible wait.
    const away = prisma.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT 1 AS held FROM tickets WHERE number = ${number} FOR UPDATE`;
        isHeld();
        await sleep(3_000);
      },
      { timeout: 10_000 },
    );
    await held;
    await stage.does(number, "messages", { text: "Is anybody there?" });
    await away;
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    return [number];
  },

  async "parked-and-repaired"(stage) {
    const number = await stage.opensAndGetsSomebody();
    const { prisma } = stage.product.database;
    // Only a defect could bring this about: a record that Postgres refuses for good.
    await prisma.$executeRaw`ALTER TABLE events ADD CONSTRAINT a_defect CHECK (kind <> 'noted') NOT VALID`;
    const note = stage.does(number, "messages", { text: "This can't be kept yet.", visibility: "internal" });
    const isParked = async () => (await prisma.ticket.findUniqueOrThrow({ where: { number } })).stuck !== null;
    await stage.waits(`#${number} to be parked`, isParked);
    await prisma.$executeRaw`ALTER TABLE events DROP CONSTRAINT a_defect`;
    const by = { kind: "staff", id: "sofia", role: "admin" } as const;
    await stage.workflow(number).executeUpdate(repair, { args: [{ by }] });
    await note;
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    return [number];
  },

  async "lost-and-reborn"(stage) {
    const number = await stage.opensAndGetsSomebody();
    await stage.workflow(number).terminate("Lost for the record.");
    // A worker that starts looks for lives that are lost.
    await stage.product.worker.stop();
    await stage.product.startWorker();
    await stage.does(number, "messages", { text: "Where were we?" });
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    return [number];
  },

  async "worker-killed"(stage) {
    const number = await stage.opensAndGetsSomebody();
    const reply = stage.does(number, "messages", { text: "In the middle of a sentence." });
    stage.product.worker.process.kill("SIGKILL");
    await stage.product.startWorker();
    await reply;
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    return [number];
  },
};

async function refused(command: Promise<unknown>): Promise<void> {
  const answer = await command.then(
    () => "done",
    () => "refused",
  );
  if (answer === "done") throw new Error("A command that should have been refused was done.");
}
