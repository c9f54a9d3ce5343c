// What the demo has found, as a table.
import type { Checked } from "./check";
import type { Catch } from "./catcher";
import type { Replayed } from "./replay";

export interface Findings {
  /** How many messages were submitted. */
  readonly asked: number;
  readonly opened: number;
  readonly closed: number;
  readonly scenes: readonly { readonly name: string; readonly wrong: boolean }[];
  /** From the first submission to the end of the last life, s. */
  readonly seconds: number;
  readonly checked: readonly Checked[];
  /** Null: the mails went to another server than the catcher. */
  readonly mails: MailFindings | null;
  readonly replayed: Replayed;
  /** Everything that is not as it should be, one sentence each. */
  readonly wrong: readonly string[];
}

export interface MailFindings {
  /** Mails of this run's tickets in the catcher, copies included. */
  readonly caught: number;
  readonly wrong: readonly string[];
}

/** Compares the mails caught with those that were sent: each exactly once, and no other to our customers. */
export function compareMails(checked: readonly Checked[], customers: readonly string[], caught: Catch): MailFindings {
  const names = new Set(checked.flatMap(({ mails }) => mails));
  const found = [...names].map((id) => ({ id, copies: caught.copies.get(id) ?? 0 }));
  const toCustomers = customers.reduce((sum, address) => sum + (caught.received.get(address) ?? 0), 0);
  const owedToCustomers = checked.reduce((sum, { toRequester }) => sum + toRequester, 0);
  return {
    caught: found.reduce((sum, { copies }) => sum + copies, 0),
    wrong: [
      ...found
        .filter(({ copies }) => copies !== 1)
        .map(({ id, copies }) => `the mail ${id} came ${copies} times`),
      ...(toCustomers === owedToCustomers ? [] : [`customers got ${toCustomers} mails instead of ${owedToCustomers}`]),
    ],
  };
}

export function tableOf({ asked, opened, closed, scenes, seconds, checked, mails, replayed, wrong }: Findings): string {
  const expected = checked.reduce((sum, one) => sum + one.expected, 0);
  const sent = checked.reduce((sum, one) => sum + one.sent, 0);
  const held = checked.reduce((sum, one) => sum + one.held, 0);
  const { sizes, failures } = replayed;
  const rows: readonly (readonly [string, string | number, string?])[] = [
    ["opened", opened, `of ${asked}`],
    ["closed", closed, `${(closed / seconds).toFixed(1)} lives/s over ${seconds.toFixed(1)} s`],
    ["scenes played", scenes.filter((scene) => !scene.wrong).length, scenes.map(({ name, wrong: is }) => `${name}${is ? " (wrong)" : ""}`).join(", ")],
    ["notices expected", expected, "by domain's rules, from each journal"],
    ["notices sent", sent, held === 0 ? "" : `${held} more wait to leave as one mail with others`],
    mails === null
      ? ["mails in the catcher", "–", "not compared: they went elsewhere"]
      : ["mails in the catcher", mails.caught, "by Message-ID"],
    ["history events", `${sizes[0] ?? 0} / ${median(sizes)} / ${sizes.at(-1) ?? 0}`, "min / median / max per ticket"],
    ["replayed", sizes.length, `${failures.length} failures`],
    ["wrong or lost", wrong.length],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const wide = Math.max(...rows.map(([, value]) => String(value).length));
  return rows
    .map(([name, value, remark = ""]) => `  ${name.padEnd(width)}  ${String(value).padStart(wide)}  ${remark}`.trimEnd())
    .join("\n");
}

function median(ascending: readonly number[]): number {
  return ascending[Math.floor(ascending.length / 2)] ?? 0;
}
