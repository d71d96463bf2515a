import type { Precision } from "../backend.js";
import type { Code, Operand } from "./encoder/index.js";
import { f32, f32x4, f64, f64x2 } from "./encoder/index.js";

type Shared<A, B> = Pick<A, keyof A & keyof B>;

/** How kernels compute in one precision: the same names for both, so that one generator serves float32 and float64. */
export interface Numbers {
  readonly precision: Precision;
  /** Size of a number in bytes, and its binary logarithm. */
  readonly bytes: 4 | 8;
  readonly log2Bytes: 2 | 3;
  /** Numbers in a vector. */
  readonly lanes: 4 | 2;
  readonly scalarType: "f32" | "f64";
  readonly vectorReading: "f32x4" | "f64x2";
  readonly scalar: Shared<typeof f32, typeof f64>;
  readonly vector: Shared<typeof f32x4, typeof f64x2>;
  /** x·y + z in every lane: one rounding where the machine has relaxed SIMD and two where it has not. Only for sums, whose bound covers both. */
  readonly madd: (x: Operand, y: Operand, z: Operand) => Code;
  /** z − x·y in every lane, rounded as `madd`. */
  readonly nmadd: (x: Operand, y: Operand, z: Operand) => Code;
}

/** @param relaxed whether relaxed SIMD may be used */
export function numbersOf(precision: Precision, relaxed: boolean): Numbers {
  const vector = precision === "float32" ? f32x4 : f64x2;
  const products = {
    madd: relaxed ? vector.relaxedMadd : (x: Operand, y: Operand, z: Operand) => vector.add(z, vector.mul(x, y)),
    nmadd: relaxed ? vector.relaxedNmadd : (x: Operand, y: Operand, z: Operand) => vector.sub(z, vector.mul(x, y)),
  };
  return precision === "float32"
    ? { precision, bytes: 4, log2Bytes: 2, lanes: 4, scalarType: "f32", vectorReading: "f32x4", scalar: f32, vector, ...products }
    : { precision, bytes: 8, log2Bytes: 3, lanes: 2, scalarType: "f64", vectorReading: "f64x2", scalar: f64, vector, ...products };
}
