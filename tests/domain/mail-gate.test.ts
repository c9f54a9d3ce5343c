// Whether a mail may ask the server: after an outage nobody is crowded and nobody forgotten.
import { admit, answered, failed, slotAfter, tried, unharmed } from "../../domain/mail-gate";
import type { Candidate, Circuit } from "../../domain/mail-gate";

const second = 1_000;
const rate = 20;
const mail: Candidate = { holder: "one", urgent: false, ahead: 0, attempts: 0, rate, nextSlot: 0 };

function afterFailures(count: number, now = 0): Circuit {
  return Array.from({ length: count }).reduce<Circuit>((circuit) => failed(circuit, now), unharmed);
}

test("two failures in a row stop nobody; the third stops all for a second", () => {
  expect(admit(afterFailures(2), mail, 0)).toEqual({ kind: "go", at: 0, trial: false });
  expect(admit(afterFailures(3), mail, 0)).toEqual({ kind: "wait", until: second, because: "server away" });
});

test("failures of attempts that were under way together make the pause no longer", () => {
  expect(afterFailures(30)).toEqual(afterFailures(3));
});

test("one tries when the pause is over; the others wait for it, each in turn", () => {
  const open = afterFailures(3);
  expect(admit(open, mail, second)).toEqual({ kind: "go", at: second, trial: true });
  const trying = tried(open, "another", second);
  expect(admit(trying, { ...mail, ahead: 40 }, second)).toEqual({ kind: "wait", until: second + 2 * second + 2 * second, because: "trial" });
  expect(admit(trying, mail, second + 31 * second)).toMatchObject({ kind: "go", trial: true });
});

test("whoever tries and asks once more has died in between, and is waited for no longer", () => {
  const trying = tried(afterFailures(3), "one", second);
  expect(admit(trying, { ...mail, holder: "another" }, 17 * second)).toMatchObject({ kind: "wait", because: "trial" });
  expect(admit(trying, mail, 17 * second)).toEqual({ kind: "go", at: 17 * second, trial: true });
  expect(admit(failed(trying, 17 * second), mail, 18 * second)).toMatchObject({ kind: "wait", because: "server away" });
});

test("each trial that fails doubles the pause, up to a minute", () => {
  let circuit = afterFailures(3);
  const pauses: number[] = [];
  for (let trial = 0; trial < 9; trial += 1) {
    const now = circuit.openUntil ?? 0;
    circuit = failed(tried(circuit, "another", now), now);
    pauses.push(((circuit.openUntil ?? 0) - now) / second);
  }
  expect(pauses).toEqual([2, 4, 8, 16, 32, 60, 60, 60, 60]);
});

/** When a mail that comes after a minute leaves, behind older ones at each of which the server breaks off at once. */
function leavesBehind(poisons: number, perSecond: number): number {
  let circuit: Circuit = unharmed;
  const queue = Array.from({ length: poisons + 1 }, (_, place) => ({ place, at: place === poisons ? 60 * second : 0, attempts: 0, isOut: false }));
  for (;;) {
    const next = queue.reduce((earliest, one) => (one.at < earliest.at ? one : earliest));
    const { at, place, attempts } = next;
    if (at > 3_600 * second) return Infinity;
    if (next.isOut) {
      circuit = failed(circuit, at);
      Object.assign(next, { isOut: false, attempts: attempts + 1, at: at + Math.min(30, 2 ** attempts) * second });
      continue;
    }
    const admission = admit(circuit, { ...mail, holder: String(place), ahead: place, attempts, rate: perSecond }, at);
    if (admission.kind === "wait") next.at = admission.until;
    else if (place === poisons) return at;
    else {
      if (admission.trial) circuit = tried(circuit, String(place), at);
      Object.assign(next, { isOut: true, at: at + 100 });
    }
  }
}

test.each([
  [1, 0],
  [1, 1],
  [3, 0],
  [20, 20],
])("%i mails at which the server always breaks off keep no other back for long, at %i a second", (poisons, perSecond) => {
  expect(leavesBehind(poisons, perSecond)).toBeLessThan(5 * 60 * second);
});

