import { ShapeError } from "../errors.js";
import { showShape } from "../shape.js";
import type { Value } from "../value.js";
import { denseBlock, placeBlocks } from "./blocks.js";
import { mul } from "./mul.js";
import { reshape } from "./reshape.js";
import { slice } from "./slice.js";
import { sum } from "./sum.js";

/** x + 0i. @param x [...shape] @returns [2, ...shape]: the real plane, then the imaginary one */
export function complexFromReal(x: Value): Value {
  const shape = [1, ...x.shape];
  return placeBlocks([reshape(x, shape)], [denseBlock(shape.map(() => 0))], [2, ...x.shape]);
}

/** Re x. @param x [2, ...shape] @returns [...shape] @throws ShapeError if axis 0 is not the two planes */
export function realPart(x: Value): Value {
  return plane("realPart", x, 0);
}

/** Im x. @param x [2, ...shape] @returns [...shape] @throws ShapeError if axis 0 is not the two planes */
export function imagPart(x: Value): Value {
  return plane("imagPart", x, 1);
}

/** |x|² = Re² + Im². @param x [2, ...shape] @returns [...shape] @throws ShapeError if axis 0 is not the two planes */
export function complexAbs2(x: Value): Value {
  requirePlanes("complexAbs2", x);
  return sum(mul(x, x), { axes: 0 });
}

/** @throws ShapeError unless axis 0 holds two planes */
export function requirePlanes(op: string, x: Value): void {
  if (x.shape[0] !== 2) throw new ShapeError(`${op}: an argument is ${showShape(x.shape)}; axis 0 must hold 2 planes, real and imaginary`);
}

function plane(op: string, x: Value, which: 0 | 1): Value {
  requirePlanes(op, x);
  return reshape(slice(x, 0, which, which + 1), x.shape.slice(1));
}
