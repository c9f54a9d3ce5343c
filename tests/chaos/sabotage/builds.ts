// Builds in which one promise is broken on purpose, each with a schedule in which that must be seen. If a patch no
// longer fits the sources, it says so: a sabotage that changes nothing would prove nothing.

export interface Sabotage {
  readonly name: string;
  /** Text for text: each must be found exactly once. */
  readonly patches: readonly { readonly file: string; readonly from: string; readonly to: string }[];
  /** The scenario to play, and how many lives at least. */
  readonly only: string;
  readonly lives: number;
  /** The laws that see it, each for itself: another one broken, such as that of quiet, proves nothing. */
  readonly by: readonly string[];
}

export const sabotages: readonly Sabotage[] = [
  {
    name: "no adoption: what stands already is taken for what was to be written",
    patches: [
      {
        file: "workflows/journal.ts",
        from: `const events = outcome.kind === "written" ? this.entries.map(({ event }) => event) : outcome.events;`,
        to: `const events = this.entries.map(({ event }) => event);`,
      },
    ],
    only: "temporal-older",
    lives: 20,
    by: ["doneIsOneEvent", "updatesAreEvents", "livesAgree"],
  },
  {
    name: "no fence: a run that was replaced may write",
    patches: [
      {
        file: "activities/record/record.ts",
        from: `if (row.epoch > epoch) throw permanent("superseded", "Another run has this ticket now.");`,
        to: ``,
      },
      { file: "activities/record/write.ts", from: " AND epoch <= ${epoch}", to: "" },
    ],
    only: "zombie",
    lives: 4,
    by: ["scenario"],
  },
  {
    name: "a command's key is not stored",
    patches: [
      {
        file: "activities/record/write.ts",
        from: "FROM moved, jsonb_to_recordset(${JSON.stringify(commands)}",
        to: "FROM moved, jsonb_to_recordset(${JSON.stringify([])}",
      },
      {
        file: "activities/record/write.ts",
        from: "(SELECT count(*) FROM answered) = ${commands.length}",
        to: "true",
      },
    ],
    only: "small",
    lives: 10,
    by: ["keysStand"],
  },
  {
    name: "a notice is noted as sent before it is",
    patches: [
      {
        file: "activities/mail/send.ts",
        from: `  const result = "error" in material ?`,
        to: `  await note(deps.prisma, claimed.token, { state: "sent", sentAt: Date.now() });\n  const result = "error" in material ?`,
      },
    ],
    only: "mail-kills",
    lives: 10,
    by: ["allSettled"],
  },
  {
    name: "a place is reserved in a transaction of its own",
    patches: [
      {
        file: "activities/dispatch/choose.ts",
        from: `      return await prisma.$transaction((tx) => chooseLightly(tx, input, kept));`,
        to: `      const chosen = await prisma.$transaction((tx) => chooseLightly(tx, input, kept));
      if (!("decision" in chosen)) return chosen;
      const { decision, ...answer } = chosen as { decision: Omit<Decision, "agent">; agent: string };
      await prisma.$transaction((tx) => reserve(tx, { ...decision, agent: answer.agent }));
      return answer;`,
      },
      {
        file: "activities/dispatch/choose.ts",
        from: `  if (!(await reserve(tx, decision, figures))) throw new Unsure();
  return { agent,`,
        to: `  return { agent, decision,`,
      },
    ],
    only: "rush",
    lives: 40,
    by: ["neverBeyond"],
  },
  {
    name: "a cause is that of one try, not of the command",
    patches: [
      {
        file: "workflows/messages.ts",
        from: 'export function commandCause(ask: Pick<Ask, "scope" | "key">): string {\n  return `command:${ask.scope}:${ask.key}`;',
        to: 'export function commandCause(ask: Pick<Ask, "scope" | "key"> & { notAfter?: number }): string {\n  return `command:${ask.scope}:${ask.key}@${ask.notAfter ?? 0}`;',
      },
    ],
    only: "small",
    lives: 10,
    by: ["doneIsOneEvent", "neverTwice"],
  },
  {
    name: "a command is recorded after its time",
    patches: [
      {
        file: "activities/record/write.ts",
        from: `WHERE clock_timestamp() <= to_timestamp("notAfter" / 1000)`,
        to: `WHERE true`,
      },
    ],
    only: "late",
    lives: 10,
    by: ["nothingLate"],
  },
  {
    name: "continue-as-new forgets what is still to be sent",
    patches: [{ file: "workflows/carry-on.ts", from: `unsettled: postman.unsettled,`, to: `unsettled: [],` }],
    only: "long-life",
    lives: 10,
    by: ["allSettled"],
  },
  {
    name: "an intake is answered before it is committed",
    patches: [
      {
        file: "api/intake.ts",
        from: `if (!(await write(parts.prisma, submission, intake, languageOf(submission.sender, language)))) {`,
        to: `void write(parts.prisma, submission, intake, languageOf(submission.sender, language)).catch(() => undefined);
  if (Date.now() < 0) {`,
      },
      {
        file: "api/submit.ts",
        from: `? receiptOf(await prisma.ticket.findUniqueOrThrow({ where: { number } }))`,
        to: `? { number, subject: "", status: "new", createdAt: new Date().toISOString() }`,
      },
    ],
    only: "intake-kills",
    lives: 10,
    by: ["acceptedIsKept"],
  },
  {
    name: "a place that becomes free is passed on to nobody",
    patches: [
      {
        file: "activities/record/places.ts",
        from: `if (holder !== null && (holder !== taker || places < held || isAnswered)) await fill(tx, holder);`,
        to: ``,
      },
    ],
    only: "queue",
    lives: 6,
    by: ["nobodyForgotten"],
  },
  {
    name: "a mail is acknowledged before it is committed",
    patches: [
      {
        file: "inbound/smtp.ts",
        from: `    await acceptMail(door.prisma, { mailbox, source: "smtp", raw, receivedAt, envelope: { ...envelope, to: addresses } }).catch(`,
        to: `    const soon = new Promise((resolve) => setTimeout(resolve, 1_000));
    void soon.then(() => acceptMail(door.prisma, { mailbox, source: "smtp", raw, receivedAt, envelope: { ...envelope, to: addresses } })).catch(`,
      },
      { file: "inbound/smtp.ts", from: `      throw error;\n    });\n  }\n}`, to: `    });\n  }\n}` },
    ],
    only: "mail",
    lives: 10,
    by: ["takenIsStored"],
  },
  {
    name: "what a mail opens has a key of one try, not of the mail",
    patches: [{ file: "inbound/become.ts", from: "key: `mail:${id}`", to: "key: `mail:${id}@${Date.now()}`" }],
    only: "mail",
    lives: 4,
    by: ["storedHasAnEnd"],
  },
  {
    name: "a ticket that goes on is still counted in the line that it has left",
    patches: [{ file: "activities/expectation/keep.ts", from: "sql`team_id = ${after.team}, category", to: "sql`category" }],
    only: "peaks",
    lives: 10,
    by: ["goesOnOnce"],
  },
  {
    name: "who has waited for too long is sent on only as they join the queue",
    patches: [
      { file: "activities/dispatch/fill.ts", from: "heldBackUntil ?? (await drawOver(tx, agent))", to: "heldBackUntil" },
      { file: "activities/dispatch/overflow.ts", from: "if (waiting.waitedMs >= overflow.afterMs) await sendOver(tx, waiting, overflow.to);", to: "if (waiting.waitedMs < 0) return null;" },
    ],
    only: "peaks",
    lives: 10,
    by: ["goesOnInTime"],
  },
  {
    name: "whoever was told too short a wait is told of each longer one",
    patches: [
      { file: "activities/expectation/correct.ts", from: "SET look_at = NULL FROM due", to: "SET look_at = look_at + interval '2 seconds' FROM due" },
      { file: "activities/expectation/keep.ts", from: "until = ${date(event.facts.until)}, look_at = NULL`", to: "until = ${date(event.facts.until)}`" },
      { file: "domain/dispatch/telling.ts", from: " && ticket.toldLater !== true", to: "" },
      { file: "workflows/desk.ts", from: `"wait:told-later"`, to: "`wait:told-later:${args.until}`" },
    ],
    only: "peaks",
    lives: 10,
    by: ["toldLaterOnce"],
  },
];
