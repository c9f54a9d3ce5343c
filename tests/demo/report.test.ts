// Which mails the demo calls lost or wrong.
import type { Checked } from "../../bin/demo/check";
import { compareMails, tableOf } from "../../bin/demo/report";

const checked: Checked[] = [{ number: 7, mails: ["7.4.1", "7.4.2"], sent: 2, held: 0, toRequester: 1, expected: 2, wrong: [] }];
const customers = ["customer@example.test"];

function caught(copies: Record<string, number>, toCustomer: number) {
  return { copies: new Map(Object.entries(copies)), received: new Map([[customers[0] ?? "", toCustomer]]) };
}

test("every notice is one mail", () => {
  const mails = caught({ "7.4.1": 1, "7.4.2": 1, "6.1.1": 5 }, 1);
  expect(compareMails(checked, customers, mails)).toEqual({ caught: 2, wrong: [] });
});

test("a mail that is missing, and one that came twice, are named", () => {
  expect(compareMails(checked, customers, caught({ "7.4.1": 2 }, 1)).wrong).toEqual([
    "the mail 7.4.1 came 2 times",
    "the mail 7.4.2 came 0 times",
  ]);
});

test("a customer who got more mails than they were owed is noticed", () => {
  expect(compareMails(checked, customers, caught({ "7.4.1": 1, "7.4.2": 1 }, 2)).wrong).toEqual([
    "customers got 2 mails instead of 1",
  ]);
});

test("without a catcher the table says that mails were not compared", () => {
  const replayed = { sizes: [40, 50, 90], failures: [] };
  const table = tableOf({ asked: 1, opened: 1, closed: 1, scenes: [{ name: "an offer", wrong: false }, { name: "a leave", wrong: true }], seconds: 2, checked, mails: null, replayed, wrong: [] });
  expect(table).toMatch(/mails in the catcher +– +not compared/);
  expect(table).toMatch(/scenes played +1 +an offer, a leave \(wrong\)/);
  expect(table).toMatch(/history events +40 \/ 50 \/ 90/);
  expect(table).toMatch(/wrong or lost +0/);
});
