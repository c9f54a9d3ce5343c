// A model as bytes, and back. A version stands first, so that an old model is never misread.
import type { Calibration } from "./confidence";
import type { Model } from "./model";

const format = 2;

interface Header {
  readonly format: number;
  readonly labels: readonly string[];
  readonly features: number;
  readonly scale: number;
  readonly calibration: Calibration;
  readonly threshold: number;
}

/** Little-endian: the header's length, the header as JSON, then keys, rarity, bias and weights. Worth compressing. */
export function encode({ labels, vocabulary, weights, scale, bias, calibration, threshold }: Model): Uint8Array {
  const header: Header = { format, labels, features: vocabulary.keys.length, scale, calibration, threshold };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const parts = [Int32Array.of(text.length), text, vocabulary.keys, vocabulary.rarity, bias, weights].map(bytesOf);
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Throws a RangeError when the bytes are of another format or not whole. */
export function decode(bytes: Uint8Array): Model {
  let at = 0;
  // A copy: typed arrays of wider numbers begin at a multiple of their width. Not by slice: a Buffer's copies nothing.
  const take = (length: number): ArrayBuffer => {
    if (at + length > bytes.length) throw new RangeError("A model's bytes are not whole.");
    return Uint8Array.from(bytes.subarray(at, (at += length))).buffer;
  };
  const [headerLength = 0] = new Int32Array(take(4));
  const header = JSON.parse(new TextDecoder().decode(take(headerLength))) as Header;
  if (header.format !== format) {
    throw new RangeError(`A model of format ${header.format}; this release reads ${format}.`);
  }
  const { labels, features, scale, calibration, threshold } = header;
  const keys = new Int32Array(take(features * 4));
  const rarity = new Float32Array(take(features * 4));
  const bias = new Float32Array(take(labels.length * 4));
  const weights = new Int8Array(take(features * labels.length));
  return { labels, vocabulary: { keys, rarity }, weights, scale, bias, calibration, threshold };
}

function bytesOf(part: Int32Array | Float32Array | Int8Array | Uint8Array): Uint8Array {
  return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
}
