// Brings mails to the desk as others do: a mail server that forwards, a program over HTTP, a provider who lays them into an
// IMAP folder. None of them gives up before the mail is taken, and now and then one that was taken is brought once more.
import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { createTransport } from "nodemailer";
import type { Random } from "../random";
import type { Doors } from "../stage/doors";
import type { Ledger } from "./ledger";
import type { Letter, Reception, Route } from "./letters";

const patienceMs = 120_000;
const againMs = 600;
const answerWithinMs = 12_000;
/** One in so many is brought again though it was taken: its answer was lost on the way, as far as the sender knows. */
const forgetful = 8;

export class Post {
  constructor(
    private readonly doors: Doors,
    private readonly ledger: Ledger,
    private readonly random: Random,
    private readonly stopped: () => boolean,
  ) {}

  /** Whether it was taken. */
  async bring(letter: Letter): Promise<boolean> {
    const again = this.random.oneIn(forgetful);
    for (const until = Date.now() + patienceMs; Date.now() < until && !this.stopped(); ) {
      const reception = await this.try(letter);
      if (reception === "refused") return false;
      if (reception === "taken") return again ? await this.once(letter) : true;
      await sleep(againMs);
    }
    return false;
  }

  private async once(letter: Letter): Promise<true> {
    await this.try(letter);
    return true;
  }

  private async try(letter: Letter): Promise<Reception> {
    const reception = await ways[letter.route](this.doors, letter).catch(() => "unknown" as const);
    this.ledger.letters.push({ letter, reception });
    return reception;
  }
}

const ways: Readonly<Record<Route, (doors: Doors, letter: Letter) => Promise<Reception>>> = {
  smtp: async ({ smtpPort }, { from, to, raw }) => {
    const timeouts = { connectionTimeout: answerWithinMs, greetingTimeout: answerWithinMs, socketTimeout: answerWithinMs };
    const transport = createTransport({ host: "127.0.0.1", port: smtpPort, ignoreTLS: true, ...timeouts });
    try {
      await transport.sendMail({ envelope: { from: from ?? "", to }, raw });
      return "taken";
    } catch (error) {
      const { responseCode = 0 } = error as { responseCode?: number };
      return responseCode >= 500 ? "refused" : "unknown";
    } finally {
      transport.close();
    }
  },
  http: async ({ httpUrl, httpKey }, { raw }) => {
    const [id, seconds] = [randomUUID(), Math.floor(Date.now() / 1_000)];
    const signature = createHmac("sha256", httpKey).update(`${id}.${seconds}.`).update(raw).digest("base64");
    const headers = {
      "content-type": "message/rfc822",
      "webhook-id": id,
      "webhook-timestamp": String(seconds),
      "webhook-signature": `v1,${signature}`,
    };
    const { status } = await fetch(httpUrl, { method: "POST", headers, body: raw, signal: AbortSignal.timeout(answerWithinMs) });
    if (status === 200 || status === 201) return "taken";
    return status === 429 || status >= 500 ? "unknown" : "refused";
  },
  imap: async ({ imap }, { raw }) => {
    if (imap === null) return "refused";
    await imap.server.put(imap.user, raw.toString("latin1"));
    return "taken";
  },
};
