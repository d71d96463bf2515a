import { div, logSoftmax, mul, neg, ShapeError, sameShape, showShape, sum, type Value } from "@paramat/core";

/**
 * Softmax cross-entropy, mean over examples: −(1/n) Σₑ ⟨cₑ, log softmax(yₑ)⟩, in nats.
 * @param output logits, [examples, classes]
 * @param target one-hot or probabilities, [examples, classes]; each row sums to 1
 * @returns scalar, ≥ 0
 * @throws ShapeError if the shapes differ
 * @remarks Subtracts each row's maximum first, so logits of ±1000 do not overflow.
 */
export function softmaxCrossEntropy(output: Value, target: Value): Value {
  requirePair("softmaxCrossEntropy", output, target);
  return neg(div(sum(mul(target, logSoftmax(output, { axis: -1 }))), output.shape[0] as number));
}

function requirePair(name: string, output: Value, target: Value): void {
  if (output.shape.length !== 2 || !sameShape(output.shape, target.shape)) {
    throw new ShapeError(
      `${name}: output is ${showShape(output.shape)}, target is ${showShape(target.shape)}; both must be [examples, classes]`,
    );
  }
}
