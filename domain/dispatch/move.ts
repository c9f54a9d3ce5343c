// Tickets of one person on their way to others: what each is told. Refuses to know which tickets they are.
import { system } from "../actor";
import type { Command } from "../decide";
import type { MoveCause } from "./absence";

export interface Move {
  /** Whose tickets they are. */
  readonly agent: string;
  /** Who gets them; null: whom dispatch chooses. */
  readonly to: string | null;
  readonly why: Exclude<MoveCause, "rebalancing">;
  /** `staff:<id>` or `system:dispatch`. */
  readonly by: string;
  readonly tickets: readonly Moving[];
}

interface Moving {
  readonly ticket: number;
  /** Whose dispatch chooses. */
  readonly team: string | null;
}

const perSecond = 20;

/** As a bulk command. One that somebody else has by then stays with them. */
export function moveOrder({ agent, to, why, by, tickets }: Move) {
  const items = tickets.flatMap(({ ticket, team }) => {
    const command = moving({ onlyFrom: agent, why }, to, team);
    return command === null ? [] : [{ ticket, ...command }];
  });
  return { about: { kind: "move" as const, agent, to, why }, by, actor: system("dispatch"), reason: null, perSecond, items };
}

type Moved = { readonly onlyFrom: string; readonly why: MoveCause };

function moving(from: Moved, to: string | null, team: string | null): Extract<Command, { verb: "assign" | "transfer" }> | null {
  if (to !== null) return { verb: "assign", args: { agent: to, overCapacity: null, ...from } };
  return team === null ? null : { verb: "transfer", args: { team, ...from } };
}
