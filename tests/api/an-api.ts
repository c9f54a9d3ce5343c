// The API in this process, on a database of its own. Temporal is away unless a client is given.
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { Client } from "@temporalio/client";
import pino from "pino";
import { createApi } from "../../api/app";
import type { Parts } from "../../api/parts";
import { lazyConnection } from "../../api/temporal";
import { createLinks } from "../../contract/link";
import { createSeals } from "../../contract/seal";
import { createFiles } from "../../prisma/files";
import { aDatabase } from "../support/database";
import type { TestDatabase } from "../support/database";
import { TEST_KEYS } from "../support/keys";

export type Who = keyof typeof TEST_KEYS | "nobody";

export interface Call {
  readonly as?: Who;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON body; a test looks at what it expects. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export interface TestApi {
  readonly url: string;
  readonly database: TestDatabase;
  readonly links: Parts["links"];
  /** As the agent unless somebody else is named. */
  call(method: string, path: string, call?: Call): Promise<Answer>;
  /** Resolves when it has seen the end of the next connection that is made to it. */
  hangUp(): Promise<void>;
  close(): Promise<void>;
}

/** Nothing listens there. */
export const nowhere = "127.0.0.1:1";

interface Given extends Partial<Pick<Parts, "temporal" | "prisma" | "links" | "log">> {
  /** Left alone by `close`. */
  readonly database?: TestDatabase;
  readonly settings?: Partial<Parts["settings"]>;
}

/** Starts it on a free port. Call it in `beforeAll`, and `close` in `afterAll`. */
export async function anApi(given: Given = {}): Promise<TestApi> {
  const database = given.database ?? (await aDatabase());
  const publicUrl = "http://desk.example";
  const links = given.links ?? createLinks({ secret: "a-secret-of-the-tests-0000000000000000", publicUrl });
  const away = lazyConnection({ address: nowhere });
  const app = createApi({
    prisma: given.prisma ?? database.prisma,
    files: createFiles(given.prisma ?? database.prisma, null),
    temporal: given.temporal ?? new Client({ connection: away.connection }),
    links,
    seals: createSeals("a-secret-of-the-tests-0000000000000000"),
    log: given.log ?? pino({ level: "fatal" }),
    settings: { intakePerMinute: 600, trustedProxies: 0, attachmentBytes: 1_000_000, ...given.settings },
  });
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    database,
    links,
    hangUp: async () => {
      const [socket] = (await once(server, "connection")) as [Socket];
      // However it ends: a body that was cut off is an error to whoever reads it.
      if (!socket.destroyed) await new Promise((resolve) => socket.once("close", resolve));
    },
    call: (method, path, call) => send(method, `${url}${/^\/(r|health)\//.test(path) ? "" : "/api/v1"}${path}`, call),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await away.close();
      if (given.database === undefined) await database.drop();
    },
  };
}

async function send(method: string, url: string, { as = "agent", body, headers }: Call = {}): Promise<Answer> {
  const response = await fetch(url, {
    method,
    redirect: "manual",
    headers: {
      ...(as === "nobody" ? {} : { authorization: `Bearer ${TEST_KEYS[as]}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: json(text), text };
}

function json(text: string): Answer["body"] {
  try {
    return JSON.parse(text) as Answer["body"];
  } catch {
    return {};
  }
}

/** A submission as a stranger might make it; whatever matters to a test is given. */
export function aSubmission(given: Readonly<Record<string, unknown>> = {}) {
  const requester = { email: "kari@customer.example" };
  return { subject: "Card lost", text: "I lost my card in Oslo.", requester, ...given };
}