test("an answer closes it at once, and gives what has waited the time to leave first", () => {
  const open = afterFailures(5);
  expect(answered(open, 10_000, rate, 0)).toEqual({ ...unharmed, drainedAt: 750 * second });
  expect(answered(unharmed, 10_000, rate, 0)).toBe(unharmed);
  expect(answered(afterFailures(2), 10_000, rate, 0)).toEqual(unharmed);
});

test("a new mail does not overtake what has waited; an urgent one overtakes all", () => {
  const draining: Circuit = { ...unharmed, drainedAt: 750 * second };
  expect(admit(draining, { ...mail, ahead: 5_000 }, 0)).toEqual({ kind: "wait", until: 252 * second, because: "rate" });
  expect(admit(draining, { ...mail, ahead: 5_000, urgent: true, nextSlot: 60 * second }, 0)).toEqual({ kind: "go", at: 0, trial: false });
  expect(admit(draining, { ...mail, ahead: 5_000 }, 751 * second)).toMatchObject({ kind: "go" });
});

test("a slot within two seconds is waited for at once; a later one is come back for", () => {
  expect(admit(unharmed, { ...mail, nextSlot: 2 * second }, 0)).toEqual({ kind: "go", at: 2 * second, trial: false });
  expect(admit(unharmed, { ...mail, nextSlot: 3 * second, ahead: 60 }, 0)).toEqual({ kind: "wait", until: 5 * second, because: "rate" });
});

test("without a rate all go as they come; after an outage fifty a second", () => {
  const draining: Circuit = { ...unharmed, drainedAt: 750 * second };
  expect(admit(draining, { ...mail, rate: 0, ahead: 500 }, 0)).toEqual({ kind: "wait", until: 12 * second, because: "rate" });
  expect(admit(unharmed, { ...mail, rate: 0, nextSlot: 99 * second }, 0)).toEqual({ kind: "go", at: 0, trial: false });
  expect(slotAfter(0, 7, 0)).toBe(7);
});

test("after a day's outage all that waits leaves at the rate, never faster, and roughly the oldest first", () => {
  const { left, mostInASecond, worstInversion, asked } = drain(2_000);
  expect(left).toBe(2_000);
  expect(mostInASecond).toBeLessThanOrEqual(rate + 1);
  // Two who trade places are no further apart than some seconds of mails.
  expect(worstInversion).toBeLessThanOrEqual(10 * rate);
  // Nobody asks again and again: few questions for each mail, trials and all.
  expect(asked / 2_000).toBeLessThan(4);
});

/** Mails of ascending age, all told to come back while the server was away; it answers from the first trial on. */
function drain(count: number) {
  let circuit: Circuit = failed(tried(afterFailures(12), "another", 86_400_000), 86_400_000);
  const start = circuit.openUntil ?? 0;
  let nextSlot = 0;
  const comes = Array.from({ length: count }, (_, age) => ({ age, at: start + (age * second) / rate }));
  const leftAt: { age: number; at: number }[] = [];
  let asked = 0;
  while (comes.length > 0) {
    comes.sort((a, b) => b.at - a.at || b.age - a.age);
    const one = comes.pop();
    if (one === undefined) break;
    const ahead = comes.filter(({ age }) => age < one.age).length;
    const admission = admit(circuit, { ...mail, ahead, nextSlot }, one.at);
    asked += 1;
    if (admission.kind === "wait") {
      comes.push({ ...one, at: admission.until });
      continue;
    }
    if (admission.trial) circuit = answered(tried(circuit, "another", one.at), comes.length, rate, one.at);
    nextSlot = slotAfter(admission.at, nextSlot, rate);
    leftAt.push({ age: one.age, at: admission.at });
  }
  leftAt.sort((a, b) => a.at - b.at);
  const seconds = new Map<number, number>();
  for (const { at } of leftAt) seconds.set(Math.floor(at / second), (seconds.get(Math.floor(at / second)) ?? 0) + 1);
  const worstInversion = leftAt.reduce((worst, { age }, place) => Math.max(worst, Math.abs(age - place)), 0);
  return { left: leftAt.length, mostInASecond: Math.max(...seconds.values()), worstInversion, asked };
}
