import { argmax, requireReadable, ShapeError, sameShape, showShape, type Value } from "@paramat/core";

/**
 * The class of each example: the first of its largest outputs.
 * @param output [examples, classes]
 * @throws BackendError where the backend cannot be read without waiting
 */
export function predictedClasses(output: Value): Int32Array {
  requireReadable("predictedClasses", output.backend, "output");
  return Int32Array.from(argmax(output, { axis: -1 }).toArray());
}

/**
 * Number of examples whose largest output is at the class of the target.
 * @param output [examples, classes]
 * @param target one-hot, of the same shape
 * @throws ShapeError if the shapes differ; BackendError where the backend cannot be read without waiting
 */
export function countCorrect(output: Value, target: Value): number {
  if (output.shape.length !== 2 || !sameShape(output.shape, target.shape)) {
    throw new ShapeError(
      `countCorrect: output is ${showShape(output.shape)}, target is ${showShape(target.shape)}; both must be [examples, classes]`,
    );
  }
  requireReadable("countCorrect", output.backend, "output");
  requireReadable("countCorrect", target.backend, "target");
  const predicted = predictedClasses(output);
  const classes = predictedClasses(target);
  return predicted.reduce((count, p, e) => count + (p === classes[e] ? 1 : 0), 0);
}
