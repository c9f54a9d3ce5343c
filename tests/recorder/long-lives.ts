// Lives that outgrow one history: led on a Temporal that asks for the next run early.
import type { Path } from "./lives";

/** Temporal suggests to continue as new from so many events on. */
export const settings = { "limit.historyCount.suggestContinueAsNew": 70 };

export const longLives: Readonly<Record<string, Path>> = {
  async "carried-on"(stage) {
    const number = await stage.opensAndGetsSomebody();
    for (let index = 0; index < 12; index += 1) {
      await stage.does(number, "messages", { text: `Note ${index}`, visibility: "internal" });
    }
    await stage.does(number, "resolution");
    await stage.does(number, "closure");
    return [number];
  },

  async "carried-on-with-mails-under-way"(stage) {
    await stage.promise({ autoCloseMs: 500 });
    const number = await stage.opensAndGetsSomebody();
    stage.product.mail.fault = () => 451;
    await stage.does(number, "messages", { text: "Can you read this?" });
    await stage.does(number, "wait", { until: new Date(Date.now() + 3_000).toISOString() });
    for (let index = 0; index < 12; index += 1) {
      await stage.does(number, "messages", { text: `Note ${index}`, visibility: "internal" });
    }
    stage.product.mail.fault = () => undefined;
    await stage.sees(number, "resumed");
    await stage.does(number, "resolution");
    await stage.sees(number, "closed");
    return [number];
  },
};
