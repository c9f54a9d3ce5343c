// How a seeded form is written down: as domain/forms/form.ts describes it, in all five languages.

export interface InFive {
  readonly en: string;
  readonly de: string;
  readonly nb: string;
  readonly ko: string;
  readonly zh: string;
}

type When = "always" | "never" | { readonly when: { readonly field: string; readonly is: readonly string[] } };

interface Given {
  readonly required?: When;
  readonly shown?: Exclude<When, "never">;
  readonly help?: InFive;
}

export interface SeedForm {
  readonly type: string;
  readonly title: InFive;
  readonly fields: readonly object[];
}

export function text(key: string, label: InFive, { maxLength = 200, pattern = null, ...given }: Given & { readonly maxLength?: number; readonly pattern?: string | null } = {}): object {
  return { ...common(key, label, given), type: "text", maxLength, pattern };
}

export function paragraph(key: string, label: InFive, given: Given = {}): object {
  return { ...common(key, label, given), type: "paragraph", maxLength: 5_000 };
}

export function choice(key: string, label: InFive, choices: Readonly<Record<string, InFive>>, given: Given = {}): object {
  return { ...common(key, label, given), type: "choice", choices: Object.entries(choices).map(([value, name]) => ({ value, label: name })) };
}

function common(key: string, label: InFive, { required = "never", shown = "always", help }: Given): object {
  return { key, label, help: help ?? null, required, shown, remembered: null };
}
