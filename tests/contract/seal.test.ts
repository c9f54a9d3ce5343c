import { createSeals } from "../../contract/seal";

const seals = createSeals("a-secret-of-the-tests-0000000000000000");

test("what is sealed can be read again, and reads differently each time", () => {
  const [one, other] = [seals.seal("whsec_abc", "hook"), seals.seal("whsec_abc", "hook")];
  expect(one).not.toBe(other);
  expect(one).not.toContain("whsec_abc");
  expect([one, other].map((sealed) => seals.open(sealed, "hook"))).toEqual(["whsec_abc", "whsec_abc"]);
});

test("it opens for nobody else, about nothing else, and not when it was changed", () => {
  const sealed = seals.seal("whsec_abc", "hook");
  const changed = `${sealed.slice(0, -2)}${sealed.endsWith("AA") ? "BB" : "AA"}`;
  expect(() => createSeals("another-secret-000000000000000000000000").open(sealed, "hook")).toThrow();
  expect(() => seals.open(sealed, "other-hook")).toThrow();
  expect(() => seals.open(changed, "hook")).toThrow();
  expect(() => seals.open("", "hook")).toThrow();
});
