// The whole way through HTTP: the API on a desk's real parts, and tickets brought to where a test begins.
import type { MessageView } from "../../contract/journal";
import type { TicketView } from "../../contract/ticket";
import type { TicketType } from "../../domain/words";
import { anApi, aSubmission } from "../api/an-api";
import type { Answer, Call, TestApi } from "../api/an-api";
import { aDesk } from "../support/desk";
import type { Desk } from "../support/desk";

export interface Journey {
  readonly desk: Desk;
  readonly api: TestApi;
  /** A ticket that somebody has, through the status given. */
  aTicket(given?: { status?: "open" | "solved" | "closed"; email?: string; type?: TicketType }): Promise<number>;
  /** A verb's route on a ticket. */
  act(number: number, what: string, call?: Call & { method?: string }): Promise<Answer>;
  ticket(number: number): Promise<TicketView>;
  messages(number: number): Promise<readonly MessageView[]>;
  close(): Promise<void>;
}

/** Call it in `beforeAll`, and `close` in `afterAll`. */
export async function aJourney(): Promise<Journey> {
  const desk = await aDesk();
  await desk.startWorker();
  const api = await anApi({ database: desk.database, temporal: desk.temporal, links: desk.links });
  const journey: Journey = {
    desk,
    api,
    aTicket: async ({ status = "open", email = "kari@customer.example", type } = {}) => {
      const submission = aSubmission({ requester: { email }, ...(type === undefined ? {} : { type }) });
      const number = (await api.call("POST", "/tickets", { as: "nobody", body: submission })).body.number as number;
      await desk.until(number, ({ assignee }) => assignee !== null);
      if (status !== "open") await journey.act(number, "resolution");
      if (status === "closed") {
        await journey.act(number, "closure");
        await desk.ended(number);
      }
      return number;
    },
    act: (number, what, { method = "POST", ...call } = {}) => api.call(method, `/tickets/${number}/${what}`, call),
    ticket: async (number) => (await api.call("GET", `/tickets/${number}`)).body as unknown as TicketView,
    messages: async (number) => (await api.call("GET", `/tickets/${number}/messages`)).body.items as MessageView[],
    close: async () => {
      await api.close();
      await desk.close();
    },
  };
  return journey;
}
