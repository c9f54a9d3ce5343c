import { transitions } from "../../../domain/lifecycle";
import { sourcesOf } from "../../support/sources";
import { decisions, statements } from "./postgres";

test.each(Object.entries({ ...statements, ...decisions }))("the point around %s still fits a statement of the product", (_, text) => {
  const sources = ["api", "activities", "inbound", "relay"].flatMap(sourcesOf);
  expect(sources.filter(({ code }) => code.includes(text))).not.toHaveLength(0);
});

const kinds = new Set(sourcesOf("domain/event.ts").flatMap(({ code }) => [...code.matchAll(/^ {2}(\w+): /gmu)].map(([, kind]) => kind)));
const recorded = sourcesOf("tests/chaos/scenarios").flatMap(({ code }) => [...code.matchAll(/"record\.\w+\.(\w+)"/gu)].map(([, what]) => what ?? ""));

test.each([...new Set(recorded)])("a record of %s can be come by: it is a verb, or a kind of event", (what) => {
  expect(kinds.has(what) || what in transitions).toBe(true);
});
