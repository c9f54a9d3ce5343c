// The points around every activity, local ones too: before it, and after it but before Temporal hears of it.
import { AsyncLocalStorage } from "node:async_hooks";
import type { ActivityInterceptorsFactory } from "@temporalio/worker";
import { reached } from "./reached";

interface Doing {
  readonly activity: string;
  /** The ticket, and what a record writes down: verbs and kinds. */
  readonly details: readonly string[];
}

const doing = new AsyncLocalStorage<Doing>();

/** The activity in which this is asked. */
export function present(): Doing | undefined {
  return doing.getStore();
}

export const activityPoints: ActivityInterceptorsFactory = ({ info }) => ({
  inbound: {
    async execute(input, next) {
      const activity = info.activityType;
      const details = detailsOf(input.args[0]);
      return await doing.run({ activity, details }, async () => {
        await reached(`${activity}.before`, details);
        const result: unknown = await next(input);
        await reached(`${activity}.after`, details);
        return result;
      });
    },
  },
});

interface Input {
  readonly number?: number;
  readonly commands?: readonly { readonly verb: string }[];
  readonly events?: readonly { readonly kind: string; readonly facts?: { readonly overflow?: boolean } }[];
}

function detailsOf(input: unknown): readonly string[] {
  const { number = 0, commands = [], events = [] } = (input ?? {}) as Input;
  // One kind, by a person's word or by a team's rule.
  const kinds = events.map(({ kind, facts }) => (facts?.overflow === true ? "overflow" : kind));
  return [`ticket-${number}`, ...commands.map(({ verb }) => verb), ...kinds];
}
