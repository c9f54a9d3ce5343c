// What a language must be able to say of the clocks.
import type { Metric } from "../../../domain/policy";
import type { SentenceWords } from "../../../domain/sentence";

export interface SlaWords extends SentenceWords {
  readonly metrics: Readonly<Record<Metric, string>>;
}
