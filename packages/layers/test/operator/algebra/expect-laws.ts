import { cpu } from "@paramat/backends";
import { ndarray, type Tree, type Value } from "@paramat/core";
import { expect } from "vitest";
import type { Parameterization, ParametricOperator } from "../../../src/index.js";
import { checkConformance, checkParameterization, checkParametricOperator } from "../../../src/laws.js";
import { type Matrix, matrix } from "../naive-matrix.js";

export const backend = cpu("float64");

/** Every law of a parameterization holds, and its matrix is the one written out from the numbers of θ. */
export function expectParameterization(K: Parameterization, oracle: (theta: readonly number[]) => Matrix, seed = 1): void {
  const report = checkParameterization(K, backend, { seed, oracle: (theta) => oracle(Array.from(theta)).flat() });
  expect(report.ok, String(report)).toBe(true);
}

/** Also the slower laws hold: its tags, its fixed part, no mutation, the rank of Q, … */
export function expectConformance(K: Parameterization): void {
  const report = checkConformance(K, backend);
  expect(report.ok, String(report)).toBe(true);
}

/** The same for a map that is linear in y only; the oracle sees the parameters. */
export function expectParametric<Theta extends Tree>(K: ParametricOperator<Theta>, oracle: (theta: Theta) => Matrix, seed = 1): void {
  const report = checkParametricOperator(K, backend, { seed, oracle: (theta) => oracle(theta).flat() });
  expect(report.ok, String(report)).toBe(true);
}

/** Rows of n numbers. */
export function rows(flat: ArrayLike<number>, n: number): number[][] {
  return matrix(flat.length / n, n, (i, j) => flat[i * n + j] as number);
}

export function rowsOf(theta: Value): number[][] {
  return rows(theta.toArray(), theta.shape.at(-1) as number);
}

export function diagonalOf(theta: ArrayLike<number>): number[][] {
  return matrix(theta.length, theta.length, (i, j) => (i === j ? (theta[i] as number) : 0));
}

export function vector(...numbers: number[]): Value {
  return ndarray(backend, numbers);
}
