// Enhanced status codes (RFC 3463) in reports and in servers' prose, and what they mean for trying again.
import { diagnoses } from "./phrases";

/** The best code of a failure in a text: an enhanced one, else one concluded from the words; null when there is neither. */
export function statusIn(text: string): string | null {
  const code = enhancedIn(text);
  // In prose "2.1.5" is a program's version.
  return code === null || code.startsWith("2") ? diagnosed(text) : code;
}

/** "550 5.1.1 …" or "(#5.1.1)"; no version, no address of a machine. A code of detail beats X.0.0. */
export function enhancedIn(text: string): string | null {
  const codes = [...text.matchAll(/(?<![\d.])([245]\.\d{1,2}\.\d{1,3})(?![\d]|\.\d)/g)].map(([, code]) => code ?? "");
  const failures = codes.filter((code) => !code.startsWith("2"));
  return failures.find((code) => !code.endsWith(".0.0")) ?? failures[0] ?? codes[0] ?? null;
}

/** A server's own code, made finer where it is general and its words or another code of its class say more. */
export function refined(status: string | null, diagnosis: string): string | null {
  if (status === null) return statusIn(diagnosis);
  if (!status.endsWith(".0.0")) return status;
  const finer = statusIn(diagnosis);
  return finer !== null && finer[0] === status[0] ? finer : status;
}

function diagnosed(text: string): string | null {
  const found = diagnoses.find(([, sentence]) => sentence.test(text))?.[0];
  const reply = /(?<![\d.])(?<code>[45])\d{2}(?=[\s,-])(?!\s?(?:KB|MB|bytes))/.exec(text)?.groups?.["code"];
  if (found === undefined) return reply === undefined ? null : `${reply}.0.0`;
  // A server that answers 5xx has given up, whatever its words sound like.
  return reply === undefined ? found : `${reply}${found.slice(1)}`;
}

export function isPermanent(status: string | null): boolean {
  return status?.startsWith("5") ?? false;
}
