// A step of a mail's life says every few seconds that it is alive: what a killed worker had in hand another takes up soon, and
// not when the longest of steps would have had to be over. Short steps, which are nearly all, never come to say it.
import type { ActivityInterceptorsFactory } from "@temporalio/worker";

const beatMs = 2_000;

export const alive: ActivityInterceptorsFactory = (context) => ({
  inbound: {
    execute: async (input, next) => {
      const beat = setInterval(() => context.heartbeat(), beatMs);
      try {
        return await next(input);
      } finally {
        clearInterval(beat);
      }
    },
  },
});
