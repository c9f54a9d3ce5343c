// What is told of the wait, sentence by sentence, in the order in which it is read; whose words they are, each language says.
import type { Wait } from "./shape";

type Sentences = { readonly [Fact in keyof Wait]: (fact: NonNullable<Wait[Fact]>) => string };

export function waitIn(sentences: Sentences, { opens, expected, position, solved }: Wait): string[] {
  return [
    opens === null ? null : sentences.opens(opens),
    expected === null ? null : sentences.expected(expected),
    position === null ? null : sentences.position(position),
    solved === null ? null : sentences.solved(solved),
  ].filter((sentence) => sentence !== null);
}
