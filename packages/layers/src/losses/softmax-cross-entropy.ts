import { call, input } from "@paramat/backends";
import { definePointwise, div, logSoftmax, ShapeError, sameShape, showShape, sum, type Value } from "@paramat/core";

/**
 * Softmax cross-entropy, mean over examples: −(1/n) Σₑ ⟨cₑ, log softmax(yₑ)⟩, in nats.
 * @param output logits, [examples, classes]; −∞ for a class that is ruled out
 * @param target one-hot or probabilities, [examples, classes]; each row sums to 1
 * @returns scalar, ≥ 0
 * @throws ShapeError if the shapes differ, or there is no example or no class
 * @remarks Subtracts each row's maximum first, so logits of ±1000 do not overflow; a confident answer keeps the digits of its small loss and
 * gradient (e⁻⁴⁰ for the right class at [40, 0]). A class ruled out by −∞ adds 0 where its target is 0, with derivative 0, and ∞ elsewhere.
 */
export function softmaxCrossEntropy(output: Value, target: Value): Value {
  if (output.shape.length !== 2 || !sameShape(output.shape, target.shape)) {
    throw new ShapeError(
      `softmaxCrossEntropy: output is ${showShape(output.shape)}, target is ${showShape(target.shape)}; both must be [examples, classes]`,
    );
  }
  const [examples, classes] = output.shape as [number, number];
  if (examples === 0 || classes === 0) {
    throw new ShapeError(`softmaxCrossEntropy: output is ${showShape(output.shape)}; there must be at least one example and one class`);
  }
  return div(sum(surprise(target, logSoftmax(output, { axis: -1 }))), examples);
}

// −c log p, and 0 log 0 = 0: selected, as the product is 0·∞. Elsewhere the product itself, so that ∂/∂c is −log p also where c = 0.
const [c, logP] = [input(0), input(1)];
const surprise = definePointwise({
  name: "surprise",
  f: call("select", call("mul", call("eq", c, 0), call("eq", logP, Number.NEGATIVE_INFINITY)), 0, call("neg", call("mul", c, logP))),
});
