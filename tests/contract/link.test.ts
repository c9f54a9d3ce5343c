import fc from "fast-check";
import { createLinks } from "../../contract/link";

const lifetimeMs = 60_000;
const links = createLinks({ secret: "a secret of this test", publicUrl: "https://desk.example/", lifetimeMs });
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const tickets = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const instants = fc.integer({ min: 0, max: 4_000_000_000_000 });

function tokenFor(number: number, now: number, from = links): string {
  return from.linkTo(number, now).slice("https://desk.example/r/".length);
}

test("a link stands under /r/ of the public address", () => {
  expect(links.linkTo(1042, 0)).toMatch(/^https:\/\/desk\.example\/r\/[A-Za-z0-9_-]{40}$/);
});

test("a link opens its own ticket until its lifetime is over, and not a second longer", () => {
  fc.assert(
    fc.property(tickets, instants, fc.nat(1_000), (number, now, former) => {
      const token = links.linkTo(number, now, former).slice("https://desk.example/r/".length);
      expect(links.read(token, now)).toEqual({ number, former, expired: false });
      expect(links.read(token, now + lifetimeMs - 1)).toEqual({ number, former, expired: false });
      expect(links.read(token, now + lifetimeMs + 1_000)).toEqual({ number, former, expired: true });
    }),
  );
});

test("it lives for 30 days unless told otherwise", () => {
  const usual = createLinks({ secret: "s", publicUrl: "https://desk.example" });
  const token = tokenFor(7, 0, usual);
  const thirtyDays = 30 * 24 * 3_600_000;
  expect(usual.read(token, thirtyDays - 1)?.expired).toBe(false);
  expect(usual.read(token, thirtyDays)?.expired).toBe(true);
});

test("any single changed character makes it worthless", () => {
  const changes = fc.tuple(tickets, instants, fc.nat(39), fc.nat(63));
  fc.assert(
    fc.property(changes, ([number, now, place, character]) => {
      const token = tokenFor(number, now);
      fc.pre(token[place] !== alphabet[character]);
      const changed = token.slice(0, place) + alphabet[character] + token.slice(place + 1);
      expect(links.read(changed, now)).toBeNull();
    }),
    { numRuns: 2_000 },
  );
});

test("anything else is garbled, never an error", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => expect(links.read(text, 0)).toBeNull()));
  const token = tokenFor(1, 0);
  for (const text of [`${token}=`, `${token}A`, token.slice(1), ` ${token}`, `${token}\n`, ""]) {
    expect(links.read(text, 0)).toBeNull();
  }
});

test("another secret opens nothing", () => {
  const others = createLinks({ secret: "another", publicUrl: "https://desk.example" });
  expect(others.read(tokenFor(1, 0), 0)).toBeNull();
});

test("a number that no ticket has is refused", () => {
  expect(() => links.linkTo(-1, 0)).toThrow("out of range");
});
