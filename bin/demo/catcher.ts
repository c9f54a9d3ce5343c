// The mails in the catcher, by its REST interface. Counts each Message-ID; reads nobody's mail.

/** How many mails are fetched at a time. */
const pageSize = 200;

interface CaughtMail {
  readonly headers?: Readonly<Record<string, string>>;
  readonly to?: readonly { readonly address?: string }[];
}

export interface Catch {
  /** By notice: its id is what stands before the signature in the Message-ID. */
  readonly copies: ReadonlyMap<string, number>;
  /** By address. */
  readonly received: ReadonlyMap<string, number>;
}

/** @param page where people read the mails, e.g. `http://127.0.0.1:1080` */
export async function readCatcher(page: string): Promise<Catch> {
  const copies = new Map<string, number>();
  const received = new Map<string, number>();
  for (let skip = 0; ; skip += pageSize) {
    // In the order of arrival: what comes meanwhile moves no page.
    const mails = await fetchMails(`${page}/api/email?skip=${skip}&limit=${pageSize}`);
    for (const { headers, to } of mails) {
      count(copies, headers?.["message-id"]?.replace(/^<|\.[a-z2-7]{16}@.*$/g, "") ?? "");
      for (const { address } of to ?? []) count(received, address?.toLowerCase() ?? "");
    }
    if (mails.length < pageSize) return { copies, received };
  }
}

async function fetchMails(url: string): Promise<readonly CaughtMail[]> {
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(`The mail catcher answered ${response.status} to ${url}`);
  return (await response.json()) as readonly CaughtMail[];
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
