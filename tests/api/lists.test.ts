import { agentView, categoryView, teamView } from "../../contract/directory";
import { messageView } from "../../contract/journal";
import { ticketView } from "../../contract/ticket";
import type { TicketView } from "../../contract/ticket";
import { anApi, aSubmission } from "./an-api";
import type { TestApi } from "./an-api";

const many = 23;
let api: TestApi;
let numbers: number[];

beforeAll(async () => {
  api = await anApi();
  const submissions = Array.from({ length: many }, (_, index) => {
    const requester = { email: `${index % 3}@customer.example` };
    return api.call("POST", "/tickets", { body: aSubmission({ requester }) });
  });
  numbers = (await Promise.all(submissions)).map(({ body }) => body.number as number).sort((a, b) => a - b);
  await spread();
});
afterAll(() => api.close());

/** Figures with many equals, so that the number has to decide. */
async function spread(): Promise<void> {
  const { ticket } = api.database.prisma;
  for (const [index, number] of numbers.entries()) {
    const at = new Date(1_800_000_000_000 + Math.floor(index / 4) * 60_000);
    await ticket.update({
      where: { number },
      data: { updatedAt: at, createdAt: at, deadline: index % 3 === 0 ? null : at, priorityRank: index % 4 },
    });
  }
}

async function everyPage(query: string, limit: number): Promise<number[]> {
  const found: number[] = [];
  let cursor: string | null = null;
  do {
    const from: string = cursor === null ? "" : `&cursor=${cursor}`;
    const { body } = await api.call("GET", `/tickets?${query}&limit=${limit}${from}`);
    found.push(...(body.items as TicketView[]).map(({ number }) => number));
    cursor = body.next as string | null;
  } while (cursor !== null);
  return found;
}

test.each(["updatedAt", "createdAt", "deadline", "number", "priority"])(
  "pages sorted by %s hold every ticket once, and turned round the other way about",
  async (sort) => {
    const ascending = await everyPage(`sort=${sort}`, 5);
    expect([...ascending].sort((a, b) => a - b)).toEqual(numbers);
    expect(await everyPage(`sort=${sort}`, many)).toEqual(ascending);
    expect(await everyPage(`sort=-${sort}`, 4)).toEqual(ascending.reverse());
  },
);

test("a ticket that comes meanwhile moves nobody to another page", async () => {
  const first = await api.call("GET", "/tickets?sort=-number&limit=2");
  const { body: late } = await api.call("POST", "/tickets", { body: aSubmission() });
  const second = await api.call("GET", `/tickets?sort=-number&limit=2&cursor=${String(first.body.next)}`);
  const shown = [first, second].flatMap(({ body }) => (body.items as TicketView[]).map(({ number }) => number));
  expect(shown).toEqual(numbers.slice(-4).reverse());
  await api.database.prisma.message.deleteMany({ where: { ticket: late.number as number } });
  await api.database.prisma.ticket.delete({ where: { number: late.number as number } });
});

test("filters: status, team, assignee, priority and requester, one or several", async () => {
  const { ticket } = api.database.prisma;
  const [one, two] = numbers as [number, number];
  await ticket.update({ where: { number: one }, data: { status: "open", assigneeId: "amara", teamId: "support" } });
  const waiting = { status: "pending", assigneeId: "ingrid", priority: "urgent" };
  await ticket.update({ where: { number: two }, data: waiting });
  const found = async (query: string) => (await everyPage(`sort=number&${query}`, 200)) as number[];
  expect(await found("status=open,pending")).toEqual([one, two]);
  expect(await found("status=open&status=pending")).toEqual([one, two]);
  expect(await found("assignee=me")).toEqual([one]);
  expect(await found("assignee=ingrid")).toEqual([two]);
  expect(await found("assignee=none&team=none")).toHaveLength(many - 2);
  expect(await found("team=support")).toEqual([one]);
  expect(await found("priority=urgent,high")).toEqual([two]);
  expect(await found("requester=2@CUSTOMER.example")).toHaveLength(7);
  expect(await found("requester=_@customer.example")).toEqual([]);
});

test.each([
  ["status=sleeping", "status.0"],
  ["limit=0", "limit"],
  ["limit=201", "limit"],
  ["limit=many", "limit"],
  ["sort=colour", "sort"],
  ["cursor=abc", "cursor"],
  ["requester=nobody", "requester"],
  ["colour=red", "colour"],
])("422 for %s, naming the field", async (query, field) => {
  const { status, body } = await api.call("GET", `/tickets?${query}`);
  expect([status, (body.errors as { field: string }[])[0]?.field]).toEqual([422, field]);
});

test("422 for the cursor of another list", async () => {
  const { body } = await api.call("GET", "/tickets?sort=number&limit=2");
  expect((await api.call("GET", `/tickets?sort=-number&limit=2&cursor=${String(body.next)}`)).status).toBe(422);
});

test("what is listed has the contract's shape", async () => {
  const items = async (path: string) => (await api.call("GET", path, { as: "auditor" })).body.items as unknown[];
  (await items("/tickets")).forEach((item) => ticketView.parse(item));
  (await items("/agents")).forEach((item) => agentView.parse(item));
  (await items("/teams")).forEach((item) => teamView.parse(item));
  (await items("/categories")).forEach((item) => categoryView.parse(item));
  (await items(`/tickets/${numbers[0]}/messages`)).forEach((item) => messageView.parse(item));
  expect(await items(`/tickets/${numbers[0]}/events`)).toEqual([]);
  expect(await items(`/tickets/${numbers[0]}/notices`)).toEqual([]);
});

describe("presence", () => {
  test("an agent sets their own, a lead anybody's; the relay hears of it", async () => {
    const own = await api.call("PUT", "/agents/amara/presence", { body: { present: false } });
    expect([own.status, own.body.present]).toEqual([200, false]);
    const back = { as: "lead", body: { present: true } } as const;
    const other = await api.call("PUT", "/agents/amara/presence", back);
    expect([other.status, other.body.present]).toEqual([200, true]);
    const letters = await api.database.prisma.outbox.findMany({ orderBy: { id: "asc" } });
    expect(letters).toMatchObject([{ kind: "presence", subject: "amara" }, { kind: "presence", subject: "amara" }]);
  });

  test("403 for another agent's, 404 for nobody's", async () => {
    const body = { present: false };
    expect((await api.call("PUT", "/agents/ingrid/presence", { body })).status).toBe(403);
    expect((await api.call("PUT", "/agents/nobody/presence", { as: "lead", body })).status).toBe(404);
  });
});
