// docs/operations.md and deploy/alerts.yml speak of figures that exist, and of each other.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Registry } from "prom-client";
import { countActivities } from "../../metrics/activities";
import { createApiMetrics } from "../../metrics/api";
import { gaugeBacklog } from "../../metrics/backlog";
import { countRebirths } from "../../metrics/relay";
import { aDesk } from "../support/desk";
import { ROOT } from "../support/sources";

const operations = readFileSync(join(ROOT, "docs/operations.md"), "utf8");
const alerts = readFileSync(join(ROOT, "deploy/alerts.yml"), "utf8");

/** Of both processes. */
function names(): readonly string[] {
  const registry = new Registry();
  createApiMetrics(registry);
  countActivities(registry);
  countRebirths(registry);
  gaugeBacklog(registry, () => Promise.reject(new Error("nobody asks")));
  return registry.getMetricsAsArray().map(({ name }) => name);
}

test("every series that an alarm looks at exists", () => {
  const asked = [...alerts.matchAll(/\bperdura_\w+/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, ""));
  expect(asked.length).toBeGreaterThan(10);
  expect([...new Set(asked)].filter((name) => !names().includes(name))).toEqual([]);
});

test("the manual names every alarm, and no other", () => {
  const rules = [...alerts.matchAll(/alert: (\w+)/g)].map(([, name]) => name);
  const explained = [...operations.matchAll(/^\| (Perdura\w+) \|/gm)].map(([, name]) => name);
  expect(new Set(explained)).toEqual(new Set(rules));
});

test("the statement for another secret sends each open ticket's requester one new link", async () => {
  const desk = await aDesk();
  try {
    await desk.startWorker();
    const emails = ["one@customer.example", "two@customer.example"];
    const open = (email: string) => desk.open({ sender: { email, name: null, language: "en" } });
    const numbers = await Promise.all(emails.map(open));
    await Promise.all(numbers.map((number) => desk.until(number, ({ assignee }) => assignee !== null)));
    const statement = /```sql\n(WITH owed AS [^`]*)```/.exec(operations)?.[1] ?? "";
    await desk.prisma.$executeRawUnsafe(statement);
    const links = numbers.map((number) => `<${number}.link.`);
    await desk.mail.waitFor((mails) => {
      const ids = mails.map(({ headers }) => headers["message-id"] ?? "");
      return links.every((link) => ids.some((id) => id.startsWith(link)));
    }, "the links");
    expect(await desk.prisma.notice.count({ where: { template: "new-link" } })).toBe(numbers.length);
  } finally {
    await desk.close();
  }
}, 90_000);
