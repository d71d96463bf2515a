export { fromMatrix, type MatrixOptions } from "./formula/from-matrix.js";
export { type PointwiseFunction, type PointwiseOptions, pointwise } from "./formula/pointwise.js";
