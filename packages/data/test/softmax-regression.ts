import type { Split } from "@paramat/data";

export interface SoftmaxRegression {
  /** Euclidean norm of the objective's gradient at the end: how far from converged. */
  readonly gradientNorm: number;
  accuracy(split: Split): number;
}

/**
 * argmin_W (1/n) Σₑ −log softmax(W[x_e − x̄, 1])[label_e] + (ridge/2)‖W‖², ten classes, by Nesterov's accelerated gradient with restarts.
 * Plain loops and no library: what a linear classifier can do, found independently of the framework.
 */
export function softmaxRegression(split: Split, ridge: number, steps: number): SoftmaxRegression {
  const n = split.size;
  const numIn = split.images.length / n + 1;
  const mean = new Float64Array(numIn);
  for (let e = 0; e < n; e++) for (let j = 0; j < numIn - 1; j++) mean[j]! += split.images[e * (numIn - 1) + j]! / n;
  const inputs = centred(split, mean);

  // The objective's curvature is at most half the largest eigenvalue of XᵀX/n, plus the ridge.
  const step = 1 / (largestEigenvalue(inputs, n, numIn) / 2 + ridge);
  let weights = new Float64Array(numIn * 10);
  let ahead = weights;
  let momentum = 1;
  for (let s = 0; s < steps; s++) {
    const gradient = gradientAt(ahead, inputs, split.labels, numIn, ridge);
    const next = ahead.map((w, k) => w - step * gradient[k]!);
    const uphill = gradient.reduce((sum, g, k) => sum + g * (next[k]! - weights[k]!), 0) > 0;
    const grown = uphill ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const push = uphill ? 0 : (momentum - 1) / grown;
    const last = weights;
    ahead = next.map((w, k) => w + push * (w - last[k]!));
    weights = next;
    momentum = grown;
  }
  return {
    gradientNorm: Math.hypot(...gradientAt(weights, inputs, split.labels, numIn, ridge)),
    accuracy(other) {
      const x = centred(other, mean);
      let right = 0;
      for (let e = 0; e < other.size; e++) {
        const scores = scoresOf(weights, x, e, numIn);
        if (scores.indexOf(Math.max(...scores)) === other.labels[e]) right++;
      }
      return right / other.size;
    },
  };
}

function centred(split: Split, mean: Float64Array): Float64Array {
  const numIn = mean.length;
  const x = new Float64Array(split.size * numIn);
  for (let e = 0; e < split.size; e++) {
    for (let j = 0; j < numIn - 1; j++) x[e * numIn + j] = split.images[e * (numIn - 1) + j]! - mean[j]!;
    x[e * numIn + numIn - 1] = 1;
  }
  return x;
}

function scoresOf(weights: Float64Array, x: Float64Array, e: number, numIn: number): Float64Array {
  const scores = new Float64Array(10);
  for (let j = 0; j < numIn; j++) {
    const value = x[e * numIn + j]!;
    for (let k = 0; k < 10; k++) scores[k]! += value * weights[j * 10 + k]!;
  }
  return scores;
}

function gradientAt(weights: Float64Array, x: Float64Array, labels: Uint8Array, numIn: number, ridge: number): Float64Array {
  const gradient = weights.map((w) => ridge * w);
  for (let e = 0; e < labels.length; e++) {
    const scores = scoresOf(weights, x, e, numIn);
    const largest = Math.max(...scores);
    const powers = scores.map((score) => Math.exp(score - largest));
    const total = powers.reduce((sum, power) => sum + power, 0);
    const residual = powers.map((power, k) => (power / total - (k === labels[e] ? 1 : 0)) / labels.length);
    for (let j = 0; j < numIn; j++) {
      const value = x[e * numIn + j]!;
      for (let k = 0; k < 10; k++) gradient[j * 10 + k]! += value * residual[k]!;
    }
  }
  return gradient;
}

function largestEigenvalue(x: Float64Array, n: number, numIn: number): number {
  let direction = new Float64Array(numIn).fill(1 / Math.sqrt(numIn));
  let value = 0;
  for (let round = 0; round < 20; round++) {
    const image = new Float64Array(numIn);
    for (let e = 0; e < n; e++) {
      let along = 0;
      for (let j = 0; j < numIn; j++) along += x[e * numIn + j]! * direction[j]!;
      for (let j = 0; j < numIn; j++) image[j]! += (along * x[e * numIn + j]!) / n;
    }
    value = Math.hypot(...image);
    direction = image.map((entry) => entry / value);
  }
  // Power iteration comes from below; a tenth on top keeps the step safe.
  return 1.1 * value;
}
