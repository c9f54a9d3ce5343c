// The thread that learns, beside the one that serves: seconds of arithmetic hold nobody up. Gets examples, gives bytes.
import { parentPort, workerData } from "node:worker_threads";
import { gunzipSync, gzipSync } from "node:zlib";
import { decode, encode } from "../../learning/bytes";
import { learn } from "../../learning/learn";
import type { Example } from "../../learning/learn";
import { createGuesser } from "../../learning/model";
import type { Model } from "../../learning/model";
import { judge } from "../../learning/quality";
import type { Quality } from "../../learning/quality";

export interface Lesson {
  readonly examples: readonly Example[];
  /** What no model learns from: all are judged on it. */
  readonly exam: readonly Example[];
  /** The model in use, compressed; null when there is none. */
  readonly former: Uint8Array | null;
}

export interface Result {
  /** Compressed. */
  readonly bytes: Uint8Array;
  readonly quality: Quality;
  /** Null also when the former one can't be read. */
  readonly formerQuality: Quality | null;
}

const { examples, exam, former } = workerData as Lesson;
const { model } = learn(examples);
const result: Result = {
  bytes: gzipSync(encode(model)),
  quality: sit(model),
  formerQuality: former === null ? null : sitIfReadable(former),
};
parentPort?.postMessage(result);

function sit(candidate: Model): Quality {
  const guess = createGuesser(candidate);
  return judge(
    exam.map(({ text, facts, label: truth }) => {
      const { label, confidence, given } = guess(text, facts);
      return { label, confidence, given, truth, right: label === truth };
    }),
  );
}

function sitIfReadable(bytes: Uint8Array): Quality | null {
  let readable: Model;
  try {
    readable = decode(gunzipSync(bytes));
  } catch {
    return null;
  }
  return sit(readable);
}
