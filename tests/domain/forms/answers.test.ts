import fc from "fast-check";
import { readAnswers, writeAnswers } from "../../../domain/forms/answers";
import { valueFault } from "../../../domain/forms/judge";
import type { Form } from "../../../domain/forms/form";
import { newFormEdition } from "../../../contract/form";
import { forms } from "../../../prisma/seed/forms/all";
import { languages } from "../../../domain/words";
import { aField, aForm } from "./a-form";

function seeded(type: string): Form {
  const { type: _, ...definition } = forms.find((each) => each.type === type) ?? forms[0]!;
  return { type: "bug", edition: 1, ...newFormEdition.parse(definition) } as Form;
}

test.each([
  ["English", "Hello,\n\nSteps: Open it.\nThen wait.\n\nExpected: It opens.\nseen : It closes.\nVersion: 1.2\n-- \nAda\n"],
  ["German, in bold and with bullets", "- **Schritte:** Open it.\nThen wait.\n* Erwartet: It opens.\n• Beobachtet: It closes.\nVersion: 1.2\n\nGruß, Ada"],
  ["Norwegian", "Fremgangsmåte: Open it.\r\nThen wait.\r\nForventet: It opens.\r\nObservert: It closes.\r\nVersjon: 1.2"],
  ["Korean, with a wide colon", "재현 순서：Open it.\nThen wait.\n기대한 결과： It opens.\n실제 결과：It closes.\n버전：1.2"],
  ["Chinese", "操作步骤：Open it.\nThen wait.\n预期结果：It opens.\n实际结果：It closes.\n版本：1.2"],
])("lines in %s are filled in", (_, text) => {
  expect(readAnswers(seeded("bug"), text)).toEqual({ steps: "Open it.\nThen wait.", expected: "It opens.", seen: "It closes.", version: "1.2" });
});

test("a choice by its name in any language, or by its value; what is none is left out", () => {
  const form = seeded("incident");
  expect(readAnswers(form, "Wer ist betroffen: Alle\nSeit wann: gestern")).toEqual({ extent: "all", since: "gestern" });
  expect(readAnswers(form, "Who is affected: some.")).toEqual({ extent: "some" });
  expect(readAnswers(form, "Who is affected: the dog\nSince when: today")).toEqual({ since: "today" });
});

test("numbers, days, several choices, yes and no, as people write them", () => {
  const choices = ["red", "blue"].map((value) => ({ value, label: { en: value } }));
  const form = aForm(
    aField("count", { type: "number", min: null, max: null, whole: false }),
    aField("day", { type: "date" }),
    aField("colours", { type: "choices", choices }),
    aField("again", { type: "yes-no" }),
  );
  expect(readAnswers(form, "count: 2,5\nday: 2026-11-22\ncolours: Blue, red\nagain: Nein")).toEqual({ count: 2.5, day: "2026-11-22", colours: ["blue", "red"], again: false });
  expect(readAnswers(form, "count: two\nday: tomorrow\ncolours: green\nagain: perhaps")).toEqual({});
});

test("what was quoted, and a text without labels, is no answer; the last word on a field counts", () => {
  expect(readAnswers(seeded("bug"), "> Version: 1.0\nIt is the newest one.")).toEqual({});
  expect(readAnswers(seeded("bug"), "Version: 1.0\nVersion: 2.0")).toEqual({ version: "2.0" });
});

test("whatever the text, what is filled in is what its field may hold", () => {
  const text = fc.array(fc.oneof(fc.constantFrom("Steps: ", "Version：", "Risk: high", "\n", ":", "  ", "__proto__: x", "\n> "), fc.string()), { maxLength: 20 });
  fc.assert(
    fc.property(text, fc.constantFrom("bug", "change", "incident"), (parts, type) => {
      const form = seeded(type);
      for (const [key, value] of Object.entries(readAnswers(form, parts.join("")))) {
        const field = form.fields.find((each) => each.key === key);
        expect(field && valueFault(field, value)).toBeNull();
      }
    }),
  );
});

test("what the page writes down for somebody is understood again, in every language", () => {
  const line = fc.stringMatching(/^[a-zA-Z0-9가-힣 .,!?]{1,30}$/).filter((words) => words.trim() !== "");
  fc.assert(
    fc.property(line, line, fc.constantFrom(...languages), (steps, version, language) => {
      const form = seeded("bug");
      const text = writeAnswers(form, { steps, version, nonsense: "x" }, (words) => words[language] ?? words.en);
      expect(readAnswers(form, text)).toEqual({ steps: steps.trim(), version: version.trim() });
    }),
  );
});

test("a long text without sense takes no time", () => {
  const started = performance.now();
  readAnswers(seeded("bug"), "a:\n".repeat(60_000));
  readAnswers(seeded("bug"), `${" ".repeat(100_000)}x${"*".repeat(100_000)}:`);
  expect(performance.now() - started).toBeLessThan(2_000);
});
