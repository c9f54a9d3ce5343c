import { sourcesOf } from "../../support/sources";
import { statements } from "./postgres";

test.each(Object.entries(statements))("the point around %s still fits a statement of the product", (_, text) => {
  const sources = ["api", "activities", "inbound", "relay"].flatMap(sourcesOf);
  expect(sources.filter(({ code }) => code.includes(text))).not.toHaveLength(0);
});
