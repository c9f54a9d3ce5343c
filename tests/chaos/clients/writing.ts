// How the mails read that customers, strangers, colleagues and machines write.
import { createHash } from "node:crypto";
import type { Letter } from "./letters";

export interface Written extends Pick<Letter, "life" | "what" | "route" | "to" | "messageId" | "expected"> {
  /** As From has it. */
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  /** The Message-ID that it answers. */
  readonly answers?: string;
  /** More headers, each a line. */
  readonly headers?: readonly string[];
  /** In place of a plain text: headers of its own and what is below them. */
  readonly body?: string;
  /** Of the envelope, where that is not From. */
  readonly envelopeFrom?: string | null;
}

export function written({ from, subject, text, answers, headers = [], body, envelopeFrom, ...letter }: Written): Letter {
  const { to, messageId } = letter;
  const answering = answers === undefined ? [] : [`In-Reply-To: <${answers}>`, `References: <${answers}>`];
  const head = [`From: ${from}`, `To: ${to}`, `Subject: ${subject}`, `Message-ID: <${messageId}>`, `Date: ${new Date().toUTCString()}`, ...answering, ...headers];
  return sealed({ ...letter, from: envelopeFrom === undefined ? from : envelopeFrom, copyOf: null }, `${head.join("\n")}\n${body ?? `\n${text}`}\n`);
}

/** The same mail as another route brings it: with the trace of one more server on top. */
export function copied(letter: Letter, route: Letter["route"]): Letter {
  const trace = `Received: from relay.example by mx.example; ${new Date().toUTCString()}\n`;
  return sealed({ ...letter, route, copyOf: letter }, `${trace}${letter.raw.toString("latin1")}`);
}

function sealed(letter: Omit<Letter, "raw" | "sha256">, text: string): Letter {
  const raw = Buffer.from(text.replace(/\r?\n/gu, "\r\n"), "latin1");
  return { ...letter, raw, sha256: createHash("sha256").update(raw).digest("hex") };
}

/** More parts within parts than anybody reads. */
export function tooDeep(): string {
  let inner = "Content-Type: text/plain\n\nx";
  for (let depth = 1; depth <= 60; depth += 1) inner = `Content-Type: multipart/mixed; boundary=b${depth}\n\n--b${depth}\n${inner}\n--b${depth}--`;
  return `MIME-Version: 1.0\n${inner}`;
}
