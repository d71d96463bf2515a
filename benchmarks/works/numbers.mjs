/** The numbers that every peer computes with: a linear congruential generator modulo 2³², uniform in [−½, ½) times `scale`, in float32. */
export function numbers(count, seed, scale = 1) {
  const out = new Float32Array(count);
  let state = seed >>> 0;
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    out[i] = (state / 4294967296 - 0.5) * scale;
  }
  return out;
}

/** What is compared between peers: ⟨x, w⟩ and ‖x‖ for fixed weights w of either sign, so that a wrong order of entries shows. */
export function fingerprint(values) {
  let along = 0;
  let square = 0;
  for (let i = 0; i < values.length; i++) {
    along += values[i] * (((i * 7919) % 1009) / 1009 - 0.5);
    square += values[i] * values[i];
  }
  return { along, norm: Math.sqrt(square) };
}

/** One-hot classes e mod 10. */
export function targets(examples) {
  const out = new Float32Array(examples * 10);
  for (let e = 0; e < examples; e++) out[e * 10 + (e % 10)] = 1;
  return out;
}

/** Sizes and scales of the network's parameters by name: convolutions are [height, width, channels in, channels out] and correlate. */
export const parameters = {
  conv1: { shape: [5, 5, 1, 16], seed: 2, scale: 0.2 },
  bias1: { shape: [16], seed: 0, scale: 0 },
  conv2: { shape: [5, 5, 16, 32], seed: 3, scale: 0.1 },
  bias2: { shape: [32], seed: 0, scale: 0 },
  dense: { shape: [1568, 10], seed: 4, scale: 0.05 },
  bias3: { shape: [10], seed: 0, scale: 0 },
};

/** The initial numbers of one parameter. */
export function initial({ shape, seed, scale }) {
  return numbers(
    shape.reduce((a, b) => a * b, 1),
    seed,
    scale,
  );
}
