// A form as JSON Schema: any standard validator says what the desk says, and of the same fields.
import Ajv2020 from "ajv/dist/2020";
import fc from "fast-check";
import { newFormEdition } from "../../contract/form";
import { formSchema } from "../../contract/form-schema";
import { judge } from "../../domain/forms/judge";
import type { Form, Values } from "../../domain/forms/form";
import { forms } from "../../prisma/seed/forms/all";
import { filling, soundForm } from "../domain/forms/a-form";

const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false, validateFormats: false });

/** Names the fields at fault, as a validator of others sees them. */
function validator(form: Form): (values: Values) => string[] {
  const schema = formSchema(form, "en");
  ajv.removeSchema(String(schema["$id"]));
  const validate = ajv.compile(schema);
  return (values) => {
    if (validate(values)) return [];
    const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== "if");
    return named(errors.map(({ instancePath, params }) => String(params["missingProperty"] ?? params["additionalProperty"] ?? instancePath.split("/")[1])));
  };
}

const named = (keys: readonly string[]): string[] => [...new Set(keys)].sort();

test("whatever the form and however it is filled in, both find the same fields at fault", () => {
  let sound = 0;
  fc.assert(
    fc.property(soundForm, fc.array(filling, { minLength: 3, maxLength: 8 }), (form, fillings) => {
      const byValidator = validator(form);
      for (const values of fillings) {
        const faults = judge(form, values);
        if (faults.length === 0) sound++;
        expect(byValidator(values)).toEqual(named(faults.map(({ key }) => key)));
      }
    }),
    { numRuns: 150 },
  );
  expect(sound).toBeGreaterThan(10);
});

describe.each(forms)("the seeded form of a $type", ({ type, ...definition }) => {
  test("is one that an admin could have made, in five languages throughout", () => {
    expect(newFormEdition.parse(definition)).toEqual(definition);
    const words = [definition.title, ...(newFormEdition.parse(definition).fields.map(({ label }) => label))];
    for (const each of words) expect(Object.keys(each)).toEqual(["en", "de", "nb", "ko", "zh"]);
  });

  test("names its fields in the reader's language", () => {
    const schema = formSchema({ type, edition: 3, ...newFormEdition.parse(definition) } as Form, "ko");
    expect(schema).toMatchObject({ $id: `urn:perdura:form:${type}:3`, title: definition.title.ko });
  });
});

test.each<[string, object, string]>([
  ["a label with a colon", { fields: [{ key: "it", type: "date", label: { en: "When: exactly" } }] }, "fields.0.label.en"],
  ["a key that every object has", { fields: [{ key: "constructor", type: "date", label: { en: "It" } }] }, "fields.0.key"],
  ["no English", { fields: [{ key: "it", type: "date", label: { de: "Es" } }] }, "fields.0.label.en"],
  ["a condition without end", { fields: [{ key: "it", type: "date", label: { en: "It" }, required: { when: { field: "nobody", answered: true } } }] }, "fields.0.required.when.field"],
])("refused, at its place: %s", (_, given, path) => {
  const result = newFormEdition.safeParse({ title: { en: "T" }, ...given });
  expect(result.error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
});
